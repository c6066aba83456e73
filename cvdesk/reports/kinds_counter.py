"""Documents for the counter, the wall and the post: forms, sheets, posters, vouchers."""

from __future__ import annotations

from cvdesk.db import Queries
from cvdesk.reports.records_kinds import Kind, Made, Section, Wanted
from cvdesk.wording import _


def _survey(db: Queries, wanted: Wanted) -> Made:
    from cvdesk.surveys.report_form import blank_form, survey_called

    survey = survey_called(db, None) if wanted.about is None else wanted.about
    return Made(blank_form(db, survey, wanted.today, wanted.fillable, wanted.paper))


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
)  # fmt: skip
