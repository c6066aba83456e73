"""Rows that become filled-in score sheets, one a row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import islice

from cvdesk.catalogue import store as catalogue
from cvdesk.db import Queries
from cvdesk.db.staging import Staging
from cvdesk.exchange.already import own_id
from cvdesk.exchange.answer_values import Answer, AnswerReader, find_scales
from cvdesk.exchange.blocks import Blocks
from cvdesk.exchange.cells import RejectedRow
from cvdesk.exchange.former import Former
from cvdesk.exchange.intake import MOST_ANSWERS, Intake, Memo, Staged, clock_of
from cvdesk.exchange.names_more import asked
from cvdesk.exchange.own_questions import OwnQuestions, survey_notes
from cvdesk.exchange.plan import Plan
from cvdesk.exchange.ratings import Scale
from cvdesk.exchange.read import reading
from cvdesk.wording import _

_SHEET = (
    "kind", "form", "state", "date", "time", "customer_id", "channel_id", "offering_id", "segment_id", "source_id",
)  # fmt: skip
_ANSWER = ("assessment_id", "question_version_id", "state", "value", "text")
_IDS = "SELECT id, source_id FROM assessments WHERE source_id IS NOT NULL"
_OURS = "kind = 'customer' AND competitor_id IS NULL"
_ONE = f"SELECT id, date, customer_id FROM assessments WHERE id = ? AND {_OURS}"
_OF_DAY = f"SELECT id, source_id FROM assessments WHERE customer_id IS ? AND date = ? AND {_OURS} ORDER BY id"
_ANSWERS = "SELECT question_version_id, state, value, text FROM answers WHERE assessment_id = ?"
_MOST_DIFFERENT = 500
_CHUNK = 10_000
_Given = Mapping[int, tuple[str, float | None, str]]


def scales_of(db: Queries, planned: Plan, given: Scale | None) -> dict[str, Scale]:
    """Question key -> the scale of its column, from the whole file; the one a person named where there is one."""
    questions = asked(db)
    places = {key: planned.mapping[key][0] for key in planned.mapping if key in questions}
    counts: dict[str, Counter[str]] = {key: Counter() for key in places if questions[key].kind != "text"}
    with reading(planned.table) as found:
        while chunk := list(islice(found, _CHUNK)):
            for key, count in counts.items():
                if len(count) <= _MOST_DIFFERENT:
                    count.update(row[places[key]].strip() for row in chunk if len(row) == planned.table.width)
    header = planned.table.header
    scales = find_scales(questions, {key: (header[places[key]], count) for key, count in counts.items()})
    if given is not None:
        scales |= {key: given for key in scales if questions[key].kind == "scale5"}
    return scales


class AnswersIntake(Intake):
    """Rows that become score sheets of customers, or of people without a name, each a person of their own."""

    def __init__(self, db: Queries, plan: Plan, blocks: Blocks, staging: Staging, today: date) -> None:
        super().__init__(db, plan, blocks, staging, today)
        questions = asked(db)
        self._asked = [
            (key, plan.mapping[key][0], questions[key].version_id, self._reader(AnswerReader(
                questions[key], plan.scales.get(key), plan.decimal, plan.worded.get(key))))
            for key in plan.mapping if key in questions
        ][:MOST_ANSWERS]  # fmt: skip
        self._own = OwnQuestions(db, plan.own[: MOST_ANSWERS - len(self._asked)], blocks, plan.decimal)
        self._already = AlreadyAnswered(db, self.former)
        self._kept = _told_apart(plan.table.header) if self._literal else ()
        self._form = _form(db, {key for key, _place, _version, _read in self._asked})
        cells = self.cells
        all_on = None if plan.day is None else plan.day.isoformat()
        self._day = self.memo("date", lambda row: cells.day(row, "date") if all_on is None else (all_on, None))
        self._channel = self.named("channel", self.channels)
        self._offering = self.named("offering", self.offerings)

    @staticmethod
    def _reader(reader: AnswerReader) -> Memo[Answer | ValueError | None]:
        def read(cell: str) -> Answer | ValueError | None:
            try:
                return reader.read(cell)
            except ValueError as error:
                return error

        return Memo(read)

    def take(self, row: list[str]) -> str:
        """Takes one row in."""
        cells = self.cells
        if any(row[place] not in wanted for place, wanted in self._kept):
            raise RejectedRow(
                _("a guess, a sheet about a competitor or an unfinished one; only customers' answers come in")
            )
        day, time = self._day[row[self.place("date")]]
        if day is None:
            raise RejectedRow(_("the date is missing"))
        if time is None:
            time = clock_of(cells.text(row, "time"))
        given, strange = self._answers(row)
        if not given:
            raise RejectedRow(_("no question is answered"))
        customer, others, person = self._customers(row)
        source_id = cells.text(row, "id")
        if self._already.there(source_id, others if person is not None else [customer], day, given):
            return "skipped"
        if person is not None:
            customer = self._make(row, person, others)
        for key in strange:
            self.tally.wondered(key)
        sheet = self._blocks.next("assessments")
        segment = self.crowd.known.segments.get(customer) if customer is not None else None
        self._stage("assessments", _SHEET, (
            sheet, "customer", self._form, "done", day, time, customer, self._channel[row[self.place("channel")]],
            self._offering[row[self.place("offering")]], segment, source_id or None,
        ))  # fmt: skip
        for version, (state, value, text) in given.items():
            self._stage("answers", _ANSWER, (self._blocks.next("answers"), sheet, version, state, value, text))
        return "added"

    def lists_and_people(self) -> Staged:
        """The list's own questions come before the answers to them."""
        return {**self._own.staged(), **super().lists_and_people()}

    def notes(self) -> list[str]:
        """What was found of the questions, for a person to check."""
        return survey_notes(self.plan)

    def _answers(self, row: list[str]) -> tuple[dict[int, Answer], list[str]]:
        """(question version -> answer, keys of questions whose cell means nothing)."""
        given: dict[int, Answer] = {}
        strange = []
        for key, place, version, read in self._asked:
            answer = read[row[place]]
            if isinstance(answer, ValueError):
                strange.append(key)
            elif answer is not None:
                given[version] = answer
        own, odd = self._own.answers(row)
        return given | own, strange + odd


