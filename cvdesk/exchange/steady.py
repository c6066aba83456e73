"""Long work beside the window that never makes it wait."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def steady() -> Iterator[None]:
    """Leaves out the search for cyclic garbage, which stops every thread: 60 ms and more with 30,000 rows in memory.

    What an import lets go of is freed without it.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
