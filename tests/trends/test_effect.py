"""Did it work? Whole months before and after, bad months left out, rates per customer, and what is said of it."""

from datetime import date

import pytest

from cvdesk.catalogue import store as catalogue
from cvdesk.catalogue.records import Filter, Period
from cvdesk.errors import UserError
from cvdesk.figures.store import default_period
from cvdesk.stats.before_after import before_after
from cvdesk.trends import store_kinds, store_notes
from cvdesk.trends.months import steps_between
from cvdesk.trends.records_effect import Ask
from cvdesk.trends.store_effect import effect, forget, save, untouched_choices, usual
from tests.figures.shop import add_complaint, add_customer, add_sheet, new_shop

TODAY = date(2026, 6, 17)
MONTHS = steps_between(date(2024, 6, 1), TODAY)  # 24 whole ones and the running one
CALM = (0.0, 0.1, -0.1, 0.05, -0.05, 0.1, -0.1, 0.0)


@pytest.fixture
def shop(tmp_path):
    with new_shop(tmp_path) as opened:
        yield opened


def log_ratings(shop, level, months=MONTHS, spread=CALM):
    """Six ratings each month; `level`: what they are about in a month."""

    def work(op):
        for place, month in enumerate(months):
            value = level(month) + spread[place % len(spread)]
            for more in (-0.1, -0.05, 0.0, 0.0, 0.05, 0.1):
                op.insert("entries", {"date": month.replace(day=9).isoformat(), "rating": value + more})

    shop.run("Log", work)


def note(shop, day, text="Second van"):
    note_id = shop.run("Note", lambda op: store_notes.add(op, day, text)).result
    return store_notes.KeptNote(note_id, day, text)


def asked(shop, day=date(2025, 12, 1), **more):
    kept = note(shop, day)
    return Ask("rating", day, kept.id, **{"settle": 0, **more})


def test_better_after_is_said_with_its_range(shop):
    log_ratings(shop, lambda month: 3.4 if month < date(2025, 12, 1) else 4.0)
    found = effect(shop, asked(shop), TODAY)
    by_hand = before_after(
        [step.value for step in found.of("before")], [step.value for step in found.of("after")]
    )  # fmt: skip
    assert (found.measured.change, found.measured.low) == (by_hand.change, by_hand.low)
    assert (len(found.of("before")), len(found.of("after"))) == (18, 6)
    assert found.said == "worked"
    assert found.sentence == "It worked. Mean rating: better by 0.5 to 0.7."
    assert found.more[0] == "18 months before: 3.41 on average. 6 months after: 3.98. Rough."
    assert [step.start for step in found.of("running")] == [date(2026, 6, 1)]


def test_worse_after_is_said_as_well(shop):
    log_ratings(shop, lambda month: 4.0 if month < date(2025, 12, 1) else 3.4)
    assert effect(shop, asked(shop), TODAY).sentence == "It made it worse. Mean rating: worse by 0.5 to 0.7."


def test_small_changes_are_not_worth_having(shop):
    log_ratings(shop, lambda _month: 4.0)
    found = effect(shop, asked(shop), TODAY)
    assert found.said == "nothing"
    assert found.sentence == "No effect worth having. Mean rating: changed by less than 0.2, if at all."


def test_wide_ranges_cannot_be_told_yet(shop):
    log_ratings(shop, lambda _month: 3.5, spread=(0.9, -0.9, 0.3, -0.6, 0.8, -0.8, 0.1))
    found = effect(shop, asked(shop), TODAY)
    assert found.said == "unclear"
    assert found.sentence.startswith("Cannot tell yet. Mean rating: anything from ")
    assert found.sentence.endswith(" better.")


