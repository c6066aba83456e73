"""An import from beginning to end: planned, staged in a passing file, copied in at one stroke."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from cvdesk.db import BusinessFile, Operation, Queries
from cvdesk.db.staging import Staging
from cvdesk.errors import UserError
from cvdesk.exchange.blocks import Blocks
from cvdesk.exchange.cells import RejectedRow
from cvdesk.exchange.intake import Intake, Tally, shares
from cvdesk.exchange.intake_answers import AnswersIntake, scales_of
from cvdesk.exchange.intake_complaints import ComplaintIntake
from cvdesk.exchange.intake_customers import CustomerIntake
from cvdesk.exchange.intake_feedback import FeedbackIntake
from cvdesk.exchange.intake_purchases import PurchaseIntake
from cvdesk.exchange.own_questions import sevens_apart
from cvdesk.exchange.plan import Options, Plan, read_plan
from cvdesk.exchange.ratings import given_scale
from cvdesk.exchange.read import blank, cut_off, fitted, reading, wrong_width
from cvdesk.exchange.rejected import RejectedRows
from cvdesk.wording import _, ngettext

_INTAKES: dict[str, type[Intake]] = {
    "customers": CustomerIntake, "feedback": FeedbackIntake, "complaints": ComplaintIntake,
    "purchases": PurchaseIntake, "answers": AnswersIntake,
}  # fmt: skip
_BEFORE_THIS = "SELECT COALESCE(max(id), 0) FROM operations WHERE id <> ?"
_TRIES = 3
_PREVIEWED = 20
_STEP = 2_000
_SHOWN_REASONS = 100
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an import did: read = added + updated + skipped + rejected. `unrated`: entries without a rating, by why.

    `left_out`: the first of the rejected rows, each as (reason, row).
    """

    kind: str
    read: int
    added: int
    updated: int
    skipped: int
    rejected: int
    customers_made: int
    themes_made: int
    unrated: dict[str, int]
    notes: tuple[str, ...]
    rejected_file: Path | None = None
    import_id: int | None = None
    operation_id: int = 0
    left_out: tuple[tuple[str, tuple[str, ...]], ...] = ()


class Cancelled(Exception):  # noqa: N818  (the person's wish, no error)
    """The person stopped the import; nothing was changed."""


class KeptChangingError(UserError):
    """Others wrote to the file while the import ran, again and again; nothing was brought in."""


class _Meanwhile(Exception):  # noqa: N818  (only says: look again)
    """Something else was written between looking and copying."""


def plan(path: Path, kind: str, options: Options, db: Queries, today: date) -> Plan:
    """Looks a file through and shows the first rows as they would come in. UserError where it cannot be imported."""
    found = read_plan(path, kind, options, db)
    if kind == "answers":
        scales = scales_of(db, found, given_scale(options.scale) if options.scale else None)
        found = sevens_apart(replace(found, scales=scales))
    return replace(found, preview=_preview(db, found, today))


def run_import(
    file: BusinessFile,
    planned: Plan,
    today: date,
    progress: Progress = lambda _done, _all: None,
    cancelled: Callable[[], bool] = lambda: False,
    dry_run: bool = False,
    remember: Mapping[str, Any] | None = None,
    who: str = "",
) -> Outcome:
    """Brings the rows in, all or nothing. `progress(rows done, rows)`. Raises Cancelled, UserError.

    `remember` is kept with the import, for the next list that looks like this one. `who` is at the desk.
    """
    for _attempt in range(_TRIES):
        try:
            return _once(file, planned, today, progress, cancelled, dry_run, remember or {}, who)
        except _Meanwhile:
            continue
    raise KeptChangingError(
        _("The business file kept changing while the import ran, so nothing was brought in."),
        _("Wait until other work is saved, and import again."),
    )


