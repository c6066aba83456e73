"""Documents for the counter, the wall and the post: forms, sheets, posters, vouchers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cvdesk.errors import UserError
from cvdesk.reports.records_kinds import Kind, Made, Section, Wanted
from cvdesk.wording import _

if TYPE_CHECKING:
    from cvdesk.db import Queries


def _survey(db: Queries, wanted: Wanted) -> Made:
    from cvdesk.surveys.report_form import blank_form

    if wanted.about is None:
        raise UserError(_("A form is of one survey."), _("Choose which."))
    return Made(blank_form(db, wanted.about, wanted.today, wanted.fillable, wanted.paper))


def _vouchers(db: Queries, wanted: Wanted) -> Made:
    from cvdesk.care.report_vouchers import as_bytes, gather, open_ones

    with db.snapshot():
        ids = open_ones(db, wanted.filter.period, wanted.today, wanted.about)
        if not ids:
            raise UserError(
                _("No voucher that can still be used was issued in this period."),
                _("Choose a longer period, or make one under Care, Loyalty."),
            )
        return Made(as_bytes(gather(db, ids, wanted.today, paper=wanted.paper, named=wanted.names)))


def _poster(db: Queries, wanted: Wanted) -> Made:
    from cvdesk.care.report_poster import as_pdf
    from cvdesk.care.store_poster import poster

    return Made(as_pdf(poster(db, wanted.today), wanted.paper))


def _faq(db: Queries, wanted: Wanted) -> Made:
    from cvdesk.care.report_faq import faq_pdf
    from cvdesk.care.store_faq import sheet

    return Made(faq_pdf(sheet(db, wanted.today), wanted.paper))


def _sheet(db: Queries, wanted: Wanted) -> Made:
    from cvdesk.feedback import report_sheet, store_sheet

    return Made(report_sheet.as_pdf(store_sheet.gather(db, wanted.today), wanted.paper))


def _team(db: Queries, wanted: Wanted) -> Made:
    from cvdesk.reports import report_team, store_team

    data = store_team.gather(db, wanted.filter, wanted.today, wanted.names)
    return Made(report_team.as_pdf(data, wanted.paper, wanted.left_out))


KINDS: tuple[Kind, ...] = (
    Kind(
        "logging-sheet", "counter",
        lambda: _("Sheet for the counter"),
        lambda: _("A blank page to note by pen what customers say, in the order it is typed in"),
        _sheet, periodic=False, named=False, kept=False,
    ),
    Kind(
        "team-sheet", "counter",
        lambda: _("Team sheet"),
        lambda: _("This week's problems and praise in large type, for the staff's wall"),
        _team,
        sections=(
            Section("problems", lambda: _("The problem named most")),
            Section("voices", lambda: _("What they liked")),
            Section("promises", lambda: _("Promises to keep")),
            Section("changes", lambda: _("What has become better")),
            Section("tallies", lambda: _("What was counted")),
        ),
    ),
    Kind(
        "survey", "counter",
        lambda: _("Survey form"),
        lambda: _("A survey to hand out, or to fill in on the screen"),
        _survey, about="surveys", needed=True, periodic=False, named=False, kept=False, fillable=True,
    ),
    Kind(
        "vouchers", "counter",
        lambda: _("Vouchers"),
        lambda: _("Those still good, issued in the period or for one customer; eight on a page to cut apart"),
        _vouchers, about="customers",
    ),
    Kind(
        "poster", "counter",
        lambda: _("You said, we did"),
        lambda: _("A poster: what customers said, and what became of it"),
        _poster, periodic=False, named=False, people=True,
    ),
    Kind(
        "faq", "counter",
        lambda: _("Questions and answers"),
        lambda: _("What customers ask again and again, with your answers"),
        _faq, periodic=False, named=False,
    ),
)  # fmt: skip
