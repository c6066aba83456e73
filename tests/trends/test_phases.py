"""Phases: when one may begin, what is refused, and limits that stay until one begins (METHOD 3.4)."""

from datetime import date

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from cvdesk.errors import UserError
from cvdesk.trends import store_phases
from cvdesk.trends.months import months_between
from cvdesk.trends.records import Series, Verdict
from cvdesk.trends.store_kinds import make
from tests.figures.shop import TODAY, everything, new_shop
from tests.trends.stretches import CALM

FIRST, CHANGED = date(2024, 11, 1), date(2025, 11, 1)
OWNER = {"known": True, "wanted": True, "lasting": True}


@pytest.fixture
def shop(tmp_path):
    with new_shop(tmp_path) as opened:
        log(opened, [3 + value / 5 for value in CALM] + [4 + value / 5 for value in CALM[:6]])
        yield opened


def log(shop, levels, first=FIRST):
    """Ten ratings a month around these means."""

    def work(op):
        for month, level in zip(months_between(first, date(2030, 1, 1)), levels, strict=False):
            for number in range(10):
                day = month.replace(day=5 + number).isoformat()
                op.insert("entries", {"date": day, "rating": level + (number - 4.5) / 20})

    shop.run("Log", work)


def rating(shop, today=TODAY):
    return make(shop, "rating", everything(FIRST, today), today)


def begin(shop, starts=CHANGED, reason="New oven", series=None, **owner):
    found = rating(shop) if series is None else series
    return shop.run(
        "Begin", lambda op: store_phases.begin(op, found, starts, reason, TODAY, **{**OWNER, **owner})
    ).result  # fmt: skip


def test_a_clear_change_may_begin_a_phase_and_its_verdict_is_kept(shop):
    series = rating(shop)
    conditions = store_phases.may_begin(series)
    assert (conditions.clear, conditions.why_not, conditions.starts) == (True, "", CHANGED)
    assert not conditions.met
    phase_id = begin(shop)
    (phase,) = store_phases.phases(shop, "rating")
    assert (phase.id, phase.starts, phase.reason) == (phase_id, CHANGED, "New oven")
    assert phase.verdict == series.verdict
    begun = rating(shop)
    assert begun.verdict.opened
    assert begun.verdict.since == CHANGED
    assert begun.sentence == series.sentence
    assert len(begun.limits) == 2
    # The new range is not judged yet, and so nothing more can begin.
    assert not store_phases.may_begin(begun).clear
    with pytest.raises(UserError, match="only just begun"):
        begin(shop, date(2026, 3, 1))


def test_with_eight_points_of_its_own_the_phase_is_judged_by_itself(shop):
    begin(shop)
    log(shop, [4.05, 3.95, 4.02], date(2026, 5, 1))
    later = rating(shop, date(2026, 8, 3))
    assert (later.verdict.name, later.verdict.opened) == ("none", False)


@pytest.mark.parametrize(
    ("verdict", "why"),
    [
        (None, "too little"),
        (Verdict("early"), "too little"),
        (Verdict("none"), "not clear"),
        (Verdict("possible", CHANGED), "not clear"),
        (Verdict("unusual", CHANGED), "not clear"),
    ],
)
def test_without_a_clear_change_no_phase_begins(shop, verdict, why):
    series = Series("rating", "Mean rating", "score", rating(shop).points, (), (), (), "", verdict=verdict)
    assert why in store_phases.may_begin(series).why_not
    with pytest.raises(UserError, match=why):
        begin(shop, series=series)
    assert store_phases.phases(shop, "rating") == ()


@pytest.mark.parametrize("lacking", ["known", "wanted", "lasting"])
def test_all_of_what_only_the_owner_knows_must_be_so(shop, lacking):
    with pytest.raises(UserError, match="begins only where"):
        begin(shop, **{lacking: False})


@pytest.mark.parametrize(
    ("starts", "reason", "why"),
    [
        (CHANGED, "  ", "no reason"),
        (date(2026, 6, 18), "New oven", "future"),
        (date(2024, 10, 31), "New oven", "Nothing is known"),
        (date(2024, 11, 20), "New oven", "Nothing is known"),
    ],
)
def test_a_day_or_reason_that_will_not_do_is_refused(shop, starts, reason, why):
    with pytest.raises(UserError, match=why):
        begin(shop, starts, reason)


def test_two_phases_never_begin_in_one_month(shop):
    shop.run("Old", lambda op: op.insert("phases", {"series": "rating", "starts": "2025-01-20", "reason": "Move"}))
    with pytest.raises(UserError, match="Another phase begins in January 2025"):
        begin(shop, date(2025, 1, 5))
    shop.run("Other", lambda op: op.insert("phases", {"series": "csat", "starts": "2025-11-20", "reason": "Move"}))
    assert begin(shop)


def test_a_phase_changes_its_day_and_reason_and_keeps_its_verdict(shop):
    phase_id = begin(shop)
    before = store_phases.phases(shop, "rating")[0]
    series = rating(shop)
    shop.run("Change", lambda op: store_phases.change(op, phase_id, series, date(2025, 12, 3), " Second oven ", TODAY))
    (after,) = store_phases.phases(shop, "rating")
    assert (after.starts, after.reason, after.verdict) == (date(2025, 12, 3), "Second oven", before.verdict)
    with pytest.raises(UserError, match="future"):
        shop.run("Change", lambda op: store_phases.change(op, phase_id, series, date(2027, 1, 1), "Later", TODAY))
    shop.undo()
    assert store_phases.phases(shop, "rating") == (before,)


def test_a_phase_taken_away_leaves_everything_as_it_was(shop):
    before = rating(shop)
    phase_id = begin(shop)
    assert rating(shop) != before
    shop.run("Delete", lambda op: store_phases.delete(op, phase_id))
    assert rating(shop) == before
    shop.undo()
    assert rating(shop).verdict.opened
    shop.undo()
    assert rating(shop) == before


MONTHLY = st.lists(st.floats(1.5, 4.5).map(lambda level: round(level, 2)), min_size=13, max_size=20)


@settings(
    max_examples=8, deadline=None, suppress_health_check=list(HealthCheck), phases=(Phase.explicit, Phase.generate)
)  # fmt: skip
@given(levels=MONTHLY, more=st.lists(st.floats(1.5, 4.5), min_size=1, max_size=4), at=st.integers(13, 18))
def test_limits_stay_until_a_phase_begins_and_come_back_when_it_is_deleted(tmp_path_factory, levels, more, at):
    with new_shop(tmp_path_factory.mktemp("shop")) as shop:
        log(shop, levels)
        months = months_between(FIRST, date(2030, 1, 1))
        first = rating(shop, months[len(levels)])
        log(shop, more, months[len(levels)])
        today = months[len(levels) + len(more)]
        second = rating(shop, today)
        assert [(one.centre, one.low, one.high) for one in second.limits] == [
            (one.centre, one.low, one.high) for one in first.limits
        ]
        starts = months[min(at, len(levels) + len(more) - 1)].replace(day=17).isoformat()
        phase = shop.run(
            "Phase", lambda op: op.insert("phases", {"series": "rating", "starts": starts, "reason": "Anew"})
        ).result  # fmt: skip
        begun = rating(shop, today)
        assert [one.centre for one in begun.limits[:1]] == [one.centre for one in second.limits[:1]]
        shop.run("Delete", lambda op: store_phases.delete(op, phase))
        assert rating(shop, today) == second
