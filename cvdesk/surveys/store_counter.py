"""SQL of the counter: which survey is asked there, whoever answers it, and what becomes of those who went away."""

from __future__ import annotations

import secrets
from datetime import date

from cvdesk.catalogue import store as catalogue
from cvdesk.catalogue.records import Question
from cvdesk.db import BusinessFile, Operation, Queries
from cvdesk.surveys import store
from cvdesk.surveys.records import Survey, composed
from cvdesk.surveys.records_counter import Visitor, as_text, counts, from_text, path, returned
from cvdesk.wording import _

DRAFT = "counter"  # the answers so far of whoever stands there, outside the history
IDLE = (30, 60, 120, 300)  # seconds without a touch to choose from
_SETTING, _IDLE = "counter", 60
_RUNNING_MINUTE = """
SELECT id FROM surveys WHERE form = 'minute' AND ended IS NULL AND offering_id IS NULL ORDER BY id DESC LIMIT 1
"""


def idle_seconds(db: Queries) -> int:
    """After how many seconds without a touch the counter begins anew."""
    return int(catalogue.setting(db, _SETTING, {}).get("idle", _IDLE))


def save_idle(op: Operation, seconds: int) -> None:
    """Sets that time; ValueError for one that is not offered."""
    if seconds not in IDLE:
        raise ValueError(f"{seconds} s is not offered")
    catalogue.save_setting(op, _SETTING, {"idle": seconds})


def offered(db: Queries) -> list[Survey]:
    """The surveys that run and can be answered with a finger, those of the one-minute form first."""
    running = [one for one in store.surveys(db) if one.ended is None and path(store.questions(db, one), {})]
    return sorted(running, key=lambda one: one.form != "minute")


def has_minute(db: Queries) -> bool:
    """Whether a survey of the one-minute form runs."""
    return db.value(_RUNNING_MINUTE) is not None


def minute_survey(op: Operation, day: date) -> int:
    """The one-minute form that runs; composed and saved where there is none yet."""
    known: int | None = op.value(_RUNNING_MINUTE)
    if known is not None:
        return known
    language = catalogue.business(op).language.split("_")[0]
    asked = catalogue.questions(op, language) or catalogue.questions(op)
    form = composed("minute", asked, catalogue.factors(op))
    made = Survey(None, _("One minute at the counter"), "minute", tuple(one.version_id for one in form), day,
                  language=language)  # fmt: skip
    return store.save(op, made)


def begin(db: Queries, survey: Survey, day: date, draw: store.Draw = secrets.randbelow) -> Visitor:
    """Somebody begins; nothing is written before the first answer."""
    if survey.id is None:
        raise ValueError("the survey is not saved yet")
    return Visitor(survey.id, day, store.drawn(db, survey, draw))


def questions(db: Queries, visitor: Visitor) -> list[Question]:
    """What is put to this visitor, in order."""
    return catalogue.questions_asked(db, visitor.asked)


def keep(visitor: Visitor, file: BusinessFile) -> None:
    """The answers so far are on disk when this returns, whatever happens to the program or the power."""
    file.save_draft(DRAFT, as_text(visitor))


def end(visitor: Visitor, file: BusinessFile) -> int | None:
    """Whoever stood at the counter is done or has gone: their answers become a score sheet of a person of its own.

    One step of the history. Gives the score sheet, or None where too little was answered to count, or where the survey
    has been deleted: then nothing is kept.
    """
    there = file.value("SELECT 1 FROM surveys WHERE id = ?", (visitor.survey_id,))
    if there and counts(visitor, questions(file, visitor)):
        return file.run(_("Answers at the counter"), lambda op: _take_in(op, visitor)).result
    file.save_draft(DRAFT, "")
    return None


def settle(file: BusinessFile) -> int | None:
    """The same for somebody who stood there when the program ended; None where nobody did."""
    kept = file.draft(DRAFT)
    return end(from_text(kept), file) if kept else None


def _take_in(op: Operation, visitor: Visitor) -> int:
    op.forget_draft(DRAFT)  # in the same transaction: after a crash there is the one or the other, never both
    survey = store.get(op, visitor.survey_id)
    if survey.started is None:
        op.update("surveys", visitor.survey_id, {"started": visitor.day.isoformat()})
    sheet = store.counter_sheet(op, survey, asked=visitor.asked)
    return store.take_in(op, sheet, returned(visitor, questions(op, visitor)), visitor.day, channel="counter")
