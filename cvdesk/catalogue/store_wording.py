"""SQL of wordings: a question's versions, asking it in other words, and the program's own words again (METHOD 3.5)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from typing import Any

from cvdesk.catalogue.records_factors import Wording, tidy
from cvdesk.catalogue.store import question_bank
from cvdesk.db import Operation, Queries
from cvdesk.db.queries import Row

_VERSIONS = """
SELECT version.id, version.series, version.language, version.wording, version.wording_owner, version.anchors,
       version.active, questions.kind, questions.id AS question
FROM question_versions AS version JOIN questions ON questions.id = version.question_id
WHERE version.question_id = (SELECT question_id FROM question_versions WHERE id = ?1)
  AND version.language = (SELECT language FROM question_versions WHERE id = ?1)
ORDER BY version.series
"""
# Answered, or printed on a sheet that has gone out and may come back.
_USED = """
SELECT EXISTS (SELECT 1 FROM answers WHERE question_version_id = ?1)
    OR EXISTS (SELECT 1 FROM surveys, json_each(surveys.questions) AS asked
               WHERE asked.value = ?1 AND EXISTS (SELECT 1 FROM sheets WHERE survey_id = surveys.id))
"""


def is_used(db: Queries, version_id: int) -> bool:
    """Whether anybody has answered this version or may have it in front of them on paper."""
    return bool(db.value(_USED, (version_id,)))


def reword(op: Operation, version_id: int, wording: Wording, same: bool) -> int:
    """Asks a question in other words from now on; gives the version that is asked then.

    `same`: it still asks the same, only better said: answers so far go on counting with the new ones. Else it is
    another question, a new series: answers to the old wording are kept and never averaged with the new, and the trend
    breaks there (METHOD 3.5). A wording nobody has met yet is simply changed; one that was asked before, with none of
    the later ones used, is taken up again.
    """
    versions = op.rows(_VERSIONS, (version_id,))
    now = next((row for row in versions if row["id"] == version_id), None)
    if now is None:
        raise LookupError(f"there is no question version {version_id}")
    wording = tidy(wording, now["kind"])
    if wording_of(now) == wording:
        return version_id
    before = wording_of(now)
    if same or (before.customer, before.anchors) == (wording.customer, wording.anchors):
        op.update("question_versions", version_id, _values(wording))  # the owner's guess is no series
        return version_id
    return _in_new_series(op, versions, now, wording)


def _in_new_series(op: Operation, versions: list[Row], now: Row, wording: Wording) -> int:
    unused = not is_used(op, now["id"])
    for row in versions:
        later = [one for one in versions if one["series"] > row["series"]]
        if wording_of(row) == wording and not any(is_used(op, one["id"]) for one in later):
            op.update("question_versions", now["id"], {"active": 0})
            op.update("question_versions", row["id"], {"active": 1})
            return int(row["id"])
    if unused:
        op.update("question_versions", now["id"], _values(wording))
        return int(now["id"])
    op.update("question_versions", now["id"], {"active": 0})
    series = max(row["series"] for row in versions) + 1
    return add_version(op, now["question"], wording, series, now["language"])


def add_version(op: Operation, question_id: int, wording: Wording, series: int = 1, language: str = "en") -> int:
    """Writes a version of a question and gives its id."""
    return op.insert("question_versions", {
        "question_id": question_id, "series": series, "language": language, **_values(wording),
    })  # fmt: skip


def series_of(db: Queries, version_id: int) -> int:
    """How many wordings with a series of their own there have been, this one included."""
    return int(db.value("SELECT series FROM question_versions WHERE id = ?", (version_id,)))


def wording_of(row: Row) -> Wording:
    """The wording in a row of question_versions."""
    return Wording(row["wording"], row["wording_owner"], json.loads(row["anchors"]))


def _values(wording: Wording) -> dict[str, Any]:
    return {
        "wording": wording.customer, "wording_owner": wording.owner,
        "anchors": json.dumps(wording.anchors, ensure_ascii=False),
    }  # fmt: skip


@cache
def bank_wordings(language: str = "en") -> Mapping[str, Wording]:
    """The program's own wording of each question it brings along, by the question's key."""
    bank = question_bank(language)
    items = {item["key"]: item for item in [*bank["factor"], *bank["overall"]]}
    items |= {f"lever_{item['lever']}": item for item in bank["lever_question"]}
    return {
        key: Wording(
            item["question_customer"], item.get("question_owner", ""),
            {name.removeprefix("anchor_"): text for name, text in item.items() if name.startswith("anchor_")},
        )
        for key, item in items.items()
    }  # fmt: skip
