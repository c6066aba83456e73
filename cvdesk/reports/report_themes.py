"""What customers mention, and their complaints."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from cvdesk.pdf import styles
from cvdesk.pdf.bars import Column, ShareBar, columns, shares
from cvdesk.pdf.blocks import Band, Flowable, Heading, KeepTogether, Room, Text
from cvdesk.pdf.led import Led
from cvdesk.pdf.table import Col, Row, Table
from cvdesk.reports import report_words as words
from cvdesk.reports.records import StrategyReport
from cvdesk.reports.report_complaints import complaint_table
from cvdesk.reports.report_section import is_early, opening
from cvdesk.reports.report_voices import shortened
from cvdesk.themes.records import ThemeFigure
from cvdesk.wording import _, ngettext
from cvdesk.wording.counts import CUSTOMERS
from cvdesk.wording.figures import in_percent, lever_name
from cvdesk.wording.numbers import month_short, number, whole

MOST_THEMES = 10
_ENOUGH = 6  # themes, where a page has no room for more
MOST_MONTHS = 14
MOST_COMPLAINT_THEMES = 6
_AROUND = 180.0  # height of what stands above the bars
_MONTHS = 130.0  # height of the months of complaints
MOST_OPEN = 12
LONGEST = 280  # characters of an open complaint; the register has all


def themes(report: StrategyReport) -> list[Flowable]:
    """Themes by the share of active customers who mention them."""
    figures = report.figures
    shown = [theme for theme in figures.themes if theme.share.value is not None and theme.customers][:MOST_THEMES]
    if not figures.feedback.count and not figures.complaints.count:
        return []
    story: list[Flowable] = [
        *opening(
            report,
            words.theme_title(report),
            _("What customers mention"),
            dated=True,
            room=_AROUND + 25 * min(len(shown), _ENOUGH),
        ),
        Text(_log_sentence(report), styles.BODY, after=4),
    ]
    if shown:
        note = ngettext("of {n} active customer", "of {n} active customers", figures.customers.active).format(
            n=whole(figures.customers.active)
        )
        bars = shares([_theme_bar(theme) for theme in shown], enough=_ENOUGH)
        return [*story, Led([Heading(_("Mentioned by"), note, before=12), bars])]
    few = [theme for theme in figures.themes if theme.customers]
    if few:
        names = ", ".join(f"{theme.name} ({whole(theme.customers)})" for theme in few[:MOST_THEMES])
        story.append(Band(_("Too few active customers for shares; mentioned so far: {names}.").format(names=names),
                          before=10))  # fmt: skip
    else:
        story.append(Band(_("No entry has a confirmed theme in this period; confirm the suggested ones on the "
                            "Feedback page, and this page ranks them."), before=10))  # fmt: skip
    return story


def _log_sentence(report: StrategyReport) -> str:
    feedback = report.figures.feedback
    if not feedback.count:
        return _("No feedback was noted in this period.")
    sentence = ngettext("{n} thing customers said was noted", "{n} things customers said were noted", feedback.count)
    sentence = sentence.format(n=whole(feedback.count))
    if feedback.mean_rating is not None:
        rated = ngettext("{n} of them with a rating, {mean} of 5 on average", "{n} of them with a rating, {mean} of 5 "
                         "on average", feedback.rated)  # fmt: skip
        sentence += ", " + rated.format(n=whole(feedback.rated), mean=number(feedback.mean_rating))
    return _(
        "{facts}. A theme counts once per customer, however often they say it; only themes you confirmed count."
    ).format(facts=sentence)


def _theme_bar(theme: ThemeFigure) -> ShareBar:
    share = theme.share
    value, low, high = share.value or 0.0, share.low or 0.0, share.high or 0.0
    detail = _("{lever} · {customers}").format(
        lever=lever_name(theme.lever),
        customers=CUSTOMERS.count(theme.customers),
    )
    label = in_percent(share)
    return ShareBar(theme.name, detail, value, low, high, label, theme.lever)


def complaints(report: StrategyReport) -> list[Flowable]:
    """Complaints in sentences, months, themes: all on one page."""
    figures = report.figures
    if not figures.feedback.count and not figures.complaints.count:
        return []
    by_theme = sorted(figures.complaints.by_theme.items(), key=lambda item: (-item[1], item[0]))
    rows = [Row((whole(count), report.theme_names.get(key, key))) for key, count in by_theme[:MOST_COMPLAINT_THEMES]]
    room = _AROUND + 20 * len(rows) + (_MONTHS if figures.complaints.count else 0)
    told = _says_counts(report)
    story: list[Flowable] = [
        *opening(report, words.complaint_title(report), _("Complaints"), dated=told, room=room),
        Text(words.complaint_sentences(report, told), styles.BODY, after=6),
    ]
    if not figures.complaints.count:
        return story
    months = figures.complaints.by_month[-MOST_MONTHS:]
    if len(months) > 1:
        story.append(columns([Column(_month_name(month.month), month.count) for month in months], styles.BAD))
    if rows:
        heads = (Col(_("Complaints"), 10, styles.RIGHT), Col(_("What they are about"), 90))
        story.append(KeepTogether([Table(heads, rows, before=12)]))
    return story


def _says_counts(report: StrategyReport) -> bool:
    """Whether the title says how many there are; a heading in the first weeks does not."""
    return not is_early(report) and bool(report.figures.complaints.count)


def _month_name(month: str) -> str:
    return month_short(date.fromisoformat(month + "-01"))


def open_complaints(report: StrategyReport) -> list[Flowable]:
    """Appendix: every complaint that is still open, the oldest first."""
    if not report.open_complaints:
        return []
    shown = [replace(line, text=shortened(line.text, LONGEST)) for line in report.open_complaints[:MOST_OPEN]]
    rest = len(report.open_complaints) - len(shown)
    story: list[Flowable] = [
        Room(200),
        Heading(_("Open complaints"), _("the oldest first"), before=26, outline=1),
        complaint_table(shown, report.today, _has_names(report), report.business.currency),
    ]
    if rest:
        more = ngettext("{n} more is open; the complaint register has all of them.",
                        "{n} more are open; the complaint register has all of them.", rest)  # fmt: skip
        story.append(Text(more.format(n=whole(rest)), styles.NOTE, before=8))
    return story


def _has_names(report: StrategyReport) -> bool:
    return any(line.who for line in report.open_complaints)