def _told_apart(header: Sequence[str]) -> tuple[tuple[int, frozenset[str]], ...]:
    """Of an export of ours: the columns that say what a sheet is, with what they hold on one a customer filled in."""
    wanted = {"Kind": {"customer"}, "State": {"done"}, "Competitor": {""}}
    names = [{"kind": "Kind", "state": "State", "competitor": "Competitor"}.get(name, name) for name in header]
    return tuple((names.index(name), frozenset(fits)) for name, fits in wanted.items() if name in names)


def _form(db: Queries, keys: set[str]) -> str:
    """Which of the forms asks these questions."""
    factors = catalogue.factors(db)
    if factors and all(factor.key in keys for factor in factors):
        return "full"
    core = [factor.key for factor in factors if factor.core]
    others = {factor.key for factor in factors} - set(core)
    return "short" if core and keys.issuperset(core) and not keys & others else "own"


class AlreadyAnswered:
    """Asks whether a sheet is there: by the source's id, else by customer, day and answers. Each counts for one row."""

    def __init__(self, db: Queries, former: Former) -> None:
        self._db = db
        self._empty = db.value("SELECT 1 FROM assessments LIMIT 1") is None
        self._former = former
        self._ids: dict[str, list[int]] | None = None
        self._here: set[int] = set()
        self._days: dict[tuple[int | None, str], list[tuple[int, bool, _Given]]] = {}

    def there(self, source_id: str, customers: Sequence[int | None], day: str, given: Mapping[int, Answer]) -> bool:
        """Whether it is in the file or was in this list before."""
        if source_id:
            if not self._empty and self._by_id(source_id, customers, day):
                return True
            mark = hash((source_id, day))
            if mark in self._here:
                return True
            self._here.add(mark)
        return not self._empty and any(self._on_day(customer, day, given, bool(source_id)) for customer in customers)

    def _by_id(self, source_id: str, customers: Sequence[int | None], day: str) -> bool:
        """The sheet with that id, of the same day or customer: an id alone may be another list's."""
        if self._ids is None:
            self._ids = {}
            for row_id, known in self._db.each(_IDS):
                self._ids.setdefault(known, []).append(row_id)
        own = own_id(source_id)
        for row_id in (*self._ids.get(source_id, ()), *(() if own is None else (own,))):
            row = self._db.row(_ONE, (row_id,))
            if row is not None and (
                row["date"] == day or (row["customer_id"] is not None and row["customer_id"] in customers)
            ):
                return True
        return False

    def _on_day(self, customer: int | None, day: str, given: Mapping[int, Answer], with_id: bool) -> bool:
        left = self._days.get((customer, day))
        if left is None:
            left = [
                (row["id"], row["source_id"] is not None, self._sheet(row["id"]))
                for row in self._db.rows(_OF_DAY, (customer, day))
            ]
            if left:
                self._days[customer, day] = left
        usable = [sheet for sheet in left if not (with_id and sheet[1])]
        found = next((sheet for sheet in usable if sheet[2] == given), None)
        if found is None:
            edited = (sheet for sheet in usable if sheet[0] in self._former.sheets)
            found = next((sheet for sheet in edited if _mostly(sheet[2], given)), None)
        if found is None:
            return False
        left.remove(found)
        return True

    def _sheet(self, row_id: int) -> _Given:
        return {row[0]: Answer(row[1], row[2], row[3]) for row in self._db.rows(_ANSWERS, (row_id,))}


def _mostly(kept: _Given, given: Mapping[int, Answer]) -> bool:
    """Whether a sheet somebody edited still agrees in half of its answers."""
    return 2 * sum(kept.get(version) == answer for version, answer in given.items()) >= len(given)
