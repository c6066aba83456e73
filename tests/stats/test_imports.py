"""The method is needed while the window starts, so it may load nothing heavy."""

import subprocess
import sys
from pathlib import Path

import cvdesk.stats.value

HEAVY = {"numpy", "scipy", "PySide6", "sqlite3", "statistics", "decimal", "fractions"}


def test_nothing_heavy_is_loaded() -> None:
    folder = Path(cvdesk.stats.value.__file__).parent
    names = sorted(path.stem for path in folder.glob("*.py") if path.stem != "__init__")
    assert {"charts", "intervals", "quantiles", "survival", "value"} <= set(names)
    code = "import sys\n" + "".join(f"import cvdesk.stats.{name}\n" for name in names) + "print(*sys.modules)"
    output = subprocess.run(
        [sys.executable, "-c", code], cwd=folder.parent.parent, capture_output=True, text=True, check=True
    ).stdout
    assert HEAVY.isdisjoint(output.split())