def test_month_it_began_in_and_the_time_to_settle_belong_to_neither_side(shop):
    log_ratings(shop, lambda _month: 3.5)
    mid = effect(shop, asked(shop, date(2025, 11, 20)), TODAY)
    assert [step.start for step in mid.of("settling")] == [date(2025, 11, 1)]
    settled = effect(shop, asked(shop, date(2025, 11, 20), settle=1), TODAY)
    assert [step.start for step in settled.of("settling")] == [date(2025, 11, 1), date(2025, 12, 1)]
    first = effect(shop, asked(shop, date(2025, 11, 1), settle=1), TODAY)
    assert [step.start for step in first.of("settling")] == [date(2025, 11, 1)]
    end = effect(shop, asked(shop, date(2025, 1, 31), settle=1), TODAY)
    assert end.of("after")[0].start == date(2025, 3, 1)  # there is no 31 February


def test_bad_months_just_before_are_left_out_unless_the_owner_says_otherwise(shop):
    bad = date(2025, 11, 1)
    log_ratings(shop, lambda month: 2.4 if month == bad else 3.6)
    proposed = effect(shop, asked(shop), TODAY)
    assert [step.start for step in proposed.of("left_out")] == [bad]
    assert proposed.said == "nothing"
    assert "Left out of the time before: Nov 2025." in proposed.caveats[0]
    kept_in = effect(shop, asked(shop, left_out=()), TODAY)
    assert kept_in.of("left_out") == ()
    assert [step.start for step in kept_in.steps if step.proposed] == [bad]
    assert kept_in.measured.change > proposed.measured.change + 0.05


def test_good_months_before_are_never_proposed(shop):
    log_ratings(shop, lambda month: 4.8 if month == date(2025, 11, 1) else 3.6)
    assert not any(step.proposed for step in effect(shop, asked(shop), TODAY).steps)


def test_too_early_says_when_to_look_again(shop):
    log_ratings(shop, lambda _month: 3.5)
    found = effect(shop, asked(shop, date(2026, 4, 1)), TODAY)  # April and May are over
    assert (found.said, found.need, found.ready) == ("early", 2, date(2026, 8, 1))
    assert found.sentence == "Too early to say: 2 months still to come. Look again from 1 Aug 2026 on."
    assert found.measured is None
    just_now = effect(shop, asked(shop, TODAY, settle=1), TODAY)  # after 17 July: August to November
    assert (just_now.need, just_now.ready) == (4, date(2026, 12, 1))


def test_too_little_before_can_never_be_told(shop):
    log_ratings(shop, lambda _month: 3.5)
    found = effect(shop, asked(shop, date(2024, 10, 1)), TODAY)
    assert found.said == "never"
    assert found.sentence == ("This cannot be told: of the time before, 4 months can be compared, and it takes 6.")


def test_figure_without_anything_is_empty(shop):
    assert effect(shop, asked(shop), TODAY).said == "empty"


def test_unknown_figure_is_said_to_be_gone(shop):
    with pytest.raises(UserError, match="no longer there"):
        effect(shop, Ask("theme:gone", TODAY), TODAY)


def test_earlier_climb_is_allowed_for_and_both_are_said(shop):
    log_ratings(shop, lambda month: 2.6 + 0.06 * MONTHS.index(month), spread=(0.02, -0.02, 0.01))
    found = effect(shop, asked(shop), TODAY)
    assert found.measured.change > 0.6
    assert found.with_trend.change == pytest.approx(0, abs=0.05)
    assert "It had been going up before by itself. Beyond that: no effect worth having." in found.more


def test_season_is_not_ruled_out_below_a_year_on_either_side(shop):
    log_ratings(shop, lambda month: 3.4 if month < date(2025, 12, 1) else 4.0)
    found = effect(shop, asked(shop), TODAY)
    assert any("season is not ruled out" in caveat for caveat in found.caveats)
    assert "Against the same time a year before, 6 of 6 are better." in found.more
    whole_years = effect(shop, asked(shop, date(2025, 6, 1)), TODAY)
    assert not any("season" in caveat for caveat in whole_years.caveats)
    assert whole_years.more[0].endswith("Clear.")


def log_complaints(shop, count):
    """40 customers who are active all the time, and `count(month)` complaints each month."""

    def work(op):
        people = [add_customer(op, f"Customer {number}") for number in range(40)]
        number = 0
        for month in MONTHS:
            if month.month in (6, 12):
                for person in people:
                    op.insert("entries", {"date": month.isoformat(), "customer_id": person})
            for _each in range(count(month)):
                number += 1
                add_complaint(op, number, month.replace(day=3), {})

    shop.run("Log", work)


