"""Many comments filed at once: each is one operation, one step to undo."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from cvdesk.db import Operation
from cvdesk.kit.session import Session
from cvdesk.themes import store_filing
from cvdesk.themes.store_filing import Queue
from cvdesk.wording import _, ngettext
from cvdesk.wording.numbers import whole


@dataclass(frozen=True, slots=True)
class Selected:
    """Stretches (first, how many) of a queue."""

    queue: Queue
    spans: tuple[tuple[int, int], ...]

    @property
    def count(self) -> int:
        """How many comments there are."""
        return sum(many for _first, many in self.spans)

    def ids(self) -> list[int]:
        """Their ids."""
        return [entry for first, many in self.spans for entry in self.queue.ids(first, many)]

    def after(self) -> int | None:
        """The position of the first comment behind them; None where there is none."""
        last = sum(self.spans[-1])
        return self.queue.keys[last] if last < self.queue.count() else None


def _confirm(op: Operation, chosen: Selected) -> int:
    return store_filing.confirm(op, chosen.ids())


def _file(op: Operation, chosen: Selected, theme: int | None) -> int:
    return store_filing.file_many(op, chosen.ids(), theme)


def confirm_all(session: Session, chosen: Selected) -> None:
    """Confirms what is suggested for them, and says how many suggestions that were."""
    work = partial(_confirm, chosen=chosen)  # their ids are read beside the window: there may be thousands
    session.run(_("Confirm suggestions"), work, done=partial(_confirmed, session))


def _confirmed(session: Session, count: int) -> None:
    if not count:
        session.say(_("Nothing is suggested for what is selected."))
        return
    said = ngettext("{count} suggestion confirmed", "{count} suggestions confirmed", count)
    session.said.emit(said.format(count=whole(count)), True)


def file_all(session: Session, chosen: Selected, theme: int | None) -> None:
    """Files them under a theme; None: they are about none of the themes."""
    said = ngettext("{count} comment filed", "{count} comments filed", chosen.count)
    work = partial(_file, chosen=chosen, theme=theme)
    session.run(_("File feedback"), work, say=said.format(count=whole(chosen.count)))
