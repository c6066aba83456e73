"""The figures as text: every one of them with its range, what it rests on and how far to trust it (METHOD 6)."""

from datetime import timedelta

import pytest

from cvdesk.catalogue import store as catalogue
from cvdesk.figures.store import gather
from cvdesk.figures.text import in_words
from tests.figures.shop import TODAY, add_complaint, add_customer, add_sheet, everything, new_shop

DAY = TODAY - timedelta(days=20)


@pytest.fixture
def shop(tmp_path):
    with new_shop(tmp_path) as opened:
        yield opened


def test_every_figure_says_how_sure_it_is(shop):
    def work(op):
        core = {factor.key: 4.0 for factor in catalogue.factors(op) if factor.core}
        for place in range(12):
            customer = add_customer(op, f"Customer {place}")
            add_sheet(op, DAY, core | {"worth_it": 4.0}, form="short", customer_id=customer)
            op.insert("entries", {"date": DAY.isoformat(), "customer_id": customer, "rating": 4.0})
            add_complaint(op, place + 1, DAY, {"resolved": DAY + timedelta(days=place)}, customer_id=customer)

    shop.run("Log", work)
    lines = in_words(gather(shop, everything(), TODAY), "Corner shop").splitlines()
    assert "Satisfied (4 or 5): 100 of 100 (76 to 100), 12 ratings, rough" in lines
    assert "Time to put right: 5 days (1 to 9), 12 cases, rough" in lines
    assert "Worth it: 100 of 100 (76 to 100), 12 answers, rough" in lines
    assert "Value: 0.0 (−0.3 to +0.3), 12 answers, rough" in lines
    assert "Worth: 4.0 (3.7 to 4.1), 12 answers, rough" in lines
    assert "Drawbacks (less is better): 4.0 (3.7 to 4.1), 12 answers, rough" in lines


def test_what_is_not_shown_says_why(shop):
    lines = in_words(gather(shop, everything(), TODAY), "Corner shop").splitlines()
    for name in ("Satisfied (4 or 5)", "Time to put right", "Worth it", "Value", "Worth"):
        assert f"{name}: no answers yet" in lines