def _once(
    file: BusinessFile,
    planned: Plan,
    today: date,
    progress: Progress,
    cancelled: Callable[[], bool],
    dry_run: bool,
    remember: Mapping[str, Any],
    who: str,
) -> Outcome:
    seen = file.newest_operation()
    stretches = shares(planned.rows)
    first = 1 << 62 if dry_run else file.reserve_ids(Blocks.size(stretches))
    reject = RejectedRows(planned.table.path, file.path.parent, planned.table.header)
    with tempfile.TemporaryDirectory(prefix="cvdesk-") as folder:
        staging = Staging(Path(folder) / "incoming.sqlite")
        try:
            intake = _INTAKES[planned.kind](file, planned, Blocks(first, stretches), staging, today)
            left_out: list[tuple[str, tuple[str, ...]]] = []
            for reason, row in _take_all(intake, progress, cancelled):
                if len(left_out) < _SHOWN_REASONS:
                    left_out.append((reason, tuple(row)))
                if not dry_run:
                    reject.add(reason, row)
            staged = intake.lists_and_people()
            for table, (columns, rows) in staged.items():
                if rows:
                    staging.table(table, columns)
                    staging.add(table, rows)
            intake.finish()
            tables = [name for name in (*staged, *staging.tables) if name in staging.tables]
            staging.close()
            outcome = replace(_outcome(intake), left_out=tuple(left_out))
            if dry_run:
                return outcome
            if cancelled():  # so far nothing has been written
                raise Cancelled
            reject.finish()
            work = _Copy(intake, outcome, list(dict.fromkeys(tables)), seen, remember)
            done = file.run(_label(planned), work, who, attach={"incoming": staging.path})
            return replace(outcome, import_id=done.result, operation_id=done.operation_id, rejected_file=reject.keep())
        finally:
            staging.close()
            reject.drop()


def _take_all(intake: Intake, progress: Progress, cancelled: Callable[[], bool]) -> Iterator[tuple[str, list[str]]]:
    """Takes every row in; gives those that are rejected, with the reason."""
    table, tally, rows = intake.plan.table, intake.tally, intake.plan.rows
    width, take = table.width, intake.take
    counts = {"added": 0, "updated": 0, "skipped": 0}
    with reading(table) as found:
        for row in found:
            if (not row or not row[0] or row[0].isspace()) and blank(row):
                continue
            tally.read += 1
            if tally.read % _STEP == 0:
                if cancelled():
                    raise Cancelled
                progress(tally.read, rows)
            whole: list[str] | None = row
            reason = ""
            if len(row) != width:
                whole = fitted(table, row)
                reason = "" if whole else wrong_width(table, row)
            if tally.read == rows and cut_off(table, row):
                reason = _("the file ends in the middle of this row")
            if whole and not reason:
                whole.append("")  # for the fields no column fills
                try:
                    counts[take(whole)] += 1
                except RejectedRow as why:
                    reason = str(why)
                finally:
                    whole.pop()
            if reason:
                tally.rejected += 1
                yield reason, row
    tally.added, tally.updated, tally.skipped = counts["added"], counts["updated"], counts["skipped"]
    progress(tally.read, rows)


def _preview(db: Queries, planned: Plan, today: date) -> tuple[dict[str, str], ...]:
    shown: list[dict[str, str]] = []
    with tempfile.TemporaryDirectory(prefix="cvdesk-") as folder, Staging(Path(folder) / "preview.sqlite") as staging:
        blocks = Blocks(1 << 62, shares(_PREVIEWED))
        intake = _INTAKES[planned.kind](db, planned, blocks, staging, today)
        with reading(planned.table) as found:
            for row in found:
                if blank(row):
                    continue
                shown.append(_shown(intake, row))
                if len(shown) == _PREVIEWED:
                    break
    return tuple(shown)


def _shown(intake: Intake, row: list[str]) -> dict[str, str]:
    table, cells = intake.plan.table, intake.cells
    whole = row if len(row) == table.width else fitted(table, row)
    if whole is None:
        return {"rejected": wrong_width(table, row)}
    shown = {name: ", ".join(cells.texts(whole, name)) for name in intake.plan.mapping}
    try:
        for name in {"date", "closed", "since", "birthday", "may_write_on"} & shown.keys():
            shown[name] = " ".join(part for part in cells.day(whole, name) if part)
        rating = cells.rating(whole)[0]
        if rating is not None:
            shown["rating"] = f"{rating:.4g}"
        intake.take([*whole, ""])
    except RejectedRow as why:
        shown["rejected"] = str(why)
    return shown


