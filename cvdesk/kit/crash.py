"""The one place errors reach a person: a UserError kindly; anything else is a bug, logged and shown with details."""

from __future__ import annotations

import logging
import sys
import traceback
from collections.abc import Callable
from types import TracebackType

from cvdesk.errors import UserError
from cvdesk.paths import log_folder

log = logging.getLogger("cvdesk")

Show = Callable[[str, str, str], None]


class _Window:
    """Who shows errors; nobody before the window is there. While a bug is being shown, further ones go to the log."""

    show: Show | None = None
    showing = False


def install(show: Show) -> None:
    """From now on errors nobody caught go to the log and to `show(what, to_do, details)`."""
    _Window.show = staticmethod(show)
    sys.excepthook = _hook


def report(error: BaseException) -> None:
    """Shows an error; for a bug also writes it to the log."""
    if isinstance(error, UserError):
        if _Window.show is not None:
            _Window.show(error.what, error.to_do, "")
            return
        raise error
    details = "".join(traceback.format_exception(error))
    _write(details)
    if _Window.show is None:
        raise error
    if _Window.showing:
        return
    _Window.showing = True
    try:
        _Window.show("", "", details)
    finally:
        _Window.showing = False


def _hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)
        return
    report(error)


def _write(details: str) -> None:
    from logging.handlers import RotatingFileHandler  # brings sockets along: only when there is a bug to write down

    folder = log_folder()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(folder / "cvdesk.log", maxBytes=500_000, backupCount=1, encoding="utf-8")
    except OSError:
        sys.stderr.write(details)  # no log can be kept: the console still hears of it
        return
    log.addHandler(handler)
    log.error(details)
    log.removeHandler(handler)
    handler.close()
