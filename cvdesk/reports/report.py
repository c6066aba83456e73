"""The reports as PDF files: what stands on every page, the order of the parts."""

from __future__ import annotations

from collections.abc import Callable, Collection

from cvdesk.catalogue.report_furniture import furniture
from cvdesk.pdf.blocks import Flowable
from cvdesk.pdf.document import as_bytes
from cvdesk.reports.records import StrategyReport
from cvdesk.reports.report_contents import contents
from cvdesk.reports.report_edge import edge
from cvdesk.reports.report_factors import factor_table, levers
from cvdesk.reports.report_last import last_time
from cvdesk.reports.report_method import METHOD_PLACE, method
from cvdesk.reports.report_register import register_pdf
from cvdesk.reports.report_section import is_early
from cvdesk.reports.report_strategy import strategy
from cvdesk.reports.report_summary import summary
from cvdesk.reports.report_themes import complaints, open_complaints, themes
from cvdesk.reports.report_voices import voices
from cvdesk.reports.report_wall import wall
from cvdesk.wording import _

__all__ = ["as_pdf", "register_pdf", "summary_pdf"]

# The main part, then the appendix: keys as in the kind's sections.
ORDER = ("standing", "edge", "plan", "last-time", "themes", "complaints", "words", "factors", "method")
EARLY = ("standing", "edge", "plan", "last-time", "words", "themes", "complaints", "factors", "method")


def as_pdf(
    data: StrategyReport, paper: str = "a4", names: bool = True, left_out: Collection[str] = ()
) -> bytes:  # fmt: skip
    """The value-strategy report without these sections; the same data gives the same bytes."""
    shown = data if names else data.without_names()
    note = _("How these figures are made: page {page}. A figure is shown from 5 answers on.")
    if "method" in left_out:
        note = _("A figure is shown from 5 answers on.")
    around = furniture(
        shown.letterhead, _("Value strategy report"), shown.today, paper, note=note, note_place=METHOD_PLACE,
        subject=_("What customers get, what it costs them, and what to do next"),
    )  # fmt: skip
    return as_bytes(story(shown, paper, left_out), around)


def summary_pdf(data: StrategyReport, paper: str = "a4") -> bytes:
    """The one-page summary for the wall; it hangs where everybody sees it, so no customer is named."""
    shown = data.without_names()
    around = furniture(
        shown.letterhead, _("Summary"), shown.today, paper, note=_("A figure is shown from 5 answers on."),
        subject=_("What customers get and what it costs them, on one page"),
    )  # fmt: skip
    return as_bytes(wall(shown, paper), around)


def story(report: StrategyReport, paper: str = "a4", left_out: Collection[str] = ()) -> list[Flowable]:
    """The main part, about four pages, then the appendix; while there are no figures customers' words come first."""
    parts: dict[str, Callable[[], list[Flowable]]] = {
        "standing": lambda: levers(report, paper),
        "edge": lambda: edge(report, paper),
        "plan": lambda: strategy(report),
        "last-time": lambda: last_time(report),
        "themes": lambda: themes(report),
        "complaints": lambda: [*complaints(report), *open_complaints(report)],
        "words": lambda: voices(report, paper),
        "factors": lambda: factor_table(report),
        "method": lambda: method(report),
    }
    order = EARLY if is_early(report) else ORDER
    told = [block for key in order if key not in left_out for block in parts[key]()]
    return [*summary(report, paper, contents(told)), *told]
