"""The reports as PDF files: what stands on every page, the order of the parts."""

from __future__ import annotations

from cvdesk.catalogue.report_furniture import furniture
from cvdesk.pdf.blocks import Flowable
from cvdesk.pdf.document import as_bytes
from cvdesk.reports.records import Register, StrategyReport
from cvdesk.reports.report_complaints import register_story
from cvdesk.reports.report_factors import factor_table, levers
from cvdesk.reports.report_method import METHOD_PLACE, method
from cvdesk.reports.report_section import is_early
from cvdesk.reports.report_strategy import strategy
from cvdesk.reports.report_summary import summary
from cvdesk.reports.report_themes import complaints, open_complaints, themes
from cvdesk.reports.report_voices import voices
from cvdesk.wording import _
from cvdesk.wording.numbers import span

__all__ = ["as_pdf", "register_pdf", "summary_pdf"]


def as_pdf(data: StrategyReport, paper: str = "a4", names: bool = True) -> bytes:
    """The value-strategy report; the same data gives the same bytes."""
    shown = data if names else data.without_names()
    around = furniture(
        shown.letterhead, _("Value strategy report"), shown.today, paper,
        note=_("How these figures are made: page {page}. A figure is shown from 5 answers on."),
        note_place=METHOD_PLACE, subject=_("What customers get, what it costs them, and what to do next"),
    )  # fmt: skip
    return as_bytes(story(shown, paper), around)


def summary_pdf(data: StrategyReport, paper: str = "a4", names: bool = True) -> bytes:
    """The one-page summary: the first page of the value-strategy report."""
    shown = data if names else data.without_names()
    around = furniture(
        shown.letterhead, _("Summary"), shown.today, paper,
        note=_("A figure is shown from 5 answers on. Figures for {period}.").format(period=_period(shown)),
        subject=_("What customers get and what it costs them, on one page"),
    )  # fmt: skip
    return as_bytes(summary(shown, paper), around)


def register_pdf(data: Register, paper: str = "a4", names: bool = True) -> bytes:
    """The complaint register."""
    shown = data if names else data.without_names()
    around = furniture(
        shown.letterhead, _("Complaint register"), shown.today, paper, note=_("Newest first."),
        subject=_("Every complaint received in the period"),
    )  # fmt: skip
    return as_bytes(register_story(shown), around)


def story(report: StrategyReport, paper: str = "a4") -> list[Flowable]:
    """The main part, about four pages, then the appendix; while there are no figures customers' words come first."""
    said = voices(report), themes(report), complaints(report)
    parts = [
        summary(report, paper),
        strategy(report),
        levers(report, paper),
        *(said if is_early(report) else (*said[1:], said[0])),
        factor_table(report),
        method(report),
        open_complaints(report),
    ]
    return [block for part in parts for block in part]


def _period(report: StrategyReport) -> str:
    return span(report.filter.period.start, report.filter.period.end)
