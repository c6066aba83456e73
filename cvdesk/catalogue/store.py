"""SQL of the catalogue: setting a file up, and reading what it is set up with."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from cvdesk.catalogue.records import Business, Factor, Named, Question, as_name, key_of, match_key
from cvdesk.db import Operation, Queries
from cvdesk.errors import UserError
from cvdesk.paths import resources
from cvdesk.wording import _

# What the owner adds comes last under its part of value, not behind all four.
_BY_LEVER = "instr('worth benefits costs drawbacks', factors.lever)"
_FACTORS = f"""
SELECT id, key, lever, label, type, core, importance, keywords FROM factors WHERE active = 1 ORDER BY {_BY_LEVER}, place
"""
_QUESTIONS = f"""
SELECT version.id, questions.key, factors.key AS factor_key, questions.kind,
       version.wording, version.wording_owner, version.anchors, COALESCE(factors.lever, questions.lever) AS lever,
       questions.own
FROM questions JOIN question_versions AS version ON version.question_id = questions.id
LEFT JOIN factors ON factors.id = questions.factor_id
WHERE {{which}} ORDER BY factors.id IS NULL, {_BY_LEVER}, questions.place, version.series
"""
# Asked now: of factors in use, in their newest wording.
_ASKED_NOW = (
    """version.active = 1 AND questions.active = 1 AND COALESCE(factors.active, 1) = 1 AND version.language = ?"""
)
_NAMED_TABLES = ("offerings", "channels", "segments", "themes", "tags")


def built_in_channels() -> tuple[tuple[str, str], ...]:
    """Key and name of the channels a new file begins with."""
    return (
        ("counter", _("Counter")),
        ("phone", _("Phone")),
        ("email", _("Email")),
        ("visit", _("Visit")),
        ("website", _("Website")),
        ("review", _("Web review")),
        ("social", _("Social media")),
        ("letter", _("Letter")),
        ("survey", _("Survey")),
    )


def question_bank(language: str = "en") -> dict[str, Any]:
    """The question bank of the program; English where there is no bank in that language."""
    import tomllib  # only when a file is set up

    folder = resources() / "questions"
    path = folder / f"{language}.toml"
    return tomllib.loads((path if path.exists() else folder / "en.toml").read_text(encoding="utf-8"))


def set_up(op: Operation, business: Business) -> None:
    """Fills an empty file: who the business is, channels, factors and the questions that measure them."""
    save_business(op, business)
    for key, name in built_in_channels():
        op.insert("channels", {"key": key, "name": name})
    language = business.language.split("_")[0]
    bank = question_bank(language)
    for place, item in enumerate(bank["factor"], start=1):
        _add_factor(op, item, place, language)
    place = len(bank["factor"])
    for item in bank["overall"]:
        if item["kind"] != "factor_block":
            place += 1
            _add_question(op, item, item["key"], None, item["kind"], place, language)
    _add_question(op, bank["importance"], "importance", None, "importance", place + 1, language)
    points = {"question_customer": bank["lever_points"]["question_customer"]}
    _add_question(op, points, "lever_points", None, "points", place + 2, language)
    for item in bank["lever_question"]:
        place += 1
        _add_question(op, item, f"lever_{item['lever']}", None, "scale5", place + 2, language, item["lever"])


def _add_factor(op: Operation, item: dict[str, Any], place: int, language: str) -> None:
    factor = op.insert("factors", {
        "key": item["key"], "lever": item["lever"], "place": place, "label": item["label"], "type": item["type"],
        "core": int(item["core"]), "keywords": json.dumps(item["keywords"], ensure_ascii=False),
    })  # fmt: skip
    _add_question(op, item, item["key"], factor, "scale5", place, language)


def _add_question(
    op: Operation,
    item: dict[str, Any],
    key: str,
    factor: int | None,
    kind: str,
    place: int,
    language: str,
    lever: str | None = None,
) -> None:
    question = op.insert("questions", {"key": key, "factor_id": factor, "kind": kind, "place": place, "lever": lever})
    anchors = {name.removeprefix("anchor_"): text for name, text in item.items() if name.startswith("anchor_")}
    op.insert("question_versions", {
        "question_id": question, "series": 1, "language": language, "wording": item["question_customer"],
        "wording_owner": item.get("question_owner", ""), "anchors": json.dumps(anchors, ensure_ascii=False),
    })  # fmt: skip


def setting(db: Queries, key: str, default: Any = None) -> Any:
    """A setting of the business, as it was saved; the default where it never was."""
    text = db.value("SELECT value FROM settings WHERE key = ?", (key,))
    return default if text is None else json.loads(text)


def save_setting(op: Operation, key: str, value: Any) -> None:
    """Saves a setting of the business; anything JSON can hold."""
    text = json.dumps(value, ensure_ascii=False)
    known = op.value("SELECT id FROM settings WHERE key = ?", (key,))
    if known is None:
        op.insert("settings", {"key": key, "value": text})
    else:
        op.update("settings", known, {"value": text})


def business(db: Queries) -> Business:
    """Whose file this is."""
    return Business(**setting(db, "business", {"name": ""}))


def save_business(op: Operation, business: Business) -> None:
    """Notes whose file this is."""
    save_setting(op, "business", asdict(business))


def active_days(db: Queries) -> int:
    """How many days back something must have happened for a customer to be active."""
    return int(setting(db, "active_days", 365))


def factors(db: Queries) -> list[Factor]:
    """The factors in use, by lever and place."""
    return [
        Factor(row["id"], row["key"], row["lever"], row["label"], row["type"], bool(row["core"]), row["importance"],
               tuple(json.loads(row["keywords"])))
        for row in db.rows(_FACTORS)
    ]  # fmt: skip


def set_importance(op: Operation, factor_id: int, importance: float | None) -> None:
    """Notes how much the owner thinks a factor matters, 1-5; None: not said."""
    op.update("factors", factor_id, {"importance": importance})


def questions(db: Queries, language: str = "en") -> list[Question]:
    """The questions as they are asked now, factors first."""
    return _questions(db, _ASKED_NOW, (language,))


def questions_asked(db: Queries, versions: Sequence[int]) -> list[Question]:
    """These versions of questions in this order, also wordings no longer used. LookupError for a missing one."""
    marks = ", ".join("?" * len(versions))
    found = {one.version_id: one for one in _questions(db, f"version.id IN ({marks})", tuple(versions))}
    missing = [version for version in versions if version not in found]
    if missing:
        raise LookupError(f"there are no question versions {missing}")
    return [found[version] for version in versions]


def _questions(db: Queries, which: str, parameters: tuple[object, ...]) -> list[Question]:
    return [
        Question(row["id"], row["key"], row["factor_key"], row["kind"], row["wording"], row["wording_owner"],
                 json.loads(row["anchors"]), row["lever"], bool(row["own"]))
        for row in db.rows(_QUESTIONS.format(which=which), parameters)
    ]  # fmt: skip


def named(db: Queries, table: str) -> list[Named]:
    """Offerings, channels, segments, themes or tags, by name."""
    if table not in _NAMED_TABLES:
        raise ValueError(f"{table} is no list of names")
    active = "" if table == "tags" else "WHERE active = 1"
    return [Named(*row) for row in db.rows(f"SELECT id, key, name FROM {table} {active} ORDER BY name")]


def ensure(op: Operation, table: str, name: str) -> int:
    """The id of the offering, channel, segment or tag of this name; made where there is none."""
    if table not in _NAMED_TABLES or table == "themes":
        raise ValueError(f"{table} is no list that grows by itself")
    key = key_of(name)
    known = op.value(f"SELECT id FROM {table} WHERE key = ? OR lower(name) = lower(?)", (key, name.strip()))
    return int(known) if known is not None else op.insert(table, {"key": key, "name": name.strip()})


_STAFF = "SELECT id, name FROM staff WHERE active = 1 ORDER BY name COLLATE NOCASE"
_EVERYONE = "SELECT id, name FROM staff"


def staff(db: Queries) -> list[tuple[int, str]]:
    """Who works here, as (id, name) by name."""
    return [(row["id"], row["name"]) for row in db.rows(_STAFF)]


def add_staff(op: Operation, name: str) -> tuple[int, str]:
    """Adds somebody to the staff and gives (id, name); who has the name already is meant, also who had left.

    Raises UserError for an empty name.
    """
    name = _staff_name(name)
    known = _staff_called(op, name)
    if known is None:
        return op.insert("staff", {"name": name}), name
    op.update("staff", known, {"active": 1})
    return known, str(op.value("SELECT name FROM staff WHERE id = ?", (known,)))


def rename_staff(op: Operation, staff_id: int, name: str) -> tuple[int, str]:
    """Gives somebody another name, also on what they logged before; UserError where somebody else has it."""
    name = _staff_name(name)
    if _staff_called(op, name) not in (None, staff_id):
        raise UserError(
            _("Somebody else is called {name}.").format(name=name), _("Add something that tells the two apart.")
        )
    op.update("staff", staff_id, {"name": name})
    return staff_id, name


def retire_staff(op: Operation, staff_id: int) -> None:
    """Takes somebody off the list to choose from; what they logged keeps their name."""
    op.update("staff", staff_id, {"active": 0})


def _staff_name(name: str) -> str:
    name = as_name(name)
    if not name:
        raise UserError(_("The name is missing."), _("Write the name by which you call each other."))
    return name


def _staff_called(db: Queries, name: str) -> int | None:
    wanted = match_key(name)
    return next((int(row["id"]) for row in db.rows(_EVERYONE) if match_key(row["name"]) == wanted), None)
