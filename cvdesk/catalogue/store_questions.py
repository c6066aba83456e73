"""SQL of the questions a form ends with: the program's, and those of the owner's own, in the owner's order."""

from __future__ import annotations

from cvdesk.catalogue.records_factors import QuestionDraft, QuestionSetUp, question_problems, tidy
from cvdesk.catalogue.store_factors import free_key
from cvdesk.catalogue.store_wording import add_version, bank_wordings, reword, wording_of
from cvdesk.db import Operation, Queries
from cvdesk.db.queries import Row
from cvdesk.errors import UserError
from cvdesk.wording import _

_QUESTIONS = """
SELECT questions.id, questions.key, questions.kind, questions.lever, questions.own, questions.active,
       version.id AS version, version.language, version.wording, version.wording_owner, version.anchors
FROM questions JOIN question_versions AS version ON version.question_id = questions.id AND version.active = 1
WHERE questions.factor_id IS NULL AND questions.kind IN ('scale5', 'scale0_10', 'yes_no', 'text')
ORDER BY questions.own, questions.lever IS NOT NULL, questions.active DESC, questions.place, version.series
"""
_OWN_PLACES = """
SELECT id, place FROM questions WHERE own = 1 AND factor_id IS NULL AND active = 1 ORDER BY place, id
"""


def questions_set_up(db: Queries) -> list[QuestionSetUp]:
    """Questions about all of it: the program's, those about a whole part of value, then the owner's own in order."""
    return list({row["id"]: _set_up(row) for row in db.rows(_QUESTIONS)}.values())


def _set_up(row: Row) -> QuestionSetUp:
    wording = wording_of(row)
    bank = None if row["own"] else bank_wordings(row["language"]).get(row["key"])
    return QuestionSetUp(
        row["id"], row["key"], row["kind"], row["lever"], bool(row["own"]), bool(row["active"]), row["version"],
        wording, bank is not None and bank != wording,
    )  # fmt: skip


def add_question(op: Operation, draft: QuestionDraft, language: str = "en") -> int:
    """Adds a question of the owner's own behind the others; gives its id. UserError where something is wrong."""
    _refuse(question_problems(draft, questions_set_up(op)))
    wording = tidy(draft.wording, draft.kind)
    place = int(op.value("SELECT max(place) FROM questions") or 0) + 1
    key = free_key(op, wording.customer)
    question = op.insert("questions", {"key": key, "kind": draft.kind, "place": place, "own": 1})
    add_version(op, question, wording, language=language)
    return question


def change_question(op: Operation, before: QuestionSetUp, draft: QuestionDraft, same: bool) -> None:
    """Asks a question in other words; how it is answered stays. `same`: it still asks the same (see `reword`)."""
    _refuse(question_problems(draft, [one for one in questions_set_up(op) if one.id != before.id]))
    if draft.kind != before.kind:
        raise ValueError("how a question is answered never changes: it would be another question")
    reword(op, before.version_id, draft.wording, same)


def set_asked(op: Operation, question_id: int, active: bool) -> None:
    """Whether a question of the owner's own is asked; its answers stay. ValueError for one of the program's."""
    if not op.value("SELECT own FROM questions WHERE id = ?", (question_id,)):
        raise ValueError(f"question {question_id} is the program's, figures rest on it")
    op.update("questions", question_id, {"active": int(active)})


def move_question(op: Operation, question_id: int, by: int) -> None:
    """Moves a question of the owner's own up (-1) or down (1) among those that are asked; at an end it stays."""
    rows = op.rows(_OWN_PLACES)
    ids = [row["id"] for row in rows]
    now = ids.index(question_id)
    to = min(max(now + by, 0), len(ids) - 1)
    ids.insert(to, ids.pop(now))
    for row_id, place in zip(ids, sorted(row["place"] for row in rows), strict=True):
        op.update("questions", row_id, {"place": place})


def _refuse(problems: dict[str, str]) -> None:
    for message in problems.values():
        raise UserError(message, _("Nothing was changed."))
