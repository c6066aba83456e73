"""Where the edge is: what customers value against the best rival with the value map, or the grid without a rival."""

from __future__ import annotations

from collections.abc import Sequence

from cvdesk.pdf import styles
from cvdesk.pdf.blocks import Band, Flowable, Heading, KeepTogether, Text
from cvdesk.pdf.table import Col, Row, Table
from cvdesk.reports.records import StrategyReport
from cvdesk.reports.report_fitting import height_of, page_height, page_width
from cvdesk.reports.report_section import is_early, opening
from cvdesk.reports.report_spots import Plan, spots
from cvdesk.value import records_rivals_words as rival_words
from cvdesk.value.records_picture import Picture, grid_picture, map_picture, map_sentence, quadrant_name
from cvdesk.value.records_rivals import Against, Edge, GridData, GridSpot
from cvdesk.value.records_rivals_words import advice, standing
from cvdesk.wording import _, figures, ngettext
from cvdesk.wording.numbers import number, signed, whole
from cvdesk.wording.ranges import with_range

MOST_EDGES = 11
# Table and map stand on one page: how many edges at most, and how much of the map's height, until they do.
_SMALLER = ((MOST_EDGES, 1.0), (MOST_EDGES, 0.85), (9, 0.85), (7, 0.85))
MOST_FIRST = 6
_MAP, _GRID = {"a4": 178.0, "letter": 150.0}, {"a4": 330.0, "letter": 290.0}


def edge(report: StrategyReport, paper: str = "a4") -> list[Flowable]:
    """What customers value, how it stands against the best rival, and what to do about each."""
    if report.rival is not None:
        return _against(report, report.rival, paper)
    if report.grid is not None and len(report.grid.spots) > 1:
        return _grid(report, report.grid, paper)
    if is_early(report):
        return []
    return [
        *opening(report, _("Nothing is known about your edge yet"), _("Your edge")),
        Band(_("An edge needs a rival to be measured by: on the Value page, ask customers who used both, visit one "
               "yourself, or make a guess.")),
    ]  # fmt: skip


def _against(report: StrategyReport, found: Against, paper: str) -> list[Flowable]:
    sure = figures.strength(found.people) if found.tested else ""
    source = rival_words.source(found, report.today)
    sentences = [_("{source} ({sure}).").format(source=source, sure=sure) if sure else f"{source}."]
    sentences.append(rival_words.together(found))
    if found.tested:
        sentences.append(_strongest(found))
    lacking = rival_words.missing(found)

    def made(most: int, scale: float) -> list[Flowable]:
        story: list[Flowable] = [
            *opening(report, rival_words.title(found), _("Your edge"), dated=True),
            Text(" ".join(one for one in sentences if one), styles.BODY, after=8),
            _edges(found, most),
        ]
        if found.map is not None:
            story.append(_pictured(map_picture(found.map), _("Value map"), _("shaded: likely range"),
                                   _MAP[paper] * scale, map_sentence(found.map)))  # fmt: skip
        if lacking:
            story.append(Text(" ".join(lacking), styles.NOTE, before=8))
        return story

    width, room = page_width(paper), page_height(paper, report.letterhead)
    for most, scale in _SMALLER:
        if height_of(made(most, scale), width) <= room:
            return made(most, scale)
    return made(MOST_EDGES, 1.0)


def _strongest(found: Against) -> str:
    """The largest edge and the largest gap that are more than chance would give."""
    ahead = next((one for one in found.edges if _sure(one) > 0), None)
    behind = next((one for one in found.edges if _sure(one) < 0), None)
    told = []
    if ahead is not None:
        told.append(_("Your largest edge is “{factor}”.").format(factor=ahead.label))
    if behind is not None:
        told.append(_("The largest gap is “{factor}”.").format(factor=behind.label))
    if not told:
        told.append(_("No single difference is more than chance would give."))
    return " ".join(told)


def _sure(one: Edge) -> int:
    low, high = one.advantage.low, one.advantage.high
    return 1 if low is not None and low > 0 else -1 if high is not None and high < 0 else 0


