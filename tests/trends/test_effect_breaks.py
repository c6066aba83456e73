"""Did it work? never compares what was asked with different words, and takes longer periods where months say little."""

from datetime import date

import pytest

from cvdesk.trends import store_notes
from cvdesk.trends.months import steps_between
from cvdesk.trends.records_effect import Ask
from cvdesk.trends.store_effect import effect
from tests.figures.shop import TODAY, add_complaint, add_customer, add_sheet, new_shop

MONTHS = steps_between(date(2024, 6, 1), TODAY)
REWORDED = date(2025, 8, 1)
_VERSION = """
SELECT version.* FROM question_versions AS version JOIN questions ON questions.id = question_id
WHERE key = 'satisfaction'
"""


@pytest.fixture
def shop(tmp_path):
    with new_shop(tmp_path) as opened:
        yield opened


def ask_anew(op):
    old = op.row(_VERSION)
    op.update("question_versions", old["id"], {"active": 0})
    about = {"series": 2, "language": "en", "wording": "Anew", "anchors": "{}"}
    op.insert("question_versions", {"question_id": old["question_id"], **about})


def log_sheets(shop):
    """Ten sheets a month; asked with other words from August 2025 on, and satisfied more often since."""

    def work(op):
        for place, month in enumerate(MONTHS):
            if month == REWORDED:
                ask_anew(op)
            happy = (8 if month >= REWORDED else 5) + place % 2
            for number in range(10):
                add_sheet(op, month, {"satisfaction": 5.0 if number < happy else 1.0})

    shop.run("Log", work)


def parts(found):
    return {step.start: step.part for step in found.steps}


@pytest.mark.parametrize("noted", [False, True])
def test_months_of_another_question_are_not_compared(shop, noted):
    log_sheets(shop)
    if noted:  # the owner's own note of that day hides nothing
        shop.run("Note", lambda op: store_notes.add(op, REWORDED, "New form"))
    after = parts(effect(shop, Ask("satisfaction", date(2026, 2, 1), settle=0), TODAY))
    assert after[date(2025, 7, 1)] == "other_question"
    assert (after[REWORDED], after[date(2026, 2, 1)]) == ("before", "after")
    before = parts(effect(shop, Ask("satisfaction", date(2025, 3, 1), settle=0), TODAY))
    assert (before[date(2025, 7, 1)], before[REWORDED]) == ("after", "other_question")


def test_a_new_wording_does_not_pass_for_success(shop):
    log_sheets(shop)
    found = effect(shop, Ask("satisfaction", date(2025, 8, 10), settle=0), TODAY)
    assert found.said == "never"
    assert found.measured is None


def test_few_complaints_are_compared_by_quarter(shop):
    months = steps_between(date(2021, 6, 1), TODAY)

    def work(op):
        people = [add_customer(op, f"Customer {number}") for number in range(30)]
        number = 0
        for month in months:
            if month.month in (6, 12):
                for person in people:
                    op.insert("entries", {"date": month.isoformat(), "customer_id": person})
            if month.month % 3 != 1 and (month < date(2024, 7, 1) or month.month % 6 == 2):
                number += 1
                add_complaint(op, number, month.replace(day=3), {})

    shop.run("Log", work)
    found = effect(shop, Ask("complaints", date(2024, 7, 1), settle=0), TODAY)
    assert found.step == "quarter"
    assert {step.start.month for step in found.steps} == {1, 4, 7, 10}
    assert "quarters before" in found.more[0]
    assert found.measured.change < 0.5


def test_a_change_still_to_come_is_too_early(shop):
    log_sheets(shop)
    found = effect(shop, Ask("satisfaction", date(2026, 8, 1), settle=1), TODAY)
    assert (found.said, found.need, found.ready) == ("early", 4, date(2027, 1, 1))
