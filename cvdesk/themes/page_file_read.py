"""What the queue of comments to file shows: read in one go, and the themes there are to choose from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cvdesk.catalogue.form_find import Found, Look, among
from cvdesk.catalogue.records import Filter
from cvdesk.db import Queries
from cvdesk.themes import store_filing
from cvdesk.themes.records import Theme
from cvdesk.themes.store import themes
from cvdesk.themes.store_filing import Queue, Waiting
from cvdesk.wording import _, ngettext
from cvdesk.wording.figures import lever_name
from cvdesk.wording.numbers import whole


@dataclass(frozen=True, slots=True)
class Asked:
    """What the tab shows."""

    queue: Queue
    first: tuple[Waiting, ...]
    themes: tuple[Theme, ...]
    usual: tuple[int, ...]
    ruled: int


def ask(db: Queries, chosen: Filter) -> Asked:
    with db.snapshot():
        queue = Queue(db, chosen)
        return Asked(
            queue, tuple(queue.fetch(0, 1)), tuple(themes(db)), store_filing.most_used(db),
            len(store_filing.ruled(db, chosen)),
        )  # fmt: skip


def in_place(before: Sequence[int], now: Sequence[int]) -> tuple[int, ...]:
    """The themes used most by their numbers: each keeps the one it had, a new one takes that of one it displaces."""
    new = [one for one in now if one not in before]
    kept = [one if one in now else (new.pop(0) if new else None) for one in before]
    return tuple([one for one in kept if one is not None] + new)


def choices(known: Iterable[Theme]) -> Look:
    """Finds among the themes, by name."""
    order = sorted(known, key=lambda one: one.name.casefold())
    return among([Found(one.id, one.name, lever_name(one.lever), one.lever) for one in order])


def choices_or_new(known: Iterable[Theme]) -> Look:
    """The same; what was typed can become a new theme, whose value is then the name."""
    look = choices(known)

    def found(text: str) -> Sequence[Found]:
        if not text.strip():
            return look(text)
        name = " ".join(text.split())
        return [*look(text), Found(name, _("New theme “{name}”…").format(name=name))]

    return found


def count_words(count: int) -> str:
    """How many wait; nothing where none does."""
    if not count:
        return ""
    return ngettext("{count} comment waits to be filed", "{count} comments wait to be filed", count).format(
        count=whole(count)
    )