def _edges(found: Against, most: int) -> Table:
    columns = (
        Col(_("What customers value"), 27), Col(_("Matters"), 9), Col(_("You"), 6, styles.RIGHT),
        Col(_("They"), 6, styles.RIGHT), Col(_("You are"), 24), Col(_("Moves value by"), 9, styles.RIGHT),
        Col(_("What to do"), 16),
    )  # fmt: skip
    shown, rest = found.edges[:most], found.edges[most:]
    rows = [_row(one) for one in shown]
    if rest:
        name = ngettext("{n} other", "{n} others", len(rest)).format(n=whole(len(rest)))
        known = [one.shown for one in rest if one.shown is not None]
        rows.append(Row((name, "", "", "", "", _moved(sum(known) if known else None), "")))
    if found.shown_total is not None:
        rows.append(Row((_("Together"), "", "", "", "", _moved(found.shown_total), ""), strong=True))
    return Table(columns, rows, styles.COMPACT, padding=2.8)


def _row(one: Edge) -> Row:
    name = one.label
    if figures.less_is_better(one.lever):
        name = _("{factor} (less is better)").format(factor=one.label)
    matters = _("{n} of 5").format(n=one.matters) if one.matters else ""
    return Row((name, matters, number(one.ours), number(one.theirs), standing(one), _moved(one.shown), advice(one)))


def _moved(hundredths: int | None) -> str:
    return "–" if hundredths is None else signed(hundredths / 100, 2)


def _grid(report: StrategyReport, data: GridData, paper: str) -> list[Flowable]:
    picture = grid_picture(data)
    first = [spot for spot in data.spots if spot.quadrant == "fix first"]
    title = _("What matters, and how well you do")
    if any(not spot.near for spot in first):
        top = max((spot for spot in first if not spot.near), key=lambda spot: (spot.importance, spot.key))
        title = _("Fix first: {factor}").format(factor=top.label)
    intro = _("No rival is compared yet, so this sets what matters to customers against how well it goes. Costs and "
              "drawbacks are turned round: to the right is always better. It rests on {answers}.").format(
        answers=figures.answers(data.answers))  # fmt: skip
    story: list[Flowable] = [
        *opening(report, title, _("Your edge"), dated=True),
        Text(f"{intro} {picture.sentence}", styles.BODY, after=8),
        spots(picture, _GRID[paper]),
    ]
    unnamed = Plan(picture, 487, _GRID[paper]).unnamed
    if unnamed:
        names = ", ".join(dot.label for dot in unnamed)
        story.append(Text(_("Without room for their names: {names}.").format(names=names), styles.NOTE, before=4))
    if first:
        story.append(_firsts(first))
    story.append(Band(_("Ask customers who used both you and a rival, and this page shows where you have the edge."),
                      before=12))  # fmt: skip
    return story


def _firsts(first: Sequence[GridSpot]) -> Flowable:
    columns = (
        Col(_("What customers value"), 40), Col(_("Matters"), 14), Col(_("How well you do"), 24), Col(_("Reading"), 22),
    )  # fmt: skip
    chosen = sorted(first, key=lambda spot: (-spot.importance, spot.key))[:MOST_FIRST]
    rows = []
    for spot in chosen:
        near = _("{verdict}, near the line").format(verdict=quadrant_name(spot.quadrant))
        found = spot.performance
        rows.append(Row((
            spot.label, _("{score} of 5").format(score=number(spot.importance)),
            with_range(number(found.value or 0.0), figures.interval(found)),
            near if spot.near else quadrant_name(spot.quadrant),
        )))  # fmt: skip
    return KeepTogether([Heading(_("What to mend first"), before=14), Table(columns, rows, styles.COMPACT, padding=3)])


def _pictured(picture: Picture, name: str, note: str, height: float, words: str) -> Flowable:
    return KeepTogether([Heading(name, note, before=16), spots(picture, height), Text(words, styles.SMALL, before=5)])
