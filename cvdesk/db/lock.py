"""One program at a time may write a business file; a crash leaves no lock behind (the system releases it)."""

from __future__ import annotations

import getpass
import os
import platform
from pathlib import Path

from filelock import FileLock, Timeout


class WriteLock:
    """The right to write one file, as the operating system keeps it on a small file beside it."""

    def __init__(self, path: Path) -> None:
        # The real path, so that a link to the file is the same file.
        real = path.resolve()
        # Not bound to a thread: the window may open a file in one and close it in another.
        self._lock = FileLock(real.with_name(f".{real.name}.lock"), timeout=0, thread_local=False)

    def take(self) -> bool:
        """True when this program now may write; False when another one does. OSError where no lock can be made."""
        try:
            self._lock.acquire()
        except Timeout:
            return False
        except NotImplementedError as error:  # a disk on the network that knows no locks
            raise OSError(str(error)) from error
        return True

    def release(self) -> None:
        """Gives the right back."""
        self._lock.release()


def whoami() -> str:
    """Who holds the file, as shown to the next one: person, computer, process."""
    try:
        person = getpass.getuser()
    except (KeyError, OSError):  # no entry in the list of users, as in a bare container
        person = "?"
    return f"{person}, {platform.node()} ({os.getpid()})"