def test_complaints_are_compared_as_rates_per_customer(shop):
    log_complaints(shop, lambda month: (4 if month.month % 2 else 3) if month < date(2025, 12, 1) else month.month % 2)
    found = effect(shop, Ask("complaints", date(2025, 12, 1), settle=0), TODAY)
    assert found.measured.rate
    assert found.measured.change == pytest.approx((3 / 6) / (63 / 18), rel=0.01)
    assert found.said == "worked"
    assert found.sentence == "It worked. Complaints per 100 customers: fewer by 51% to 96%."
    assert found.more[0].startswith("18 months before: 8.8 per 100 on average. 6 months after: 1.2 per 100.")
    assert any("per customer" in caveat for caveat in found.caveats)


def test_rare_complaints_are_counted_by_month(shop):
    log_complaints(shop, lambda month: int(month.month in (2, 8)))
    found = effect(shop, Ask("complaints", date(2025, 6, 1), settle=0), TODAY)
    assert (found.title, found.unit) == ("Complaints", "count")
    assert found.said == "unclear"
    assert found.of("before")[0].start == date(2024, 9, 1)  # after the first, of August
    assert found.measured.before == pytest.approx(1 / 9, abs=0.01)
    assert found.sentence.endswith(" more.")


def log_factors(shop, levels):
    """Six sheets each month; `levels`: question -> month -> about what."""

    def work(op):
        people = [add_customer(op, f"Customer {number}") for number in range(6)]
        for place, month in enumerate(MONTHS):
            for turn, person in enumerate(people):
                off = CALM[place % 8] + (turn - 2.5) / 10
                values = {key: min(5.0, max(1.0, level(month) + off)) for key, level in levels.items()}
                add_sheet(op, month.replace(day=5), values, customer_id=person)

    shop.run("Log", work)


def test_what_changed_everywhere_is_not_the_actions_doing(shop):
    later = date(2025, 12, 1)
    log_factors(shop, {"quality": lambda m: 3.0 + 0.6 * (m >= later), "support": lambda m: 3.2 + 0.6 * (m >= later)})
    found = effect(shop, Ask("factor:quality", later, settle=0, untouched="factor:support"), TODAY)
    assert found.said == "worked"
    assert found.beyond.change == pytest.approx(0, abs=0.01)
    assert found.more[1] == "Against Helpful people, which was left alone: no effect worth having."


def test_burdens_are_better_when_lower_also_beside_gains(shop):
    later = date(2025, 12, 1)
    log_factors(shop, {"waiting": lambda m: 3.6 - 0.8 * (m >= later), "quality": lambda m: 3.0 + 0.3 * (m >= later)})
    found = effect(shop, Ask("factor:waiting", later, settle=0, untouched="factor:quality"), TODAY)
    assert found.said == "worked"
    assert found.measured.change == pytest.approx(-0.8, abs=0.05)
    assert "better by" in found.sentence
    assert found.beyond.change == pytest.approx(-0.5, abs=0.05)  # 0.3 better than that by itself


def test_only_figures_of_the_same_sort_can_be_the_untouched_one(shop):
    log_factors(shop, {"quality": lambda _m: 3.0, "support": lambda _m: 3.0})
    groups = store_kinds.catalogue(shop)
    assert [kind.key for kind in untouched_choices(groups, "factor:quality")] == ["factor:support"]
    assert {kind.key for kind in untouched_choices(groups, "worth")} == {"benefits", "costs", "drawbacks"}
    assert untouched_choices(groups, "rating") == ()


def test_what_else_happened_is_listed_without_the_note_itself(shop):
    log_ratings(shop, lambda _month: 3.5)
    ask = asked(shop)
    note(shop, date(2025, 9, 4), "Flour dearer")
    note(shop, date(2020, 1, 1), "Long ago")
    shop.run(
        "Act",
        lambda op: op.insert(
            "actions", {"name": "New oven", "started": "2026-01-05", "done": "2026-02-10", "status": "done"}
        ),
    )
    found = effect(shop, ask, TODAY)
    assert [(one.date.isoformat(), one.text) for one in found.else_changed] == [
        ("2025-09-04", "Flour dearer"), ("2026-01-05", "New oven"), ("2026-02-10", "Done: New oven"),
    ]  # fmt: skip
    assert "3 other things happened" in found.caveats[-1]


