"""SQL of paper sheets typed by number keys: the sheet of a code, and its answers taken in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from cvdesk.catalogue import store as catalogue
from cvdesk.db import Operation, Queries
from cvdesk.errors import UserError
from cvdesk.surveys import store
from cvdesk.surveys.records_codes import as_code
from cvdesk.surveys.records_items import Item, assembled, items
from cvdesk.surveys.records_rapid import Entry
from cvdesk.wording import _

_STATE = "SELECT state FROM assessments WHERE sheet_id = ?"
_OFFERING = "SELECT name FROM offerings WHERE id = ?"


@dataclass(frozen=True, slots=True)
class Opened:
    """A sheet to be typed: what it asks, piece by piece; `came`: when it came back before, None where it did not."""

    entry: Entry
    items: tuple[Item, ...]
    survey: str
    came: date | None = None


def draft_key(survey_id: int) -> str:
    """Under which name a pile of this survey is kept while it is typed."""
    return f"rapid-{survey_id}"


def by_code(db: Queries, typed: str) -> Opened:
    """The sheet of a code as it was typed or scanned. UserError where it is none, or none of this file."""
    try:
        code = as_code(typed)
    except ValueError:
        raise UserError(
            _("“{code}” is not a code of a sheet.").format(code=typed.strip()),
            _("It has eight signs, as K7M2-QXP4. Look at the corner of the sheet once more."),
        ) from None
    sheet = store.sheet_by_code(db, code)
    if sheet is None:
        raise UserError(
            _("No sheet of this file has the code {code}.").format(code=code),
            _("Look at the paper once more, or type it without a code."),
        )
    state = db.value(_STATE, (sheet.id,))
    # Answers that were begun and never finished count nowhere: the paper takes their place.
    entry = Entry(sheet.survey_id, sheet.id, code, replace=state == "draft")
    return Opened(entry, *_asked(db, entry), came=sheet.answered if state == "done" else None)


def without_code(db: Queries, survey_id: int) -> Opened:
    """A copy of a survey that leads to no sheet: all its questions."""
    entry = Entry(survey_id, None, "")
    return Opened(entry, *_asked(db, entry))


def again(db: Queries, entry: Entry) -> Opened | None:
    """A sheet that was being typed; None where it, or its survey, is no longer in this file."""
    try:
        return Opened(entry, *_asked(db, entry))
    except LookupError:
        return None


def _asked(db: Queries, entry: Entry) -> tuple[tuple[Item, ...], str]:
    survey = store.get(db, entry.survey_id)
    sheet = store.sheet(db, entry.sheet_id) if entry.sheet_id is not None else None
    offer = db.value(_OFFERING, (survey.offering_id,)) if survey.offering_id is not None else ""
    asked = store.questions(db, survey, sheet)
    business = catalogue.business(db).name
    return tuple(items(asked, catalogue.factors(db), business, str(offer or ""))), survey.name


def take_in(op: Operation, entry: Entry, asked: Sequence[Item], day: date, draft: str) -> int:
    """The typed answers become a finished score sheet, and the draft of this name goes; gives the operation's id.

    UserError where nothing is answered, where points do not add up, and as `store.take_in` does.
    """
    returned, left_out = assembled(asked, entry.given)
    if left_out:
        raise UserError(" ".join(left_out), _("Go back and mend them, or clear them with the Delete key."))
    op.forget_draft(draft)
    sheet_id = entry.sheet_id
    if sheet_id is None:
        versions = tuple(dict.fromkeys(item.version for item in asked))
        sheet_id = store.counter_sheet(op, store.get(op, entry.survey_id), asked=versions, way="paper")
    store.take_in(op, sheet_id, returned, day, replace=entry.replace)
    return op.id
