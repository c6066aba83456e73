"""SQL of what customers value, as the owner sets it up: in use or not, core or not, factors of the owner's own."""

from __future__ import annotations

import json

from cvdesk.catalogue.records import LEVERS, key_of
from cvdesk.catalogue.records_factors import FactorDraft, FactorSetUp, factor_problems, tidy
from cvdesk.catalogue.store_wording import add_version, bank_wordings, reword, wording_of
from cvdesk.db import Operation, Queries
from cvdesk.db.queries import Row
from cvdesk.errors import UserError
from cvdesk.wording import _
from cvdesk.wording.figures import lever_name

_FACTORS = """
SELECT factors.*, questions.key AS question, version.id AS version, version.language,
       version.wording, version.wording_owner, version.anchors
FROM factors JOIN questions ON questions.factor_id = factors.id
JOIN question_versions AS version ON version.question_id = questions.id AND version.active = 1
ORDER BY factors.place, version.series
"""
_OTHERS_IN_USE = "SELECT 1 FROM factors WHERE lever = ? AND active = 1 AND id <> ?"
# A factor nobody is ever asked about ("Other: ...") stands behind all others.
_LAST_PLACE = "SELECT max(place) FROM factors WHERE place < 1000"


def factors_set_up(db: Queries) -> list[FactorSetUp]:
    """All factors that are or were asked about, lever by lever, also those not in use."""
    found = {row["id"]: _set_up(row) for row in db.rows(_FACTORS)}
    return sorted(found.values(), key=lambda one: LEVERS.index(one.lever))


def _set_up(row: Row) -> FactorSetUp:
    wording = wording_of(row)
    bank = bank_wordings(row["language"]).get(row["question"])
    return FactorSetUp(
        row["id"], row["key"], row["lever"], row["label"], row["type"], bool(row["core"]), bool(row["active"]),
        bool(row["own"]), row["importance"], tuple(json.loads(row["keywords"])), row["version"], wording,
        bank is not None and bank != wording,
    )  # fmt: skip


def set_core(op: Operation, factor_id: int, core: bool) -> None:
    """Whether the short form asks about it."""
    op.update("factors", factor_id, {"core": int(core)})


def set_in_use(op: Operation, factor_id: int, active: bool) -> None:
    """Whether it is asked about and counts. Its answers stay; no figure shows them while it is out of use.

    UserError for the last one of a part of value, which no figure could do without.
    """
    lever = str(op.value("SELECT lever FROM factors WHERE id = ?", (factor_id,)))
    if not active and op.value(_OTHERS_IN_USE, (lever, factor_id)) is None:
        raise UserError(
            _("It is the last one under {part}, and value needs all four parts.").format(part=lever_name(lever)),
            _("Add or put back another one first."),
        )
    op.update("factors", factor_id, {"active": int(active)})


def add_factor(op: Operation, draft: FactorDraft, language: str = "en") -> int:
    """Adds a factor of the owner's own with its question and its theme; gives its id.

    UserError where something is wrong with it. A theme of that name goes over to it with all that is filed under it.
    """
    _refuse(factor_problems(draft, factors_set_up(op)))
    name = " ".join(draft.label.split())
    place = int(op.value(_LAST_PLACE) or 0) + 1
    key = free_key(op, name)
    factor = op.insert("factors", {
        "key": key, "lever": draft.lever, "place": place, "label": name, "type": draft.type, "core": 0, "own": 1,
        "keywords": json.dumps(draft.keywords, ensure_ascii=False),
    })  # fmt: skip
    question = op.insert("questions", {"key": key, "factor_id": factor, "kind": "scale5", "place": place, "own": 1})
    add_version(op, question, tidy(draft.wording, "scale5"), language=language)
    _give_theme(op, factor, name)
    return factor


def change_factor(op: Operation, before: FactorSetUp, draft: FactorDraft, same: bool) -> None:
    """Gives a factor another name, kind, words or wording. `same`: the question still asks the same (see `reword`).

    UserError where something is wrong with it.
    """
    _refuse(factor_problems(draft, [one for one in factors_set_up(op) if one.id != before.id]))
    op.update("factors", before.id, {
        "label": " ".join(draft.label.split()), "type": draft.type,
        "keywords": json.dumps(draft.keywords, ensure_ascii=False),
    })  # fmt: skip
    reword(op, before.version_id, draft.wording, same)


def free_key(op: Operation, name: str) -> str:
    """A key for something of the owner's own: made of its name, none that the program or the owner uses already."""
    stem = f"own-{key_of(name)[:40].strip('-')}"
    taken = {row[0] for row in op.rows("SELECT key FROM factors UNION SELECT key FROM questions")}
    number, key = 1, stem
    while key in taken:
        number += 1
        key = f"{stem}-{number}"
    return key


def _give_theme(op: Operation, factor_id: int, name: str) -> None:
    """One theme per factor to begin with, as in a new file: without it nothing said could be filed under it.

    Written here, although themes have an owner of their own: that lies above the catalogue, and the two rows belong
    into one step.
    """
    known = op.value("SELECT id FROM themes WHERE key = ?", (key_of(name),))
    if known is None:
        op.insert("themes", {"key": key_of(name), "name": name, "factor_id": factor_id})
    else:
        op.update("themes", known, {"factor_id": factor_id, "active": 1, "merged_into": None})


def _refuse(problems: dict[str, str]) -> None:
    for message in problems.values():
        raise UserError(message, _("Nothing was changed."))
