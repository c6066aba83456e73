"""The monthly check: which entries are drawn, that they stay the same, what answers do, and what comes of it."""

from datetime import date, timedelta

import pytest

from cvdesk.stats.intervals import wilson
from cvdesk.themes import store_checks, store_sort
from cvdesk.themes.store_filing import UNSETTLED
from cvdesk.themes.store_marks import settle
from tests.themes.shop import comments, make_shop, standing_of, theme_id

LATE, KIND = "delivery-and-appointments", "helpful-people"
MONTH = "2026-10"
DAY = date(2026, 10, 15)


@pytest.fixture
def shop(tmp_path):
    with make_shop(tmp_path) as file:
        yield file


def suggested(shop, count, day=DAY):
    """So many comments of a day, all filed by the program as late."""
    ids = comments(shop, [f"late {place} of {day}" for place in range(count)], day)
    shop.run("Sort", store_sort.resort)
    return ids


def drawn(shop, who="", month=MONTH):
    return store_checks.draw(shop, month, who)


def answer(shop, check, truth, who="", among=None):
    among = among or drawn(shop, who)
    shop.run("Check", lambda op: store_checks.answer(op, among, check, truth, who))


def queue(shop):
    """The entries that wait to be filed."""
    return {row[0] for row in shop.rows(f"SELECT id FROM entries WHERE {UNSETTLED}")}


def test_the_month_to_check_is_the_one_that_is_over():
    assert store_checks.month_to_check(date(2026, 11, 21)) == "2026-10"
    assert store_checks.month_to_check(date(2026, 1, 1)) == "2025-12"


def test_twenty_of_the_month_are_drawn_the_same_ones_each_time(shop):
    ids = suggested(shop, 60)
    suggested(shop, 30, DAY + timedelta(days=30))

    first = drawn(shop)

    assert len(first) == 20
    assert {check.entry_id for check in first} <= set(ids)
    assert first == drawn(shop)
    assert {(check.said, check.said_id, check.by, check.answered) for check in first} == {
        ("Delivery and appointments", theme_id(shop, LATE), "words", False)
    }
    another = {check.entry_id for check in drawn(shop, month="2026-11")}
    assert another & set(ids) == set()


def test_every_entry_has_the_same_chance_to_be_drawn(shop):
    """Over many months each of sixty is drawn about as often as the next."""
    ids = suggested(shop, 60)
    counts = dict.fromkeys(ids, 0)
    for year in range(100):
        order = sorted(ids, key=lambda entry: store_checks._lot(f"{1900 + year}-10", entry))
        for entry in order[:20]:
            counts[entry] += 1
    # Each is expected 33.3 times; five standard deviations are 23.6.
    assert 10 < min(counts.values()) <= max(counts.values()) < 57


@pytest.mark.parametrize(("back", "there"), [(0, True), (61, True), (89, False), (200, False)])
def test_where_a_month_has_few_comments_older_ones_are_asked_about_as_well(shop, back, there):
    new = suggested(shop, 12)
    old = suggested(shop, 15, DAY - timedelta(days=back))
    if not there:  # enough within three months: nothing older is needed
        new += suggested(shop, 8, DAY - timedelta(days=40))

    found = {check.entry_id for check in drawn(shop)}

    assert len(found) == 20
    assert bool(found & set(old)) is there


def test_a_year_back_is_as_far_as_it_goes(shop):
    suggested(shop, 3, DAY - timedelta(days=330))
    suggested(shop, 3, DAY - timedelta(days=400))

    assert len(drawn(shop)) == 3


def test_only_what_the_program_filed_is_asked_about(shop):
    late, kind = theme_id(shop, LATE), theme_id(shop, KIND)
    ids = suggested(shop, 5)
    shop.run("Mine", lambda op: settle(op, ids[0], kind, "confirmed"))
    shop.run("No", lambda op: settle(op, ids[1], late, "rejected"))
    ruled = shop.value("SELECT id FROM entry_themes WHERE entry_id = ?", (ids[2],))
    shop.run("Rule", lambda op: op.update("entry_themes", ruled, {"state": "confirmed", "by": "rule"}))

    found = drawn(shop)

    assert {check.entry_id for check in found} == set(ids[2:])
    assert (found[-1].entry_id, found[-1].by) == (ids[2], "rule")  # what was taken for certain comes last


