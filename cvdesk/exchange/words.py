"""What an import did, for people and for programs."""

from __future__ import annotations

from typing import Any

from cvdesk.exchange.plan import Plan
from cvdesk.exchange.run import Outcome
from cvdesk.wording import _

_SEPARATORS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "pipe"}


def in_words(plan: Plan, outcome: Outcome, dry_run: bool) -> str:
    """A few lines."""
    lines = [
        _("Nothing was brought in: this was a trial.") if dry_run else "",
        _("Read {read} rows: {added} added, {updated} updated, {skipped} already there, {rejected} rejected.").format(
            read=outcome.read,
            added=outcome.added,
            updated=outcome.updated,
            skipped=outcome.skipped,
            rejected=outcome.rejected,
        ),
        _("Customers made on the way: {count}.").format(count=outcome.customers_made) if outcome.customers_made else "",
        _("Columns: {columns}.").format(
            columns=", ".join(f"{field} = {' + '.join(names)}" for field, names in plan.used.items())
        ),
        _("Not used: {columns}.").format(columns=", ".join(plan.unused)) if plan.unused else "",
        *outcome.notes,
        _("Use --date-order to change how the dates are read.") if plan.date_order and not plan.date_order.sure else "",
        _("The rejected rows, with reasons: {path}").format(path=outcome.rejected_file)
        if outcome.rejected_file
        else "",
    ]
    return "\n".join(line for line in lines if line)


def as_json(plan: Plan, outcome: Outcome, dry_run: bool) -> dict[str, Any]:
    """The same as one object; ids as text."""
    order = plan.date_order
    return {
        "read": outcome.read, "added": outcome.added, "updated": outcome.updated, "skipped": outcome.skipped,
        "rejected": outcome.rejected, "customers_made": outcome.customers_made, "themes_made": outcome.themes_made,
        "unrated": outcome.unrated, "dry_run": dry_run,
        "import": None if outcome.import_id is None else str(outcome.import_id),
        "format": plan.table.format, "encoding": plan.table.source.encoding,
        "separator": _SEPARATORS.get(plan.table.separator, plan.table.separator),
        "sheet": plan.table.sheet or None, "sheets": list(plan.table.sheets), "header_rows": plan.table.header_rows,
        "decimal": plan.decimal or None,
        "date_order": None if order is None else order.name,
        "date_order_sure": order is None or order.sure,
        "scale": plan.scale.name if "rating" in plan.mapping else None,
        "rating_words": dict(plan.rating_words), "off_scale": plan.off_scale,
        "own_questions": [
            {"question": one.name, "kind": one.kind, "scale": one.scale_name or None} for one in plan.own
        ],
        "scales": {key: scale.name for key, scale in plan.scales.items() if key not in plan.worded}
        | {key: {f"{value:g}": cell for value, cell in sorted(one.names.items())} for key, one in plan.worded.items()},
        "mapping": plan.used, "unused": list(plan.unused), "notes": list(outcome.notes),
        "rejected_file": None if outcome.rejected_file is None else str(outcome.rejected_file),
    }  # fmt: skip
