"""Documents for the counter, the wall and the post: forms, sheets, posters, vouchers."""

from __future__ import annotations

from cvdesk.db import Queries
from cvdesk.reports.records_kinds import Kind, Made, Wanted
from cvdesk.wording import _


def _survey(db: Queries, wanted: Wanted) -> Made:
    from cvdesk.surveys.report_form import blank_form, survey_called

    survey = survey_called(db, None) if wanted.about is None else wanted.about
    return Made(blank_form(db, survey, wanted.today, wanted.fillable, wanted.paper))


KINDS: tuple[Kind, ...] = (
    Kind(
        "survey", "counter",
        lambda: _("Survey form"),
        lambda: _("A survey to hand out, or to fill in on the screen"),
        _survey, about="surveys", needed=True, periodic=False, named=False, kept=False, fillable=True,
    ),
)  # fmt: skip
