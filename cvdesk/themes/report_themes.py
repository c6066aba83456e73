"""The theme report: what customers speak of most, what changed, and theme by theme what they say and what was done."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from cvdesk.catalogue.report_furniture import furniture
from cvdesk.catalogue.store_before import before_words
from cvdesk.pdf import styles
from cvdesk.pdf.blocks import Band, Flowable, Heading, KeepTogether, Room, Text, Title
from cvdesk.pdf.document import Furniture, as_bytes
from cvdesk.pdf.led import Led
from cvdesk.pdf.table import Col, Row, Table
from cvdesk.themes import records_rank_words as words
from cvdesk.themes.records import ThemeFigure
from cvdesk.themes.records_check import meaning_words, month_words, result_words
from cvdesk.themes.records_rank import Ranked, Ranking, ordered
from cvdesk.themes.records_report import Part, ThemeReport, praised
from cvdesk.themes.report_bars import names_width, ranking_bars, reach
from cvdesk.themes.report_part import part_story
from cvdesk.wording import _, ngettext
from cvdesk.wording.figures import lever_name, of_100_short, of_100_with_range
from cvdesk.wording.numbers import span

_BARS = 14  # in one drawing, so that the next ones may stand on the next page
_MOST_BARS = 40


def as_pdf(data: ThemeReport, paper: str = "a4", left_out: Collection[str] = ()) -> bytes:
    """The report as bytes; the same data gives the same bytes."""
    return as_bytes(story(data, left_out), _around(data, paper))


def _around(data: ThemeReport, paper: str) -> Furniture:
    note = _("Each customer counts once for a theme, however often they speak of it.")
    subject = _("What customers speak of, how they speak of it, and what was done")
    return furniture(data.letterhead, _("Themes"), data.today, paper, note=note, subject=subject)


def story(data: ThemeReport, left_out: Collection[str] = ()) -> list[Flowable]:
    """Finding and ranking first; then the parts that were not left out."""
    if data.alone:
        return _alone(data, left_out)
    found = _front(data)
    if not any(row.figure.entries or row.figure.customers_suggested for row in data.ranking.rows):
        return [*found, Band(_nothing_yet(data), before=10)]
    found += _ranking(data.ranking)
    if "changes" not in left_out:
        found += _changes(data.ranking)
    if "theme-by-theme" not in left_out:
        found += _one_by_one(data)
    if "others" not in left_out:
        found += _others(data)
    return found if "method" in left_out else [*found, *_method(data)]


def _alone(data: ThemeReport, left_out: Collection[str]) -> list[Flowable]:
    part = data.parts[0]
    said = words.share_sentence(part.row.figure)
    found: list[Flowable] = [
        Title(_("{theme}: what customers say of it").format(theme=part.row.figure.name), _("Themes"), after=5),
        Text(_scope(data), styles.NOTE, after=6),
        Text(said, styles.BODY),
        *part_story(part, headed=False),
    ]
    return found if "method" in left_out else [*found, *_method(data)]


def _front(data: ThemeReport) -> list[Flowable]:
    return [
        Title(words.title(data.ranking), _("What customers speak of"), after=5),
        Text(_scope(data), styles.NOTE, after=6),
    ]


def _scope(data: ThemeReport) -> str:
    """By share of 180 active customers · 1 Dec 2025 to 21 Nov 2026 · clear · Families."""
    return " · ".join([words.subtitle(data.ranking), *data.limited_to])


def _nothing_yet(data: ThemeReport) -> str:
    filed = data.ranking.more.filed if data.ranking.more is not None else None
    if (filed is None or not filed.entries) and data.before:
        return _("No comments were noted in these days. {before}").format(before=before_words(data.before))
    if filed is None or not filed.entries:
        return _("No feedback was noted in these days. Note it as it comes, and here its themes are ranked.")
    return _("No feedback of these days has a theme yet. File it on the Themes page: what is confirmed counts here.")


def _ranking(ranking: Ranking) -> list[Flowable]:
    """Bars where there are shares, else the names with their counts."""
    figures = [row.figure for row in ranking.rows if row.figure.customers or row.figure.customers_suggested]
    found: list[Flowable] = []
    if ranking.more is not None and (said := words.filed_words(ranking.more.filed)):
        found.append(Text(said[:1].upper() + said[1:], styles.BODY, after=2))
    if not figures:
        return [*found, Band(_("Nobody who is known spoke of a theme in these days."), before=8)]
    if figures[0].share.value is None:
        few = _("Too few active customers for shares. How many spoke of each: {themes}.").format(
            themes=", ".join(
                _("{theme} ({count})").format(theme=figure.name, count=words.people(figure)) for figure in figures
            )
        )
        return [*found, Band(few, before=8)]
    largest = max(reach(figure, ranking.active) for figure in figures[:_MOST_BARS]) or 1.0
    note = _("of 100 active customers, with the likely range")
    shown = figures[:_MOST_BARS]
    chunks = [shown[first : first + _BARS] for first in range(0, len(shown), _BARS)]
    names = names_width(shown)
    bars = [ranking_bars(chunk, ranking.active, largest, names, _in_words(chunk)) for chunk in chunks]
    found += [KeepTogether([Heading(_("How many speak of it"), note, before=12), bars[0]]), *bars[1:]]
    legend = _(
        "Bar: confirmed; hatched: only suggested; line: likely range. Where lines overlap, the order may be chance."
    )
    return [*found, Text(legend, styles.NOTE, before=6)]


def _in_words(figures: Sequence[ThemeFigure]) -> str:
    """The bars for those who hear the page."""
    return "; ".join(
        _("{theme}: {share}").format(theme=figure.name, share=of_100_with_range(figure.share, True))
        for figure in figures
    )


def _changes(ranking: Ranking) -> list[Flowable]:
    """Since the period before: only what is more than chance would give is called a change."""
    if ranking.more is None:
        return []
    changed = [
        row for row in ordered(ranking.rows, "change")
        if row.new or (row.change is not None and row.change.clear)
    ]  # fmt: skip
    compared = ranking.more.compared
    since = "" if compared is None else _("against {period}").format(period=span(*compared))
    head = Heading(_("What changed"), since, before=16, outline=1)
    if changed:
        columns = [Col(_("Theme"), 34), Col(_("What changed"), 66)]
        rows = [Row([row.figure.name, _changed(row)]) for row in changed]
        note = [] if compared is not None else [Text(_not_compared(ranking), styles.NOTE, after=4)]
        return [Led([head, *note, Table(columns, rows, styles.COMPACT, padding=3.0)])]
    if compared is None:
        said = _not_compared(ranking)
    else:
        said = _("No theme is spoken of more or less than before by more than chance would give.")
    return [KeepTogether([head, Text(said, styles.BODY)])]


def _not_compared(ranking: Ranking) -> str:
    return words.compared_words(ranking) or _("There is no period before this one to compare with.")


def _changed(row: Ranked) -> str:
    parts = [words.new_sentence(row) if row.new else ""]
    if row.change is not None and row.change.clear:
        said = words.change_words(row.change, row.figure.share)
        parts.append(_("{said}.").format(said=said[:1].upper() + said[1:]))
    return " ".join(part for part in parts if part)


def _one_by_one(data: ThemeReport) -> list[Flowable]:
    bother = [part for part in data.parts if not praised(part.row)]
    praise = [part for part in data.parts if praised(part.row)]
    found: list[Flowable] = []
    for title, parts in ((_("What bothers customers"), bother), (_("What customers praise"), praise)):
        found += _group(title, parts)
    return found


def _group(title: str, parts: Sequence[Part]) -> list[Flowable]:
    if not parts:
        return []
    head = Title(title, title)
    head.spaceBefore = 26
    found: list[Flowable] = [Room(330), head]
    for part in parts:
        found += part_story(part)
    return found


def _others(data: ThemeReport) -> list[Flowable]:
    """The themes that have no part of their own as lines, and those nobody speaks of by name."""
    told = {part.row.figure.id for part in data.parts}
    rest = [row for row in data.ranking.rows if row.figure.id not in told]
    found: list[Flowable] = []
    if rest:
        lines = [_line(row) for row in rest]
        changes = any(line.cells[-1] for line in lines)
        columns = [
            Col(_("Theme"), 28 if changes else 50), Col(_("Part of value"), 13), Col(_("Customers"), 11, styles.RIGHT),
            Col(_("Of 100"), 17, styles.RIGHT), *([Col(_("Against the period before"), 31)] if changes else []),
        ]  # fmt: skip
        found.append(
            Led([
                Heading(_("All other themes"), before=20, outline=1),
                Table(columns, lines, styles.COMPACT, padding=3.0),
            ])
        )  # fmt: skip
    if data.ranking.silent:
        names = ", ".join(figure.name for figure in data.ranking.silent)
        said = ngettext(
            "{count} theme nobody spoke of: {names}.", "{count} themes nobody spoke of: {names}.",
            len(data.ranking.silent),
        ).format(count=len(data.ranking.silent), names=names)  # fmt: skip
        found.append(Text(said, styles.NOTE, before=8))
    return found


def _line(row: Ranked) -> Row:
    figure = row.figure
    return Row([
        figure.name, lever_name(figure.lever), words.people(figure), of_100_short(figure.share),
        words.change_words(row.change, figure.share) or words.new_sentence(row),
    ])  # fmt: skip


def _method(data: ThemeReport) -> list[Flowable]:
    """How the figures are made, and how often the sorting is right, as far as that was checked."""
    said = [
        _("A share is the number of different active customers with a confirmed mention, of all active customers. The "
          "range is where the true share lies in 95 of 100 such cases."),
        _("Those who say something are not everybody: shares of feedback find causes, they do not measure how many "
          "feel so."),
        _("A theme grows or shrinks only where the difference to the period before is more than chance would give, all "
          "themes looked at together."),
        _("What is only suggested (hatched) was sorted by the program and not confirmed by anybody."),
    ]  # fmt: skip
    if data.check is None:
        said.append(_("How often the sorting is right has not been checked yet; the Themes page asks 20 a month."))
    else:
        said.append(
            _("Check of the sorting in {month}: {result}. {meaning}")
            .format(month=month_words(data.check), result=result_words(data.check), meaning=meaning_words(data.check))
            .rstrip()
        )
    texts = [Text(one, styles.SMALL, after=4) for one in said]
    return [KeepTogether([Heading(_("How these figures are made"), before=20, outline=1), *texts])]
