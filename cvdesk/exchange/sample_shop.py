"""The sample bakery set up: offerings, segments, staff, tags and themes of its own, and their ids by key."""

from __future__ import annotations

from dataclasses import dataclass

from cvdesk.catalogue import store as catalogue
from cvdesk.catalogue.records import Business
from cvdesk.db import Operation, Queries
from cvdesk.exchange.sample_words import texts
from cvdesk.surveys.records import FORMS, IMPORTANCE, POINTS, composed
from cvdesk.themes import store as themes

_KEYED = "SELECT key, id FROM {table}"
_FACTOR_THEMES = """
SELECT 'factor:' || factors.key, min(themes.id)
FROM themes JOIN factors ON factors.id = themes.factor_id GROUP BY factors.key
"""
_VERSIONS = """
SELECT questions.key, version.id FROM questions JOIN question_versions AS version ON version.question_id = questions.id
"""


@dataclass(frozen=True, slots=True)
class Shop:
    """Ids by key (staff and tags by name; `themes` also by "factor:" and the factor's key), prices in minor units.

    `forms`: the question versions of each form, in order.
    """

    channels: dict[str, int]
    offerings: dict[str, int]
    prices: dict[str, int]
    segments: dict[str, int]
    staff: dict[str, int]
    tags: dict[str, int]
    themes: dict[str, int]
    factors: dict[str, int]
    levers: dict[str, str]
    core: frozenset[str]
    versions: dict[str, int]
    forms: dict[str, tuple[int, ...]]


def business() -> Business:
    """Whose sample it is."""
    return Business(**texts("shop")["business"])


def set_up(op: Operation) -> Shop:
    """Writes what the bakery sells, to whom, and its own themes; gives the ids."""
    source = texts("shop")
    for key, (name, price) in source["offerings"].items():
        op.insert("offerings", {"key": key, "name": name, "price_minor": price})
    for key, name in source["segments"].items():
        op.insert("segments", {"key": key, "name": name})
    for name in texts("people")["staff"]:
        op.insert("staff", {"name": name})
    for name in texts("people")["tags"]:
        catalogue.ensure(op, "tags", name)
    factors = _pairs(op, _KEYED.format(table="factors"))
    for key, levels in source["factors"].items():
        catalogue.set_importance(op, factors[key], levels[4])
    for key, (name, factor, words) in source["themes"].items():
        theme = themes.add_theme(op, name, factors[factor], words)
        if op.value("SELECT key FROM themes WHERE id = ?", (theme,)) != key:
            raise ValueError(f"the sample's theme {name!r} has another key than {key!r}")
    return _read(op)


def _read(db: Queries) -> Shop:
    factors = catalogue.factors(db)
    return Shop(
        channels=_pairs(db, _KEYED.format(table="channels")),
        offerings=_pairs(db, _KEYED.format(table="offerings")),
        prices=_pairs(db, "SELECT key, price_minor FROM offerings"),
        segments=_pairs(db, _KEYED.format(table="segments")),
        staff=_pairs(db, "SELECT name, id FROM staff ORDER BY id"),
        tags=_pairs(db, "SELECT name, id FROM tags ORDER BY id"),
        themes=_pairs(db, _FACTOR_THEMES) | _pairs(db, _KEYED.format(table="themes")),
        factors={factor.key: factor.id for factor in factors},
        levers={factor.key: factor.lever for factor in factors},
        core=frozenset(factor.key for factor in factors if factor.core),
        versions=_pairs(db, _VERSIONS),
        forms=_forms(db),
    )


def _forms(db: Queries) -> dict[str, tuple[int, ...]]:
    asked, factors = catalogue.questions(db), catalogue.factors(db)
    by_form = {form: composed(form, asked, factors) for form in FORMS if form != "own"}
    by_form["full"] += [question for question in asked if question.key in (IMPORTANCE, POINTS)]
    return {form: tuple(question.version_id for question in of_form) for form, of_form in by_form.items()}


def _pairs(db: Queries, sql: str) -> dict[str, int]:
    return {row[0]: row[1] for row in db.rows(sql)}
