from datetime import date, timedelta

import pytest

from cvdesk.care import store_gestures as gestures
from cvdesk.care import store_vouchers
from cvdesk.care.records_gestures import Gesture, Limits
from cvdesk.care.records_vouchers import NewVoucher
from cvdesk.care.store_gestures_fair import fairness
from cvdesk.catalogue import store as catalogue
from cvdesk.catalogue.records import Period
from cvdesk.errors import UserError
from tests.figures.shop import add_customer, new_shop

TODAY = date(2026, 6, 17)


@pytest.fixture
def file(tmp_path):
    with new_shop(tmp_path) as opened:
        yield opened


def write(file, work):
    return file.run("Step", work).result


def customers(file, count, segment=None, **values):
    def work(op):
        named = None if segment is None else catalogue.ensure(op, "segments", segment)
        made = [add_customer(op, f"{segment or 'Customer'} {number}", named) for number in range(count)]
        for one in made:
            op.update("customers", one, values)
        return made

    return write(file, work)


def give(file, who, cost=500, day=TODAY, **more):
    return write(file, lambda op: gestures.give(op, Gesture(who, "Flowers", day, cost, **more)))


def complains(file, who, number=1, day=TODAY, **values):
    row = {"number": number, "date": day.isoformat(), "customer_id": who, **values}
    return write(file, lambda op: op.insert("complaints", row))


def test_a_gesture_is_a_contact_that_is_done(file):
    (anna,) = customers(file, 1)
    give(file, anna, why="She waited an hour")
    (made,) = gestures.gestures(file)
    assert (made.what, made.why, made.cost_minor, made.day) == ("Flowers", "She waited an hour", 500, TODAY)


def test_the_budget_counts_the_calendar_month_and_each_member_of_staff(file):
    (anna,) = customers(file, 1)
    ruth, _name = write(file, lambda op: catalogue.add_staff(op, "Ruth"))
    write(file, lambda op: gestures.save_limits(op, Limits(2000, {ruth: 600})))
    give(file, anna, 500, staff_id=ruth)
    give(file, anna, 900, day=date(2026, 5, 31))
    found = gestures.budget(file, TODAY)
    assert (found.spent_minor, found.left_minor, found.gestures) == (500, 1500, 1)
    assert found.over(1600) == 100
    assert found.over(1500) == 0
    assert found.over(200, ruth) == 100
    assert gestures.limits(file) == Limits(2000, {ruth: 600})


def test_beyond_the_budget_is_allowed_with_a_reason_only(file):
    (anna,) = customers(file, 1)
    write(file, lambda op: gestures.save_limits(op, Limits(400, {})))
    with pytest.raises(UserError, match="beyond the budget"):
        give(file, anna, 500)
    give(file, anna, 500, over_why="Her wedding")
    assert gestures.budget(file, TODAY).left_minor == -100
    assert gestures.budget(file, TODAY).over(50) == 50
    assert gestures.budget(file, TODAY).over(None) == 0  # a kind word costs nothing
    assert "Her wedding" in gestures.gestures(file)[0].why


def test_without_a_budget_nothing_is_over_it(file):
    assert gestures.budget(file, TODAY).over(1_000_000) == 0


def test_ideas_come_from_birthdays_and_closed_complaints_with_what_is_known(file):
    anna, ben = customers(file, 2, notes="Likes rye\nand quiet")
    write(file, lambda op: op.update("customers", anna, {"birthday": "1980-06-18"}))
    complains(file, ben, 7, TODAY - timedelta(days=5), stage="closed", closed=(TODAY - timedelta(days=2)).isoformat())
    found = gestures.ideas(file, TODAY)
    assert [(one.customer_id, one.sort) for one in found] == [(anna, "birthday"), (ben, "complaint")]
    assert all("Likes rye" in one.about for one in found)
    assert "quiet" not in found[0].about
    give(file, ben)
    assert [one.customer_id for one in gestures.ideas(file, TODAY)] == [anna]


def test_nobody_with_a_serious_complaint_open_is_an_idea(file):
    (anna,) = customers(file, 1, birthday="1980-06-18")
    complains(file, anna, severity="serious")
    assert gestures.ideas(file, TODAY) == ()


def test_fairness_shows_shares_by_group_and_hides_small_ones(file):
    regulars = customers(file, 10, "Regulars", since="2020-01-01")
    customers(file, 3, "Cafés", since="2026-05-01")
    give(file, regulars[0])
    give(file, regulars[0], 300)
    give(file, regulars[1], 200)
    found = fairness(file, TODAY)
    first, second = found.segments
    assert (first.name, first.customers, first.reached, first.cost_minor, first.hidden) == (
        "Regulars", 10, 2, 1000, False,
    )  # fmt: skip
    assert second.hidden
    new, old = found.new_and_old
    assert (new.customers, old.customers, old.reached) == (3, 10, 2)
    assert sum(group.cost_minor for group in found.segments) == 1000


def test_fairness_warns_when_only_those_who_complain_get_something(file):
    people = customers(file, 6)
    for number, one in enumerate(people[:4]):
        complains(file, one, number + 1, TODAY - timedelta(days=20))
        give(file, one)
    give(file, people[4])
    found = fairness(file, TODAY)
    assert (found.gestures, found.after_complaints, found.only_complaints) == (5, 4, True)
    for one in people[4:] * 2:
        give(file, one)
    assert not fairness(file, TODAY).only_complaints


def test_last_years_gestures_are_not_counted(file):
    (anna,) = customers(file, 1)
    give(file, anna, day=TODAY - timedelta(days=400))
    assert fairness(file, TODAY).gestures == 0


def test_money_given_back_is_summed_by_period(file):
    (anna,) = customers(file, 1)
    complains(file, anna, 1, date(2026, 6, 2), cost_minor=1200, stage="resolved", resolved="2026-06-05")
    complains(file, anna, 2, date(2026, 6, 2), cost_minor=900, stage="resolved", resolved="2026-07-05")
    give(file, anna, 500)
    new = NewVoucher("A loaf", 450, date(2026, 6, 3))
    used, _open = [write(file, lambda op: store_vouchers.issue(op, new)) for _number in range(2)]
    store_vouchers.redeem_now(file, used.code, date(2026, 6, 20))
    june = gestures.given_back(file, Period(date(2026, 6, 1), date(2026, 6, 30)))
    assert (june.refunds, june.refunds_minor, june.gestures_minor) == (1, 1200, 500)
    assert (june.issued_minor, june.redeemed_minor, june.open_minor) == (900, 450, 450)
    assert june.total_minor == 1200 + 500 + 450
    middle = gestures.given_back(file, Period(date(2026, 6, 1), date(2026, 6, 19)))
    assert (middle.redeemed, middle.open) == (0, 2)


def test_the_form_of_another_page_knows_whose_complaint_it_is(file):
    (anna,) = customers(file, 1)
    case = complains(file, anna, 12)
    assert gestures.of_complaint(file, case) == anna
    assert gestures.idea_for(file, anna, case).occasion == "Complaint #12"
    with pytest.raises(LookupError):
        gestures.idea_for(file, 5)
