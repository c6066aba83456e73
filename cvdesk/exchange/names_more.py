"""Names of columns in lists of purchases and in filled-in questionnaires."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from cvdesk.catalogue import store as catalogue
from cvdesk.catalogue.records import match_key
from cvdesk.db import Queries

_ALIKE = 90  # from how alike (0-100) on a column's name is a question, a few words put another way
_OTHER_NAMES = {
    "recommend": "nps|net promoter score|likelihood to recommend|recommendation|would recommend",
    "satisfaction": "csat|overall satisfaction|satisfied|how satisfied",
    "ease": "ces|effort|customer effort score|effort score|ease of use",
    "worth_it": "worth it|worth|value for money overall",
    "comment_keep": "keep|what should we keep|what did you like",
    "comment_change": "change|what should we change|what could be better",
}
# Columns together that no list but our own export has.
_OWN_EXPORTS = ({"Id", "Made at (UTC)", "Changed at (UTC)"}, {"id", "created_at", "updated_at", "source_id"})
_GRID_ROW = re.compile(r"\[([^\]]+)\]\s*$")
_NUMBERED = re.compile(r"^\s*(?:q\s?)?\d{1,3}\s?[.):]\s+", re.IGNORECASE)
_ASIDE = re.compile(r"\s*\([^)]*\)\s*$")
_BLANKS = re.compile(r"\{[a-z_]+\}")


def is_own_export(header: Sequence[str]) -> bool:
    """Whether a list is an export of ours: its words are taken literally, "None" as a name too."""
    return any(own <= set(header) for own in _OWN_EXPORTS)


def tables(who: Mapping[str, str], offering: str, channel: str) -> dict[str, dict[str, str]]:
    """Field -> names, most telling first, of the kinds of list that are not about what somebody said."""
    return {
        "purchases": {
            "id": (
                "id|purchase id|order id|order number|order no|order|sale id|sales id|transaction id|"
                "transaction number|transaction|invoice id|invoice number|invoice no|invoice|receipt number|"
                "receipt no|receipt|booking id|payment id|reference|ref|record id"
            ),
            **who,
            "date": (
                "date|purchase date|date of purchase|order date|sale date|transaction date|invoice date|"
                "payment date|paid on|paid at|date paid|booking date|visit date|created at|created|created on|"
                "completed at|timestamp|day|when"
            ),
            "time": "time|time of day",
            "amount": (
                "amount|total|order total|total amount|grand total|amount paid|paid|price|value|order value|"
                "sum|net amount|gross amount|gross|net|net sales|gross sales|revenue|sales|turnover|spend|spent|"
                "subtotal|amount minor"
            ),
            "offering": f"{offering}|items|article|what|description",
            "note": "note|notes|comment|comments|memo|remarks",
        },
        "answers": {
            "id": (
                "id|response id|answer id|submission id|respondent id|sheet id|sheet|entry id|record id|"
                "sheet token|reference|ref"
            ),
            **who,
            "date": (
                "date|timestamp|time stamp|date submitted|submitted at|submitted|submission date|submit date|"
                "completed|completed at|completion time|end date|response date|"
                "answered|answered on|date answered|created at|"
                "created|start date|survey date|day|when"
            ),
            "time": "time|time of day",
            "channel": channel,
            "offering": offering,
        },
    }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of the file: its key, the version asked now, and every name a column for it may have.

    `label`: the short name of its factor, if it is about one.
    """

    key: str
    version_id: int
    kind: str
    gain: bool
    anchors: Mapping[str, str]
    names: tuple[str, ...]
    own: bool = False
    label: str = ""


_QUESTIONS = """
SELECT questions.key, version.id, questions.kind, version.wording, version.wording_owner, version.anchors,
       factors.label, COALESCE(factors.lever, questions.lever) AS lever, questions.own
FROM questions JOIN question_versions AS version ON version.question_id = questions.id
LEFT JOIN factors ON factors.id = questions.factor_id
WHERE version.active = 1 AND questions.kind IN ('scale5', 'scale0_10', 'yes_no', 'text')
ORDER BY questions.place, version.language <> ?, version.series DESC
"""


def asked(db: Queries) -> dict[str, Asked]:
    """The questions of a file by key, as they are asked now."""
    import json

    language = catalogue.business(db).language.split("_")[0]
    found: dict[str, Asked] = {}
    for row in db.rows(_QUESTIONS, (language,)):
        names = [row["key"], row["label"] or "", row["wording"], row["wording_owner"]]
        before = found.get(row["key"])
        if before is not None:  # another language: its wording names the same question
            names = [*before.names, *names]
        key, version = row["key"], before.version_id if before else row["id"]
        anchors = before.anchors if before else json.loads(row["anchors"])
        others = _OTHER_NAMES.get(key, "").split("|")
        wanted = tuple(dict.fromkeys(name for name in (*names, *others) if name))
        gain = row["lever"] not in ("costs", "drawbacks")
        found[key] = Asked(key, version, row["kind"], gain, anchors, wanted, bool(row["own"]), row["label"] or "")
    return found


@lru_cache(maxsize=1)
def bank_keys() -> tuple[str, ...]:
    """The keys of the questions every new file has."""
    bank = catalogue.question_bank()
    return tuple(
        item["key"] for part in ("factor", "overall") for item in bank[part] if item.get("kind") != "factor_block"
    )


def _plain(name: str) -> str:
    return " ".join(re.sub(r"[^\w]+", " ", match_key(name)).replace("_", " ").split())


def _names_of(column: str) -> list[str]:
    """A column's name as it stands, without its number or what stands in brackets: "3. Quality (1-10)" is quality.

    Also the row's name of a grid: "Please rate [Quality]".
    """
    bare = _NUMBERED.sub("", column)
    row = _GRID_ROW.search(bare)
    return [_plain(column), _plain(bare), _plain(_ASIDE.sub("", bare)), *([_plain(row[1])] if row else [])]


def recognise_questions(
    questions: Mapping[str, Asked], header: Sequence[str], taken: Mapping[str, tuple[int, ...]]
) -> dict[str, tuple[int, ...]]:
    """Question key -> its column, by key, label or wording; columns that are `taken` are left alone."""
    used = {place for places in taken.values() for place in places}
    columns = {place: _names_of(name) for place, name in enumerate(header) if place not in used}
    found: dict[str, tuple[int, ...]] = {}
    for exact in (True, False):
        for key, question in questions.items():
            if key in found:
                continue
            place = _fits(question, columns) if exact else _about(question, columns)
            if place is not None:
                found[key] = (place,)
                del columns[place]
    return found


def _fits(question: Asked, columns: Mapping[int, list[str]]) -> int | None:
    wanted = {_plain(name) for name in question.names}
    return next((place for place, names in columns.items() if wanted.intersection(names)), None)


def _about(question: Asked, columns: Mapping[int, list[str]]) -> int | None:
    """The column whose name is the question's wording with the business's own words in its blanks, or nearly."""
    from rapidfuzz.fuzz import ratio

    for name in question.names:
        parts = [_plain(part) for part in _BLANKS.split(name)]
        if len(name) < 20:
            continue
        pattern = re.compile(r"\b.{0,80}\b".join(map(re.escape, parts)).replace(r"\ ", " "))
        plain = _plain(_BLANKS.sub(" ", name))
        for place, names in columns.items():
            if any(pattern.fullmatch(each) or ratio(plain, each) >= _ALIKE for each in names if len(each) >= 20):
                return place
    return None
