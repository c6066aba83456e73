"""What the export dialog says."""

from __future__ import annotations

from collections.abc import Iterable

from cvdesk.exchange.export import Exported
from cvdesk.exchange.export_list import Written
from cvdesk.wording import _, ngettext
from cvdesk.wording.counts import records
from cvdesk.wording.numbers import whole

_ORDER = ("xlsx", "csv", "json", "vcf")
_LONGEST_NAME = 80


def in_order(kinds: Iterable[str]) -> list[str]:
    """What most people want first."""
    return sorted(kinds, key=lambda kind: _ORDER.index(kind) if kind in _ORDER else len(_ORDER))


def kind_title(kind: str) -> str:
    """A format as people call it."""
    return {"xlsx": _("Excel"), "csv": _("CSV"), "json": _("JSON"), "vcf": _("vCard")}.get(kind, kind.upper())


def about(kind: str, whole: bool) -> str:
    """What a format is good for. `whole`: everything goes out, not one list."""
    if kind == "vcf" and whole:
        return _("The customers alone, for phones and address books.")
    return {
        "xlsx": _("For Excel, LibreOffice and the like; dates stay dates and numbers stay numbers."),
        "csv": _("Plain text that nearly every program reads. Cells that could run as formulas are made harmless."),
        "json": _("For other programs, complete to the last letter."),
        "vcf": _("For phones, mail programs and address books."),
    }[kind]


def contents(table: str, rows: int, title: str) -> str:
    """1,284 entries: Phone, last 30 days."""
    counted = records(table, rows)
    return _("{counted}: {title}").format(counted=counted, title=title) if title else counted


def file_name(title: str) -> str:
    """A title as the name of a file; nothing in it that some system refuses."""
    kept = "".join(mark if mark.isalnum() or mark in " -_.,()" else " " for mark in title)
    return " ".join(kept.split())[:_LONGEST_NAME].strip(" .") or _("List")


def written(result: Written | Exported) -> str:
    """Where it lies, and what had to be cut."""
    if isinstance(result, Exported):
        said = _("Everything is in “{folder}”.").format(folder=result.folder)
    else:
        said = ngettext("{count} row is in “{path}”.", "{count} rows are in “{path}”.", result.rows).format(
            count=whole(result.rows), path=result.path
        )
    if result.cut:
        said += " " + ngettext(
            "{count} text is longer than a workbook's cell can be and was cut there; as CSV or JSON it goes out whole.",
            "{count} texts are longer than a workbook's cell can be and were cut there; as CSV or JSON they go out"
            " whole.", result.cut,
        ).format(count=whole(result.cut))  # fmt: skip
    return said
