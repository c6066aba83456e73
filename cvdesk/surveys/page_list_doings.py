"""What can be done with a survey from its card."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QMimeData, QObject, QStandardPaths
from PySide6.QtWidgets import QWidget

from cvdesk.db import Operation
from cvdesk.kit import ask, crash
from cvdesk.kit.session import Session
from cvdesk.surveys import store, store_ask, store_rounds
from cvdesk.surveys.page_ask_files import Files
from cvdesk.surveys.page_compose import made_again
from cvdesk.surveys.records import Survey
from cvdesk.surveys.store_lists import SurveyRow
from cvdesk.wording import _, ngettext
from cvdesk.wording.numbers import whole

_BACK = (".pdf", ".eml", ".txt")  # what comes back by e-mail


class SurveyDoings(QObject):
    """Works for the page `parent`."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self._parent = session, parent

    # Answers in

    def choose_files(self) -> None:
        """Filled-in forms and saved e-mails that came back."""
        folder = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DownloadLocation))
        kinds = _("Filled-in forms (*.pdf *.eml *.txt)")
        paths = ask.prompts.open_files(self._parent, _("Which forms came back?"), folder, kinds)
        if paths:
            self.bring_in(paths)

    def bring_in(self, paths: list[Path]) -> None:
        """Takes in what came back."""
        from cvdesk.surveys.page_return import bring_in

        bring_in(self._session, self._parent, paths)

    def paste(self) -> None:
        """Takes in an e-mail reply that was copied."""
        from cvdesk.surveys.page_return import paste_reply

        paste_reply(self._session, self._parent)

    def type_in(self, survey: Survey) -> None:
        """Types in sheets of paper, number by number."""
        from cvdesk.surveys.page_rapid import RapidEntry

        RapidEntry(self._session, survey.id or 0, self._parent).open()

    def import_list(self) -> None:
        """Brings in an export of another service."""
        self._session.open("command", "import")

    def counter(self, survey: Survey) -> None:
        """Asks whoever stands at the counter, full screen."""
        self._session.open("counter", survey.id)

    def ask_by_phone(self, sheet_id: int) -> None:
        """Opens the guided form with the questions of a sheet, for what somebody says on the phone."""
        day = self._session.today()

        def work(op: Operation) -> int:
            begun = op.value("SELECT id FROM assessments WHERE sheet_id = ?", (sheet_id,))
            return int(begun) if begun is not None else store.begin(op, store.sheet(op, sheet_id), day, "phone")

        self._session.run(
            _("Begin a score sheet by phone"), work, lambda found: self._session.open("assessments", found)
        )

    # The survey itself

    def print_forms(self, survey: Survey) -> None:
        """The forms of sheets without a name that have not come back, or one for nobody in particular."""
        waiting = [
            one.id
            for one in reversed(store.sheets_of(self._session.file, survey.id or 0))
            if one.way == "paper" and one.answered is None
        ]
        Files(self._session, self._parent).again(survey, waiting or None)

    def remind(self, survey: Survey) -> None:
        """Reminds those who have not answered, once."""
        session, day = self._session, self._session.today()
        waiting = store_ask.to_remind(session.file, survey, day)
        if not waiting:
            session.say(_("Nobody is left to remind."))
            return
        deliver = Files(session, self._parent).remind(survey, waiting)
        if deliver is None:
            return
        customers = [one.customer.id for one in waiting]
        said = ngettext("{count} customer reminded", "{count} customers reminded", len(waiting))
        session.run(
            _("Remind of “{name}”").format(name=survey.name),
            partial(store_ask.remind, survey_id=survey.id or 0, customers=customers, day=day),
            lambda _none: deliver(),
            say=said.format(count=whole(len(waiting))),
        )

    def end(self, survey: Survey) -> None:
        """Ends a survey today, or lets it run again."""
        day = self._session.today() if survey.ended is None else None
        label = _("End the survey “{name}”") if day else _("Run the survey “{name}” again")
        said = _("“{name}” has ended; what still comes back is taken in") if day else _("“{name}” runs again")
        self._session.run(
            label.format(name=survey.name), partial(store_ask.end, survey_id=survey.id or 0, day=day),
            say=said.format(name=survey.name),
        )  # fmt: skip

    def again(self, survey: Survey) -> Survey:
        """A new survey that asks the same, in the words of today."""
        return made_again(self._session.file, survey)

    def delete(self, row: SurveyRow) -> None:
        """Deletes a survey with its sheets; the answers stay."""

        def work(op: Operation) -> None:
            store_rounds.forget(op, row.id)
            op.delete("surveys", row.id)

        self._session.run(
            _("Delete the survey “{name}”").format(name=row.name), work, failed=_not_deleted,
            say=_("“{name}” deleted; the answers stay in the figures").format(name=row.name),
        )  # fmt: skip


def droppable(data: QMimeData) -> list[Path]:
    """The files of a drop that can be answers; none where there is anything else."""
    paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    fits = bool(paths) and all(path.suffix.lower() in _BACK for path in paths)
    return paths if fits else []


def _not_deleted(error: Exception) -> None:
    """What is gone already needs no deleting: the key was pressed twice."""
    if not isinstance(error, LookupError):
        crash.report(error)


__all__ = ["SurveyDoings", "droppable"]