def test_filter_narrows_the_figure_but_not_its_time(shop):
    log_ratings(shop, lambda month: 3.4 if month < date(2025, 12, 1) else 4.0)
    ask = asked(shop)
    narrow = Filter(Period(date(2026, 5, 1), TODAY))
    assert effect(shop, ask, TODAY, narrow).measured == effect(shop, ask, TODAY).measured
    offering = shop.run("Add", lambda op: catalogue.ensure(op, "offerings", "Bread")).result
    assert effect(shop, ask, TODAY, Filter(default_period(shop, TODAY), offering=offering)).said == "empty"


def test_how_it_was_asked_is_kept_and_can_be_taken_back(shop):
    log_ratings(shop, lambda _month: 3.5)
    kept = note(shop, date(2025, 12, 1))
    assert usual(shop, kept).series == "net"
    first = Ask("rating", kept.date, kept.id, None, 2, (date(2025, 11, 1),), "")
    shop.run("Ask", lambda op: save(op, first))
    assert usual(shop, kept) == first
    again = Ask("rating", kept.date, kept.id, None, 0, (), "")
    shop.run("Ask", lambda op: save(op, again))
    assert usual(shop, kept) == again
    assert shop.value("SELECT count(*) FROM effects") == 1
    shop.undo()
    assert usual(shop, kept) == first
    shop.run("Forget", lambda op: forget(op, first))
    assert usual(shop, kept, "rating") == Ask("rating", kept.date, kept.id)
    shop.undo()
    assert usual(shop, kept) == first
    with pytest.raises(UserError, match="settle"):
        shop.run("Ask", lambda op: save(op, Ask("rating", kept.date, kept.id, settle=4)))


def test_action_without_a_note_is_asked_about_what_it_was_to_lift(shop):
    log_factors(shop, {"quality": lambda _m: 3.0, "waiting": lambda _m: 3.0})

    def act(op):
        action = op.insert("actions", {"name": "Second till", "started": "2025-12-01", "status": "started"})
        factor = op.value("SELECT id FROM factors WHERE key = 'waiting'")
        op.insert("action_lifts", {"action_id": action, "factor_id": factor, "low": 0.1, "likely": 0.4, "high": 0.8})

    shop.run("Act", act)
    subject = store_notes.notes(shop)[0]
    ask = usual(shop, subject)
    assert (ask.series, ask.note_id, ask.action_id) == ("factor:waiting", None, subject.action_id)
    shop.run("Ask", lambda op: save(op, ask))
    assert usual(shop, subject) == ask


def test_a_note_taken_away_takes_its_question_with_it(shop):
    kept = note(shop, date(2025, 12, 1))
    shop.run("Ask", lambda op: save(op, Ask("rating", kept.date, kept.id)))
    shop.run("Away", lambda op: store_notes.delete(op, kept.id))
    assert shop.value("SELECT count(*) FROM effects") == 0
    shop.undo()
    assert shop.value("SELECT count(*) FROM effects") == 1


def test_only_two_years_on_either_side_are_compared(shop):
    months = steps_between(date(2019, 1, 1), TODAY)
    log_ratings(shop, lambda month: 2.0 if month < date(2020, 6, 1) else 3.5, months)
    found = effect(shop, asked(shop, date(2022, 6, 1)), TODAY)
    assert (found.of("before")[0].start, found.of("before")[-1].start) == (date(2020, 6, 1), date(2022, 5, 1))
    assert (found.of("after")[0].start, found.of("after")[-1].start) == (date(2022, 6, 1), date(2024, 5, 1))
    assert found.measured.before == pytest.approx(3.5, abs=0.02)
    assert found.steps[0].start == date(2019, 6, 1)
    assert found.steps[-1].part in ("after", "running")
