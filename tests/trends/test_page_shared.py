"""What figures looked at one after the other rest on is read once, and never told when it is not so any more."""

from datetime import date

import pytest

from cvdesk.catalogue.records import Filter, Period
from cvdesk.trends import store_kinds
from cvdesk.trends.months import months_between
from cvdesk.trends.page import TrendsPage
from cvdesk.trends.store import every
from tests.figures.shop import TODAY, add_complaint, add_customer, new_shop
from tests.pages import make_session, settle
from tests.trends.busy import busy_shop

WHOLE = Filter(Period(date(2025, 1, 1), TODAY))


def buy(op):
    """A hundred new customers who bought something."""
    made = [add_customer(op, f"Customer {number}") for number in range(100)]
    for customer in made:
        op.insert("purchases", {"customer_id": customer, "date": "2026-05-02"})
    return made


def complained(op):
    """Two complaints a month of a hundred customers."""
    customers = buy(op)
    for number, month in enumerate(months_between(date(2025, 1, 1), TODAY)):
        for turn in range(2):
            who = customers[(2 * number + turn) % len(customers)]
            add_complaint(op, 2 * number + turn + 1, month.replace(day=7), {}, customer_id=who)


@pytest.fixture
def shop(tmp_path):
    with new_shop(tmp_path) as opened:
        opened.run("Log", complained)
        yield opened


def test_who_buys_something_is_counted_among_the_customers_at_once(qtbot, qapp, shop):
    session = make_session(qapp, shop, TODAY)
    page = TrendsPage(session)
    qtbot.addWidget(page)
    page.resize(1110, 800)
    page.show()
    qtbot.waitExposed(page)
    session.set_filter(WHOLE)
    page.show_record("complaints")
    settle(qtbot, session)
    assert page.series_view.series.points[-1].value == pytest.approx(2.0)

    page.series_view.choose("entries")
    settle(qtbot, session)
    session.run("Buy", buy)
    page.series_view.choose("complaints")
    settle(qtbot, session)
    assert page.series_view.series.points[-1].value == pytest.approx(1.0)
    session.undo()
    settle(qtbot, session)
    assert page.series_view.series.points[-1].value == pytest.approx(2.0)
    session.close()


@pytest.mark.parametrize("step", ["week", "month", "quarter"])
def test_every_figure_is_the_same_whether_what_it_rests_on_was_read_before_or_not(tmp_path, step):
    with busy_shop(tmp_path, 3) as file:
        for key, series in every(file, WHOLE, TODAY, step).items():
            assert store_kinds.make(file, key, WHOLE, TODAY, step) == series, key
