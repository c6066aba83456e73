"""The reports as PDF files: what stands on every page, the order of the parts, one atomic write."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from cvdesk.catalogue.records import Business
from cvdesk.pdf.blocks import Flowable
from cvdesk.pdf.document import Furniture, as_bytes
from cvdesk.pdf.document import save as save_pdf
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
from cvdesk.wording.numbers import month_long, span

__all__ = ["as_pdf", "save", "save_register", "save_summary"]


def save(data: StrategyReport, path: Path, paper: str = "a4", names: bool = True) -> None:
    """Writes the value-strategy report; UserError where it cannot be written, then nothing of it is left."""
    shown = data if names else data.without_names()
    save_pdf(path, story(shown, paper), _strategy_furniture(shown, paper))


def as_pdf(data: StrategyReport, paper: str = "a4", names: bool = True) -> bytes:
    """The value-strategy report as bytes, for the preview; the same data gives the same bytes."""
    shown = data if names else data.without_names()
    return as_bytes(story(shown, paper), _strategy_furniture(shown, paper))


def save_summary(data: StrategyReport, path: Path, paper: str = "a4", names: bool = True) -> None:
    """Writes the one-page summary: the first page of the value-strategy report."""
    shown = data if names else data.without_names()
    furniture = _furniture(
        shown.business, _("Summary"), shown.today, paper,
        _("A figure is shown from 5 answers on. Figures for {period}.").format(period=_period(shown)),
        _("What customers get and what it costs them, on one page"),
    )  # fmt: skip
    save_pdf(path, summary(shown, paper), furniture)


def save_register(data: Register, path: Path, paper: str = "a4", names: bool = True) -> None:
    """Writes the complaint register."""
    shown = data if names else data.without_names()
    furniture = _furniture(
        shown.business, _("Complaint register"), shown.today, paper, _("Newest first."),
        _("Every complaint received in the period"),
    )  # fmt: skip
    save_pdf(path, register_story(shown), furniture)


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


def _strategy_furniture(report: StrategyReport, paper: str) -> Furniture:
    note = _("How these figures are made: page {page}. A figure is shown from 5 answers on.")
    return _furniture(
        report.business, _("Value strategy report"), report.today, paper, note,
        _("What customers get, what it costs them, and what to do next"), METHOD_PLACE,
    )  # fmt: skip


def _furniture(
    business: Business, title: str, today: date, paper: str, note: str, subject: str, note_place: str = ""
) -> Furniture:
    corner = _("{title} · {month}").format(title=title, month=month_long(today))
    language = business.language.replace("_", "-")
    return Furniture(business.name, title, corner, note, subject, language, today, paper, note_place)
