"""Survey forms as PDF: for print, many in one file, or to fill in on the screen, a file each."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from cvdesk.catalogue import store as catalogue
from cvdesk.catalogue.records import Business, Factor, Logo
from cvdesk.catalogue.store_letterhead import logo
from cvdesk.db import Queries
from cvdesk.db.writing import refuse_database, save_bytes
from cvdesk.errors import UserError
from cvdesk.surveys import store
from cvdesk.surveys.records import Survey, SurveySheet
from cvdesk.surveys.records_items import Item, items
from cvdesk.surveys.records_marker import marker
from cvdesk.surveys.report_form_pages import Form, Frame, printed
from cvdesk.wording import _

__all__ = ["as_bytes", "blank_form", "form_pdf", "preview"]

_NAME = "SELECT name, preferred_name FROM customers WHERE id = ?"
_OFFERING = "SELECT name FROM offerings WHERE id = ?"
_LONGEST_NAME = 60
_NOT_IN_NAMES = re.compile(r'[<>:"/\\|?*\x00-\x1f]+')


@dataclass(frozen=True, slots=True)
class _Asking:
    """A survey with what its forms need of the file."""

    survey: Survey
    business: Business
    factors: tuple[Factor, ...]
    offer: str
    logo: Logo | None


def form_pdf(
    db: Queries,
    survey_id: int,
    sheet_ids: Sequence[int] | None,
    *,
    target: Path,
    made: date,
    fillable: bool = False,
    paper: str = "a4",
) -> list[Path]:
    """Writes the forms of these sheets; gives the files written. UserError where one cannot be written.

    `sheet_ids` None: one form for nobody in particular. For print all of them go into the file `target`. To fill in
    (`fillable`) each is a file of its own: `target` itself for a single one, else in the folder `target`, named after
    survey, customer and code. `made`: the day the document says it was made.
    """
    asking = _asking(db, survey_id)
    sheets: list[SurveySheet | None] = list(store.sheets(db, sheet_ids)) if sheet_ids is not None else [None]
    if not sheets:
        raise UserError(_("There is no sheet to print."), _("Choose who is asked first."))
    if not fillable:
        refuse_database(target)
        save_bytes(target, as_bytes(db, asking, sheets, made, False, paper))
        return [target]
    if len(sheets) == 1:
        save_bytes(target, as_bytes(db, asking, sheets, made, True, paper))
        return [target]
    written = []
    for sheet in sheets:
        path = target / file_name(asking.survey.name, _person(db, sheet), sheet.code if sheet else "")
        save_bytes(path, as_bytes(db, asking, [sheet], made, True, paper))
        written.append(path)
    return written


def blank_form(db: Queries, survey_id: int, made: date, fillable: bool, paper: str) -> bytes:
    """The form of a survey for nobody in particular."""
    return as_bytes(db, _asking(db, survey_id), [None], made, fillable, paper)


def preview(db: Queries, survey: Survey, made: date, paper: str = "a4") -> bytes:
    """The printed form of a survey that need not be saved yet, as bytes."""
    return as_bytes(db, _asking_of(db, survey), [None], made, False, paper)


def as_bytes(
    db: Queries, asking: _Asking, sheets: Sequence[SurveySheet | None], made: date, fillable: bool, paper: str
) -> bytes:
    """The forms as a document; the same sheets give the same bytes."""
    survey = asking.survey
    forms = [_form(db, asking, sheet) for sheet in sheets]
    travels = marker(survey.id, forms[0].code) if fillable and survey.id is not None else None
    return printed(_frame(asking, made, fillable, paper), forms, travels)


def _asking(db: Queries, survey_id: int) -> _Asking:
    return _asking_of(db, store.get(db, survey_id))


def _asking_of(db: Queries, survey: Survey) -> _Asking:
    offer = db.value(_OFFERING, (survey.offering_id,)) if survey.offering_id is not None else ""
    return _Asking(survey, catalogue.business(db), tuple(catalogue.factors(db)), str(offer or ""), logo(db))


def _frame(asking: _Asking, made: date, fillable: bool, paper: str) -> Frame:
    survey, business = asking.survey, asking.business
    how = (
        _("Click one box in each line. Leave out what you like, save the form, and send it back.")
        if fillable
        else _("Put a cross in one box of each line. Leave out what you like.")
    )
    return Frame(
        business.name, survey.name, survey.greeting.strip(), how, survey.thanks.strip() or _("Thank you."),
        business.language, made, paper, business.colour, asking.logo,
    )  # fmt: skip


def _form(db: Queries, asking: _Asking, sheet: SurveySheet | None) -> Form:
    named = sheet is not None and sheet.customer_id is not None
    privacy = (
        _("Your answers are kept with your name by {business}.").format(business=asking.business.name)
        if named
        else _("This form asks for no name and bears none.")
    )
    return Form(tuple(_items(db, asking, sheet)), sheet.code if sheet else "", _person(db, sheet), privacy)


def _items(db: Queries, asking: _Asking, sheet: SurveySheet | None) -> list[Item]:
    survey = asking.survey
    if sheet is None and survey.form == "rotating":
        # A form for nobody in particular still asks only some: always the same, so that it prints the same.
        asked = catalogue.questions_asked(db, store.drawn(db, survey, store.seeded(survey.id or 0)))
    else:
        asked = store.questions(db, survey, sheet)
    return items(asked, asking.factors, asking.business.name, asking.offer)


def _person(db: Queries, sheet: SurveySheet | None) -> str:
    if sheet is None or sheet.customer_id is None:
        return ""
    row = db.row(_NAME, (sheet.customer_id,))
    return "" if row is None else str(row["preferred_name"] or row["name"])


def file_name(survey: str, person: str, code: str) -> str:
    """A name every system takes: "Bread round, Anna Bell, K7M2-QXP4.pdf"."""
    plain = [_NOT_IN_NAMES.sub(" ", unicodedata.normalize("NFC", part)) for part in (survey, person)]
    named = [" ".join(part.split())[:_LONGEST_NAME].strip(" .") for part in plain]
    return ", ".join(part for part in (*named, code) if part) + ".pdf"
