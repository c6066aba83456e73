"""A first look at a list for the person who imports it: what it probably is, and how it would come in."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from cvdesk.catalogue import store as catalogue
from cvdesk.db import BusinessFile, Queries
from cvdesk.errors import UserError
from cvdesk.exchange import names
from cvdesk.exchange.formats import TEXT, format_of
from cvdesk.exchange.names_more import Asked, asked, recognise_questions
from cvdesk.exchange.plan import Column, MissingColumnError, Options, Plan
from cvdesk.exchange.read import Table, open_table
from cvdesk.exchange.remember import Remembered, looks_of, recall
from cvdesk.exchange.run import Cancelled, Outcome, Progress, plan, run_import
from cvdesk.exchange.worded_scales import plain_words

# Files larger than this are shown from their beginning first, while the rest is read.
LARGE_FILE = 4_000_000
_HEAD = 400_000
_BLANK = re.compile(r"\{[a-z_]+\}")
# Columns that only survey services write, as `plain_words` gives them.
_OF_SURVEYS = frozenset({
    "respondent id", "respondentid", "collector id", "response id", "network id", "submit date utc", "start language",
})  # fmt: skip
_ASKS = re.compile(r"[?\]]\s*$")
_MANY_QUESTIONS = 4
_ABOUT_PEOPLE = frozenset(
    {"organisation", "birthday", "address", "city", "country", "segment", "since", "tags", "notes"}
)
_ABOUT_FEEDBACK = frozenset({"date", "rating", "text", "channel", "offering", "kind", "theme"})
_ABOUT_COMPLAINTS = frozenset({"closed", "status", "resolution", "severity"})


@dataclass(frozen=True, slots=True)
class Look:
    """How a file would come in. Without `plan`, one of the fields `missing` has to be given a column first.

    `partial`: only the beginning was read, so neither counts nor what was detected are final. `options`: what was
    overruled. `looks`: by what the next list like it is known. `remembered`: how the last one like it came in, where
    that was taken over. `questions`: question key -> what it asks.
    """

    kind: str
    table: Table
    columns: tuple[Column, ...]
    mapping: dict[str, tuple[int, ...]]
    plan: Plan | None
    missing: tuple[str, ...] = ()
    partial: bool = False
    options: Options = field(default_factory=Options)
    looks: str = ""
    remembered: Remembered | None = None
    questions: Mapping[str, str] = field(default_factory=dict)


def guess_kind(header: Sequence[str], questions: int = 0) -> str:
    """What a list is, told from the columns' names. `questions`: how many columns are questions of ours."""
    about = {kind: names.recognise(kind, header).keys() for kind in names.KINDS}
    said = about["feedback"] & _ABOUT_FEEDBACK
    if len(about["complaints"] & _ABOUT_COMPLAINTS) >= 2 or any("complain" in name.lower() for name in header):
        return "complaints"
    if questions >= 2 or _of_survey(header):
        return "answers"
    if {"amount", "date"} <= about["purchases"] and not {"rating", "text"} & said:
        return "purchases"
    if "rating" in said and "date" in said:
        return "feedback"
    people = len(about["customers"] & _ABOUT_PEOPLE) + bool(about["customers"] & {"email", "phone"})
    return "customers" if "date" not in said or people > len(said) else "feedback"


def _of_survey(header: Sequence[str]) -> bool:
    """Whether a survey service wrote this list: it says so, or after a time come questions one after the other."""
    plain = [plain_words(name) for name in header]
    return bool(_OF_SURVEYS.intersection(plain)) or (
        plain[:1] == ["timestamp"] and sum(bool(_ASKS.search(name)) for name in header) >= _MANY_QUESTIONS
    )


def look(
    path: Path, kind: str, options: Options, db: Queries, today: date, header: Sequence[str] | None = None
) -> Look:
    """Looks a whole file through; an empty `kind` is guessed from the `header`. UserError where it is no list."""
    questions = asked(db)
    if not kind:
        header = header or _opened(path, options).header
        kind = guess_kind(header, len(recognise_questions(questions, header, {})))
    shown = _titles(questions, catalogue.business(db).name) if kind == "answers" else {}
    try:
        found = plan(path, kind, options, db, today)
    except MissingColumnError as lacking:
        return Look(
            kind, lacking.table, lacking.columns, lacking.mapping, None, lacking.fields, options=options,
            questions=shown,
        )  # fmt: skip
    return Look(kind, found.table, found.columns, found.mapping, found, options=options, questions=shown)


def first_look(
    path: Path, kind: str, options: Options, db: Queries, today: date, header: Sequence[str] | None = None
) -> Look:
    """The same from the beginning of a large text, which is quick however large it is. UserError as `look`."""
    if not path.is_file() or path.stat().st_size <= LARGE_FILE or format_of(path) != TEXT:
        return look(path, kind, options, db, today, header)
    with tempfile.TemporaryDirectory(prefix="cvdesk-") as folder:
        beginning = Path(folder) / path.name
        beginning.write_bytes(_beginning(path))
        try:
            seen = look(beginning, kind, options, db, today, header)
        except UserError:
            # What is wrong may only be where the copy ends; the whole file says what is really the matter.
            return look(path, kind, options, db, today, header)
        return replace(seen, partial=True)


def fresh_look(path: Path, db: Queries, today: date, recalling: bool = True) -> Look:
    """The first look at a file nobody has chosen anything for. UserError as `look`.

    `recalling`: as the last list like it. What was chosen then may not do for this file any more; it is then read as
    any other.
    """
    table = _opened(path, Options())
    looks = looks_of(table.header) if table.has_header else ""
    last = recall(db, looks) if recalling else None
    if last is not None:
        try:
            seen = first_look(path, last.kind, last.options, db, today)
        except UserError:
            last = None
        else:
            return replace(seen, looks=looks, remembered=last)
    return replace(first_look(path, "", Options(), db, today, table.header), looks=looks)


def count(file: BusinessFile, planned: Plan, today: date, progress: Progress, stopped: Callable[[], bool]) -> Outcome:
    """What an import would do, row by row, without doing it. Raises Cancelled."""
    if stopped():
        raise Cancelled
    return run_import(file, planned, today, progress, stopped, dry_run=True)


def _titles(questions: Mapping[str, Asked], business: str) -> dict[str, str]:
    """Question key -> its short name, or its wording with the blanks filled as far as they are known here."""
    named = {key: question.names[1] if len(question.names) > 1 else key for key, question in questions.items()}
    return {key: _BLANK.sub("…", name.replace("{business}", business)) for key, name in named.items()}


def _opened(path: Path, options: Options) -> Table:
    def known(cells: Sequence[str]) -> int:
        return max(names.count_known(kind, cells) for kind in names.KINDS)

    return open_table(
        path, known, options.encoding, options.separator, options.with_header, options.sheet, options.header_rows
    )


def _beginning(path: Path) -> bytes:
    """Whole lines from the top of a file; a multiple of four bytes where its letters have two or four."""
    with path.open("rb") as handle:
        head = handle.read(_HEAD)
    if b"\0" in head[:400]:
        return head[: len(head) // 4 * 4]
    end = max(head.rfind(b"\n"), head.rfind(b"\r"))
    return head[: end + 1] if end > 0 else head