class _Copy:
    """The work of the one transaction: checks that nothing changed meanwhile, then copies table by table."""

    def __init__(
        self, intake: Intake, outcome: Outcome, tables: list[str], seen: int, remember: Mapping[str, Any]
    ) -> None:
        self._intake = intake
        self._outcome = outcome
        self._tables = tables
        self._seen = seen
        self._remember = remember

    def __call__(self, op: Operation) -> int:
        """The id of the import."""
        if op.value(_BEFORE_THIS, (op.id,)) != self._seen:
            raise _Meanwhile
        for table in self._tables:
            op.copy_in(table, "incoming")
        for customer, values in self._intake.crowd.changed.items():
            op.update("customers", customer, values)
        for table, row_id, values in self._intake.updates:
            op.update(table, row_id, values)
        for event in self._intake.events:
            op.insert("complaint_events", event)
        planned, outcome = self._intake.plan, self._outcome
        return op.insert("imports", {
            "operation_id": op.id, "source": planned.table.path.name, "kind": outcome.kind,
            "shape": _shape(planned, self._remember),
            "mapping": json.dumps(planned.used, ensure_ascii=False), "read_rows": outcome.read, "added": outcome.added,
            "updated": outcome.updated, "skipped": outcome.skipped, "rejected": outcome.rejected,
            "customers_made": outcome.customers_made,
        })  # fmt: skip


def _shape(planned: Plan, remember: Mapping[str, Any]) -> str:
    order = planned.date_order
    shape: dict[str, Any] = {
        "encoding": planned.table.source.encoding, "separator": planned.table.separator,
        "date_order": order.name if order else None, "scale": planned.scale.name, **remember,
    }  # fmt: skip
    return json.dumps(shape, ensure_ascii=False)


def _label(planned: Plan) -> str:
    return _("Import of {name}").format(name=planned.table.path.name)


def _outcome(intake: Intake) -> Outcome:
    tally, kind = intake.tally, intake.plan.kind
    unrated = {"out_of_range": tally.out_of_range, "unreadable": tally.unreadable, "blank": tally.blank}
    made = 0 if kind == "customers" else len(intake.crowd.made)
    return Outcome(
        kind, tally.read, tally.added, tally.updated, tally.skipped, tally.rejected, made, len(intake.themes.made),
        unrated if "rating" in intake.plan.mapping else {}, (*intake.plan.notes, *_noticed(intake, tally)),
    )  # fmt: skip


def _noticed(intake: Intake, tally: Tally) -> list[str]:
    notes = []
    if tally.out_of_range or tally.unreadable:
        strange = tally.out_of_range + tally.unreadable
        notes.append(ngettext(
            "{count} rating does not fit the scale {scale}: it is kept as received and not counted.",
            "{count} ratings do not fit the scale {scale}: they are kept as received and not counted.", strange,
        ).format(count=strange, scale=intake.plan.scale.name))  # fmt: skip
    if tally.blank:
        notes.append(ngettext(
            "{count} row has no rating.", "{count} rows have no rating.", tally.blank
        ).format(count=tally.blank))  # fmt: skip
    if intake.themes.made:
        listed = ", ".join(row[2] for row in intake.themes.made[:5]) + ("…" if len(intake.themes.made) > 5 else "")
        notes.append(ngettext(
            "{count} new theme comes with the column of categories ({names}); check what it is about under Themes.",
            "{count} new themes come with the column of categories ({names}); check what each is about under Themes.",
            len(intake.themes.made),
        ).format(count=len(intake.themes.made), names=listed))  # fmt: skip
    if intake.crowd.duplicates:
        count = len({new for new, _other in intake.crowd.duplicates})
        notes.append(ngettext(
            "{count} new customer may already be there under the same name; see the proposed duplicates.",
            "{count} new customers may already be there under the same name; see the proposed duplicates.", count,
        ).format(count=count))  # fmt: skip
    for name, count in tally.unknown_words.items():
        notes.append(ngettext(
            "{count} value of {field} was not understood and left out.",
            "{count} values of {field} were not understood and left out.", count,
        ).format(count=count, field=name.replace("_", " ")))  # fmt: skip
    return [*notes, *intake.notes()]
