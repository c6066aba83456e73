"""What a person should know about how a file is read, before anything is brought in."""

from __future__ import annotations

from collections.abc import Sequence

from cvdesk.exchange.alike_questions import Alike
from cvdesk.exchange.dates import Order
from cvdesk.exchange.read import Table
from cvdesk.wording import _, ngettext

_LISTED = 5


def notes_on(table: Table, order: Order | None, given: str, country: str) -> list[str]:
    """One sentence for each thing that may not be what was meant. `given`: the order of dates somebody chose."""
    said = _on_sheets(table)
    if order is not None and not order.sure and not given:
        said.append(
            _("The dates can be read both ways; they are taken as {order}, as is usual in {country}.").format(
                order=order.name, country=country
            )
        )
    if table.preamble:
        said.append(_("{count} lines above the column names were passed over.").format(count=table.preamble))
    if not table.has_header:
        said.append(_("No column names were found; the columns are called by their numbers."))
    elif table.header_rows > 1:
        said.append(_("The column names are made of {count} rows.").format(count=table.header_rows))
    if lost := table.source.unreadable:
        said.append(ngettext(
            "{count} letter is not valid in this encoding and shows as “�”.",
            "{count} letters are not valid in this encoding and show as “�”.", lost,
        ).format(count=lost))  # fmt: skip
    return said


def alike_notes(header: Sequence[str], same: Alike) -> list[str]:
    """Which columns were taken for questions of ours though they ask in other words, and which may be."""
    said = [
        _("“{column}” was taken for {question} by its words.").format(column=header[places[0]], question=key)
        for key, places in same.mapping.items()
    ]
    together: dict[tuple[str, ...], list[str]] = {}
    for column, keys in same.maybe.items():
        together.setdefault(keys, []).append(column)
    for keys, columns in together.items():
        listed = "; ".join(f"“{column}”" for column in columns[:_LISTED])
        said.append(
            _("May ask about {questions}: {columns}. If so, choose it, as by --map {key}=Column.").format(
                questions=", ".join(keys), columns=listed, key=keys[0]
            )
        )
    return said


def _on_sheets(table: Table) -> list[str]:
    others = [name for name in table.sheets if name != table.sheet]
    if not others:
        return []
    listed = ", ".join(
        _("{sheet} (hidden)").format(sheet=name) if name in table.hidden else name for name in others[:_LISTED]
    )
    if len(others) > _LISTED:
        more = len(others) - _LISTED
        listed = ngettext("{sheets} and {count} more", "{sheets} and {count} more", more).format(
            sheets=listed, count=more
        )
    said = [_("The sheet “{sheet}” is read. Other sheets, not read: {others}.").format(
        sheet=table.sheet, others=listed
    )]  # fmt: skip
    if table.sheet in table.hidden:
        said.append(_("That sheet is hidden in the workbook."))
    return said
