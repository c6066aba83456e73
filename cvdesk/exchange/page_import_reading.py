"""What the import dialog calls the ways a file may be read: letters, columns, first row, dates, ratings, decimals."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from cvdesk.exchange.formats import TEXT, WORKBOOK
from cvdesk.exchange.look import Look
from cvdesk.wording import _, ngettext
from cvdesk.wording.numbers import day, number

NO_HEADER = -1

_DATES = frozenset({"date", "closed", "since", "birthday", "may_write_on"})
_WITH_DECIMALS = frozenset({"rating", "amount"})


def names() -> dict[str, str]:
    """Each way by its name in `Options`, in the order in which they are shown."""
    return {
        "sheet": _("Sheet"), "encoding": _("Letters"), "separator": _("Columns are divided by"),
        "header_rows": _("Column names"), "date_order": _("Dates"), "scale": _("Ratings"), "decimal": _("Decimal mark"),
        "day": _("Date of the answers"), "own_questions": _("Other questions"),
    }  # fmt: skip


def found(look: Look) -> dict[str, str]:
    """What was found out, in words; what plays no part in this file is not there."""
    table, fields = look.table, look.mapping.keys()
    shown: dict[str, str] = {}
    if len(table.sheets) > 1:
        shown["sheet"] = table.sheet
    if table.format == TEXT:
        shown["encoding"] = encoding_title(table.source.encoding)
        shown["separator"] = separator_title(table.separator)
    if table.format in (TEXT, WORKBOOK):
        shown["header_rows"] = header_title(table.header_rows if table.has_header else NO_HEADER)
    if fields & _DATES:
        shown["date_order"] = order_title(look)
    if "rating" in fields:
        shown["scale"] = _scale_found(look)
    if fields & _WITH_DECIMALS:
        mark = look.plan.decimal if look.plan is not None else ""
        shown["decimal"] = dict(decimals()).get(mark, _("Point or comma"))
    if look.kind == "answers":
        if "date" not in fields:
            shown["day"] = _("Not in the list")
        shown["own_questions"] = _("Left out")
    return shown


def offers(look: Look) -> dict[str, Sequence[tuple[object, str]]]:
    """(value, in words) of every choice."""
    return {
        "sheet": tuple((name, name) for name in look.table.sheets),
        "encoding": encodings(), "separator": separators(),
        "header_rows": tuple((rows, header_title(rows)) for rows in (1, 2, 3, NO_HEADER)),
        "date_order": orders(), "scale": scales(), "decimal": decimals(), "day": _days(look),
        "own_questions": ((True, _("Come in as your own")),),
    }  # fmt: skip


def _days(look: Look) -> tuple[tuple[str, str], ...]:
    """The day a list without dates was saved, as (ISO text, in words)."""
    if look.kind != "answers" or look.partial:  # of a part there is only a passing copy
        return ()
    saved = date.fromtimestamp(look.table.path.stat().st_mtime)
    return ((saved.isoformat(), _("All on {day}, when the list was saved").format(day=day(saved))),)


def header_title(rows: int) -> str:
    """In how many rows the columns are named."""
    if rows == NO_HEADER:
        return _("None: all rows are data")
    return ngettext("In {count} row", "In {count} rows", rows).format(count=rows)


def _scale_found(look: Look) -> str:
    """The scale of numbers, or that the ratings are words."""
    if look.plan is None:
        return scale_title("1-5")
    worded = look.plan.rating_words
    if worded:
        best = max(worded, key=lambda word: worded[word])
        return _("Words, “{word}” is best").format(word=best)
    return scale_title(look.plan.scale.name)


def encodings() -> tuple[tuple[str, str], ...]:
    """(encoding, what people call it)."""
    return (
        ("utf-8", _("Unicode (UTF-8)")), ("utf-16", _("Unicode (UTF-16)")), ("cp1252", _("Western European (Windows)")),
        ("mac_roman", _("Western European (Mac)")), ("cp1250", _("Central European")), ("cp1251", _("Cyrillic")),
        ("cp1253", _("Greek")), ("cp1254", _("Turkish")), ("shift_jis", _("Japanese")), ("gb18030", _("Chinese")),
        ("euc_kr", _("Korean")),
    )  # fmt: skip


def encoding_title(encoding: str) -> str:
    """An encoding in words."""
    plain = encoding.replace("-", "_").lower()
    same = {"utf_8_sig": "utf-8", "utf_16_le": "utf-16", "utf_16_be": "utf-16", "latin_1": "cp1252", "ascii": "utf-8"}
    known = {name.replace("-", "_"): words for name, words in encodings()}
    return known.get(same.get(plain, plain).replace("-", "_"), encoding.upper())


def separators() -> tuple[tuple[str, str], ...]:
    """(separator, its name)."""
    return ((",", _("Comma")), (";", _("Semicolon")), ("\t", _("Tab")), ("|", _("Upright line")))


def separator_title(separator: str) -> str:
    """A separator in words."""
    return dict(separators()).get(separator, _("The sign “{sign}”").format(sign=separator))


def orders() -> tuple[tuple[str, str], ...]:
    """(order of dates, an example)."""
    return (
        ("day-first", _("Day first: 31/12/26")), ("month-first", _("Month first: 12/31/26")),
        ("year-first", _("Year first: 26/12/31")),
    )  # fmt: skip


def order_title(look: Look) -> str:
    """What was found about the dates."""
    order = look.plan.date_order if look.plan is not None else None
    if order is None:
        return _("As written")
    return dict(orders())[order.name]


def scales() -> tuple[tuple[str, str], ...]:
    """(scale, in words)."""
    return (
        ("1-5", scale_title("1-5")), ("0.5-5", scale_title("0.5-5")), ("1-10", scale_title("1-10")),
        ("0-10", scale_title("0-10")), ("0-100", scale_title("0-100")), ("5-1", scale_title("5-1")),
        ("6-1", scale_title("6-1")), ("10-1", scale_title("10-1")),
    )  # fmt: skip


def scale_title(name: str) -> str:
    """A scale in words: 1 to 5; 5 to 1, where 1 is best."""
    worst, _dash, best = name.partition("-")
    if float(worst) > float(best):
        return _("{best} is best, {worst} is worst").format(best=best, worst=worst)
    if worst == "0.5":
        return _("Half stars: {worst} to {best}").format(worst=number(0.5), best=best)
    return _("{worst} to {best}").format(worst=worst, best=best)


def decimals() -> tuple[tuple[str, str], ...]:
    """(decimal mark, in words)."""
    return (("point", _("Point: 4.5")), ("comma", _("Comma: 4,5")))
