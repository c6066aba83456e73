"""How far a document is, told page by page; whoever listens may stop it by raising."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_listener: ContextVar[Callable[[int], None] | None] = ContextVar("_listener", default=None)


@contextmanager
def watched(told: Callable[[int], None]) -> Iterator[None]:
    """Documents made inside tell how many pages they have so far; what `told` raises ends the work."""
    token = _listener.set(told)
    try:
        yield
    finally:
        _listener.reset(token)


def page_made(number: int) -> None:
    """A page is done; nothing happens where nobody listens."""
    listener = _listener.get()
    if listener is not None:
        listener(number)
