"""Documents for the accountant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cvdesk.reports.records_kinds import Kind, Made, Section, Wanted
from cvdesk.wording import _

if TYPE_CHECKING:
    from cvdesk.db import Queries


def _money(db: Queries, wanted: Wanted) -> Made:
    from cvdesk.care.report_money import CSV_NAME, as_csv, as_pdf
    from cvdesk.care.store_money import gather

    data = gather(db, wanted.filter, wanted.today)
    pdf = as_pdf(data, wanted.paper, wanted.names, wanted.left_out)
    return Made(pdf, ((CSV_NAME, as_csv(data, wanted.names)),))


KINDS: tuple[Kind, ...] = (
    Kind(
        "money", "money",
        lambda: _("Money given back"),
        lambda: _("Refunds, gestures and vouchers of the period, for the books; as .zip with a list for spreadsheets"),
        _money,
        sections=(
            Section("months", lambda: _("Month by month")),
            Section("items", lambda: _("Every item")),
        ),
    ),
)  # fmt: skip
