"""What can be done with the complaint that is selected: from its card, the board, the keyboard."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from cvdesk.catalogue import files
from cvdesk.catalogue.files import Attached
from cvdesk.complaints import store
from cvdesk.complaints.page_case import AT_ONCE, Doings
from cvdesk.complaints.page_work import CaseWork
from cvdesk.complaints.records import Complaint, Event
from cvdesk.complaints.store_list import ComplaintRow
from cvdesk.db import Operation
from cvdesk.kit import ask, crash
from cvdesk.kit.side import SidePanel
from cvdesk.wording import _, ngettext


class CaseDoings:
    """`chosen` gives the id of the selected complaint. Nothing is done while a form keeps its place."""

    def __init__(self, work: CaseWork, side: SidePanel, chosen: Callable[[], int | None]) -> None:
        self._work, self._side, self._chosen = work, side, chosen
        self._session = work.session

    def all(self, delete: Callable[[], None]) -> Doings:
        """Everything the card of a case offers."""
        return Doings(
            self.take, self.ask, self.edit, delete, self.change, self.back, self.link, self.ask_link, self.unlink,
            self.ask_file, self.attach, self.detach,
        )  # fmt: skip

    def edit(self) -> None:
        """The form for what the complaint says."""
        self._with_case(self._work.edit)

    def ask(self, stage: str, outcome: str | None = None) -> None:
        """The form of a step."""
        self._with_case(lambda complaint: self._work.step(complaint, stage, outcome))

    def take(self, stage: str) -> None:
        """Takes a step that needs no more than its day, today."""
        self._with_case(lambda complaint: self._work.at_once(complaint, stage))

    def move(self, stage: str) -> None:
        """Takes a step, asking first what it needs."""
        self.take(stage) if stage in AT_ONCE else self.ask(stage)

    def change(self, event: Event) -> None:
        """The form of a step that was noted wrongly."""
        self._with_case(lambda complaint: self._work.change(complaint, event))

    def back(self, event: Event) -> None:
        """Takes the last step back."""
        self._with_case(lambda complaint: self._work.take_back(complaint, event))

    def link(self, earlier: ComplaintRow) -> None:
        """Links with an earlier complaint that was proposed."""
        self._with_case(lambda complaint: self._work.link_to(complaint, earlier.id, earlier.number))

    def ask_link(self) -> None:
        """Asks with which earlier complaint to link."""
        self._with_case(self._work.link)

    def unlink(self) -> None:
        """Takes the link away."""
        self._with_case(self._work.unlink)

    def ask_file(self) -> None:
        """Asks for a file to attach."""
        path = ask.prompts.open_file(
            self._side.window(), _("Attach a file"), Path.home(), _("Pictures, PDFs, e-mails and others (*)")
        )
        if path is not None:
            self.attach([path])

    def attach(self, paths: list[Path]) -> None:
        """Keeps files with the complaint, as one step."""
        complaint = self.complaint()
        if complaint is None:
            return
        case = complaint.id or 0

        def work(op: Operation) -> None:
            store.there(op, case)
            for path in paths:
                files.attach(op, path, complaint_id=case)

        words = ngettext("{count} file attached to #{number}", "{count} files attached to #{number}", len(paths))
        said = words.format(count=len(paths), number=complaint.number)
        self._session.run(said, work, say=said)

    def detach(self, one: Attached) -> None:
        """Takes a file off."""
        said = _("{name} taken off").format(name=one.name)
        self._session.run(said, partial(files.detach, link_id=one.link_id), failed=_gone_is_fine, say=said)

    def delete(self, row: ComplaintRow) -> None:
        """Deletes a complaint; can be taken back, so nothing is asked."""
        self._session.run(
            _("Delete complaint #{number}").format(number=row.number),
            partial(store.delete, complaint_id=row.id),
            failed=_gone_is_fine,
            say=_("Complaint #{number} deleted").format(number=row.number),
        )

    def complaint(self) -> Complaint | None:
        """The selected complaint; None where there is none, it may not be changed, or it is gone."""
        chosen = self._chosen()
        if chosen is None or self._session.file.read_only:
            return None
        try:
            return store.get(self._session.file, chosen)
        except LookupError:
            self._session.say(_("It was deleted meanwhile."))
            return None

    def _with_case(self, do: Callable[[Complaint], object]) -> None:
        if self._side.may_leave():
            complaint = self.complaint()
            if complaint is not None:
                do(complaint)


def _gone_is_fine(error: Exception) -> None:
    """What is gone already needs no deleting: the key was pressed twice."""
    if not isinstance(error, LookupError):
        crash.report(error)


__all__ = ["CaseDoings"]
