"""The questions of somebody else's survey as questions of the owner's own, and the answers to them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from cvdesk.catalogue import store as catalogue
from cvdesk.catalogue.records import key_of
from cvdesk.db import Queries
from cvdesk.exchange.answer_values import Answer, AnswerReader
from cvdesk.exchange.blocks import Blocks
from cvdesk.exchange.names_more import Asked
from cvdesk.exchange.own_columns import OwnColumn
from cvdesk.exchange.plan import Plan
from cvdesk.exchange.ratings import Scale
from cvdesk.exchange.worded_scales import WordedScale
from cvdesk.wording import _, ngettext

_KNOWN = """
SELECT questions.key, questions.kind, version.wording, version.id FROM questions
JOIN question_versions AS version ON version.question_id = questions.id
WHERE questions.own = 1 AND questions.factor_id IS NULL ORDER BY version.series
"""
_KEYS = "SELECT key FROM questions"
_LAST = "SELECT COALESCE(max(place), 0) FROM questions"
_QUESTION = ("key", "kind", "place", "own", "active")
_VERSION = ("question_id", "series", "language", "wording", "anchors")
_LONGEST_KEY = 40
EASE_7 = "ease_7"


class OwnQuestions:
    """Finds a list's own questions among those of before, or makes them; reads the answers row by row.

    They are kept with their answers, but no form of ours asks them until the owner says so.
    """

    def __init__(self, db: Queries, columns: Sequence[OwnColumn], blocks: Blocks, decimal: str) -> None:
        self._language = catalogue.business(db).language.split("_")[0]
        self._place = int(db.value(_LAST)) if columns else 0
        self._keys = {row["key"] for row in db.rows(_KEYS)} if columns else set()
        self._made: tuple[list[tuple[Any, ...]], list[tuple[Any, ...]]] = ([], [])
        rows = db.rows(_KNOWN) if columns else []
        known = {(row["kind"], row["wording"]): row["id"] for row in rows}
        keys = {row["key"]: row["id"] for row in rows}
        self._columns = []
        for column in columns:
            before = keys.get(column.key) if column.key else known.get((column.kind, column.name))
            version = before or self._make(column, blocks)
            asked = Asked("", version, column.kind, True, column.anchors, (column.name,), own=True)
            worded = WordedScale(column.words, None, {}) if column.words else None
            self._columns.append((column, version, AnswerReader(asked, column.scale, decimal, worded)))

    def answers(self, row: Sequence[str]) -> tuple[dict[int, Answer], list[str]]:
        """(question version -> answer, names of questions whose cell means nothing)."""
        given: dict[int, Answer] = {}
        strange = []
        for column, version, reader in self._columns:
            # What could be ticked stands in a column each.
            cell = "; ".join(row[place].strip() for place in column.places if row[place].strip())
            try:
                answer = reader.read(cell)
            except ValueError:
                strange.append(column.name)
                continue
            if answer is not None:
                given[version] = answer
        return given, strange

    def staged(self) -> dict[str, tuple[tuple[str, ...], list[tuple[Any, ...]]]]:
        """The questions that are new."""
        return {"questions": (_QUESTION, self._made[0]), "question_versions": (_VERSION, self._made[1])}

    def _make(self, column: OwnColumn, blocks: Blocks) -> int:
        question, version = blocks.next("questions"), blocks.next("question_versions")
        self._place += 1
        anchors = json.dumps(dict(column.anchors), ensure_ascii=False)
        self._made[0].append((question, column.key or self._key(column.name), column.kind, self._place, 1, 0))
        self._made[1].append((version, question, 1, self._language, column.name, anchors))
        return version

    def _key(self, name: str) -> str:
        bare = f"own_{key_of(name)[:_LONGEST_KEY].strip('-').replace('-', '_')}"
        key, number = bare, 1
        while key in self._keys:
            number += 1
            key = f"{bare}_{number}"
        self._keys.add(key)
        return key


def sevens_apart(planned: Plan) -> Plan:
    """Ease asked on 1-7 is a question of its own: it is never mixed with answers on 1-5 (METHOD 2)."""
    if planned.scales.get("ease") != Scale(1, 7):
        return planned
    mapping = {key: places for key, places in planned.mapping.items() if key != "ease"}
    place = planned.mapping["ease"]
    apart = OwnColumn(planned.table.header[place[0]], "scale5", place, scale=Scale(1, 7), key=EASE_7)
    return replace(planned, mapping=mapping, own=(*planned.own, apart))


def survey_notes(planned: Plan) -> list[str]:
    """What a person should check of a survey's columns: scales in words, and what became questions of the owner's."""
    notes = []
    for key, scale in planned.worded.items():
        column = planned.table.header[planned.mapping[key][0]]
        ends = " … ".join(f"{value:g} {scale.names[value]}" for value in sorted(scale.names)[:: len(scale.names) - 1])
        notes.append(_read_as([column], ends))
    if planned.own:
        count = len(planned.own)
        notes.append(ngettext(
            "{count} question comes in as your own. It is kept with its answers; your forms do not ask it.",
            "{count} questions come in as your own. They are kept with their answers; your forms do not ask them.",
            count,
        ).format(count=count))  # fmt: skip
        by_scale: dict[str, list[str]] = {}
        for one in planned.own:
            if one.scale_name:
                by_scale.setdefault(one.scale_name, []).append(one.name)
        notes += [_read_as(names, scale) for scale, names in by_scale.items()]
    if planned.day is not None:
        notes.append(_("All answers are dated {day}.").format(day=planned.day.isoformat()))
    return notes


def _read_as(columns: Sequence[str], scale: str) -> str:
    more = len(columns) - 1
    if not more:
        return _("“{column}” is read as {scale}.").format(column=columns[0], scale=scale)
    return ngettext(
        "“{column}” and {count} more are read as {scale}.", "“{column}” and {count} more are read as {scale}.", more
    ).format(column=columns[0], count=more, scale=scale)