def test_an_answer_files_the_entry_and_the_others_drawn_stay(shop):
    late, kind = theme_id(shop, LATE), theme_id(shop, KIND)
    suggested(shop, 40)
    first = drawn(shop)

    answer(shop, first[0], late)
    answer(shop, first[1], kind)
    answer(shop, first[2], None)
    suggested(shop, 40, DAY + timedelta(days=1))
    shop.run("File", lambda op: settle(op, first[5].entry_id, kind, "confirmed"))

    again = drawn(shop)
    assert [check.entry_id for check in again] == [check.entry_id for check in first]
    assert [(check.answered, check.truth_id) for check in again[:4]] == [
        (True, late), (True, kind), (True, None), (False, None),
    ]  # fmt: skip
    assert standing_of(shop, first[0].entry_id) == [(LATE, "confirmed", "owner", 1)]
    assert set(standing_of(shop, first[1].entry_id)) == {
        (KIND, "confirmed", "owner", 1), (LATE, "rejected", "owner", 1),
    }  # fmt: skip
    assert (LATE, "rejected", "owner", 1) in standing_of(shop, first[2].entry_id)
    assert first[2].entry_id not in queue(shop)  # it is settled: about none of the themes
    result = store_checks.result(shop, MONTH)
    assert (result.right, result.n, result.share, result.kappa) == (1, 3, wilson(1, 3), None)


def test_an_answer_can_be_undone_and_changed(shop):
    late, kind = theme_id(shop, LATE), theme_id(shop, KIND)
    suggested(shop, 20)
    first = drawn(shop)[0]
    answer(shop, first, kind)
    answer(shop, first, late)

    assert standing_of(shop, first.entry_id)[0] == (LATE, "confirmed", "owner", 1)
    assert store_checks.result(shop, MONTH).right == 1
    shop.undo()
    assert store_checks.result(shop, MONTH).right == 0
    shop.undo()
    assert store_checks.result(shop, MONTH).n == 0
    assert standing_of(shop, first.entry_id) == [(LATE, "suggested", "words", 1)]


def test_seventeen_of_twenty_are_right_within_wilsons_interval(shop):
    late, kind = theme_id(shop, LATE), theme_id(shop, KIND)
    suggested(shop, 20)
    among = drawn(shop)
    for place, check in enumerate(among):
        answer(shop, check, late if place < 17 else kind, among=among)

    result = store_checks.result(shop, MONTH)

    assert (result.right, result.n) == (17, 20)
    assert (round(result.share.low, 2), round(result.share.high, 2)) == (0.64, 0.95)  # METHOD 5
    assert store_checks.results(shop) == (result,)


def test_where_two_people_check_it_is_said_how_far_they_agree(shop):
    late, kind = theme_id(shop, LATE), theme_id(shop, KIND)
    suggested(shop, 20)
    among = drawn(shop)
    for place, check in enumerate(among):
        answer(shop, check, late if place < 10 else kind, "Ada", among)
    for place, check in enumerate(among):
        answer(shop, check, late if place < 5 else kind if place < 19 else None, "Ben", among)

    result = store_checks.result(shop, MONTH)

    # By hand: agreed 5 + 9 of 20; by chance (10 * 5 + 10 * 14) / 400.
    assert result.kappa == pytest.approx((14 / 20 - 190 / 400) / (1 - 190 / 400))
    assert (result.right, result.n, result.both, result.people) == (10, 20, 20, ("Ada", "Ben"))
    assert standing_of(shop, among[7].entry_id) == [(LATE, "confirmed", "owner", 1)]  # the first answer files it
    assert {check.truth_id for check in drawn(shop, "Ben")} == {late, kind, None}
    assert all(not check.answered for check in drawn(shop, "Cy"))


def test_what_was_checked_is_not_drawn_in_another_month(shop):
    suggested(shop, 3)
    answer(shop, drawn(shop)[0], None)

    assert len(drawn(shop, month="2026-11")) == 2


def test_deleted_entries_and_merged_themes_do_not_disturb_a_check(shop):
    late, kind = theme_id(shop, LATE), theme_id(shop, KIND)
    suggested(shop, 20)
    among = drawn(shop)
    answer(shop, among[0], kind)
    answer(shop, among[1], late)
    shop.run("Delete", lambda op: op.delete("entries", among[1].entry_id))
    shop.run("Merge", lambda op: op.update("themes", late, {"merged_into": kind, "active": 0}))

    assert len(drawn(shop)) == 19
    assert {check.said for check in drawn(shop)} == {"Helpful people"}
    result = store_checks.result(shop, MONTH)
    assert (result.right, result.n) == (1, 1)  # both themes are one by now
