"""What every test starts from: no screen needed, British English, repeatable random examples."""

import gc
import os
from collections.abc import Iterator
from pathlib import Path

# Before anything imports Qt. A test run on a display says so itself (./test sets xcb there).
if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.pop("LC_ALL", None)
os.environ.update(LANGUAGE="en_GB", LANG="en_GB.UTF-8", LC_CTYPE="C.UTF-8", TZ="UTC")

import pytest
from hypothesis import HealthCheck, settings

from cvdesk.kit.garbage import collect_some

# Slow machines must not fail a test for being slow; the same examples everywhere make a failure repeatable.
settings.register_profile(
    "here", deadline=None, derandomize=True, database=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("explore", deadline=None, max_examples=1000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "here"))


@pytest.fixture(autouse=True)
def collected_here() -> Iterator[None]:
    """As in the window: a page that was let go of is never deleted from the thread of a job."""
    gc.disable()
    yield
    collect_some()


@pytest.fixture(autouse=True)
def own_folders(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of its own for each test, so that no test reads or writes the settings of whoever runs it."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(home))
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(home / name.lower()))
    return home


@pytest.fixture(scope="session", autouse=True)
def british_english() -> None:
    """Qt's own default in a test is the C locale, which nobody who uses the program has."""
    from PySide6.QtCore import QLocale

    QLocale.setDefault(QLocale("en_GB"))


@pytest.fixture(autouse=True)
def own_language() -> Iterator[None]:
    """What one test makes the program speak, the next must not hear."""
    yield
    from cvdesk.wording import use_language
    from cvdesk.wording.numbers import current_locale, use_locale

    if current_locale() != "en_GB":
        use_locale("en_GB")
    use_language("en_GB")
