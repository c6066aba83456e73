"""What the window of an envelope shows of a letter: sender and address, set so that all of it can be read there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cvdesk.care.records_loop import Person
from cvdesk.catalogue.records import Business
from cvdesk.pdf import styles
from cvdesk.pdf.styles import Style
from cvdesk.pdf.text import Line, draw, draw_lines, lines, width_of

_MM = 72 / 25.4
LEFT = 25 * _MM
# From the sheet's upper edge, folded in three: A4 in DIN long, C5 and British DL, Letter in a number 10 envelope. The
# sheet slips up and down in it; this part shows wherever it lies.
_SHOWN = {"a4": (50 * _MM, 81 * _MM), "letter": (54 * _MM, 81 * _MM)}
WIDTH = 80 * _MM
MOST_LINES, _BELOW_SENDER, _READ_EASILY = 6, 3.0, 3
_ADDRESS = (Style(10.6, 14.4), Style(9.8, 12.4), Style(8.8, 10.8), Style(7.8, 9.4), Style(6.8, 8.2), Style(6.2, 7.2))
SENDER = tuple(Style(size, leading, colour=styles.QUIET) for size, leading in ((7.2, 9.6), (6.4, 8.6), (5.5, 7.4)))


def address_lines(person: Person, country: str) -> list[str]:
    """The lines of an address as they stand in the window; of their own country none is written. At most six."""
    parts = [part.strip() for part in person.address.replace("\r", "\n").replace("\n", ",").split(",")]
    abroad = person.country.strip() and person.country.strip().casefold() not in _names_of(country)
    found = [
        person.name, person.organisation if person.organisation != person.name else "", *parts, person.city,
        person.country if abroad else "",
    ]  # fmt: skip
    kept = [line for line in found if line.strip()]
    if len(kept) > MOST_LINES:  # what does not fit is joined, nothing is left out
        first, last = kept[: MOST_LINES - 2], kept[-1]
        kept = [*first, ", ".join(kept[MOST_LINES - 2 : -1]), last]
    return kept


def paint_window(canvas: Any, person: Person, business: Business, height: float, paper: str) -> None:
    """Sender in small letters, then the address; where it is long, in smaller letters and on more lines."""
    top, bottom = _SHOWN[paper]
    words, style = sender_line([business.name, *place(business)])
    draw(canvas, words, style, LEFT, height - top + 3, WIDTH)
    rows, style = _fitted(address_lines(person, business.country), bottom - top - _BELOW_SENDER)
    for number, row in enumerate(rows):  # all of them from one edge, whichever way they run
        draw_lines(canvas, [row], style, LEFT, height - top - _BELOW_SENDER - number * style.leading, WIDTH, True)


def place(business: Business) -> list[str]:
    """The business's address, line by line."""
    return [part.strip().rstrip(",") for part in business.address.splitlines() if part.strip()]


def sender_line(parts: Sequence[str]) -> tuple[str, Style]:
    """Who writes, on one line: smaller where it is long, then without the lines between name and place."""
    kept = [part for part in parts if part]
    for words in (" · ".join(kept), " · ".join([*kept[:1], *kept[1:][-1:]])):
        for style in SENDER:
            if width_of(words, style) <= WIDTH:
                return words, style
    return " · ".join(kept[:1]), SENDER[-1]


def _fitted(address: Sequence[str], tall: float) -> tuple[list[Line], Style]:
    for style in _ADDRESS[:_READ_EASILY]:  # rather a little smaller than a line broken in two
        single = [lines(one, style, WIDTH) for one in address]
        if all(len(found) == 1 for found in single) and len(single) * style.leading <= tall:
            return [found[0] for found in single], style
    for style in _ADDRESS:
        rows = [row for one in address for row in lines(one, style, WIDTH)]
        if len(rows) * style.leading <= tall:
            return rows, style
    fits = int(tall / style.leading)
    return [*rows[: fits - 1], rows[-1]], style  # where it goes to stands last


def _names_of(country: str) -> set[str]:
    from babel import Locale

    code = country.upper()
    own = Locale.parse("en").territories.get(code, code)
    more = {"uk", "great britain", "england", "scotland", "wales"} if code == "GB" else set()
    return {code.casefold(), own.casefold(), *more}
