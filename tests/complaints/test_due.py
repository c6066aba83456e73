"""Deadlines: counted in calendar days or in open days, moved with the severity; overdue means the same everywhere."""

from __future__ import annotations

import random
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as some

from cvdesk.catalogue.records import Filter, Period
from cvdesk.complaints import store
from cvdesk.complaints.records_due import (
    ACKNOWLEDGE,
    RESOLVE,
    Deadline,
    Opening,
    Targets,
    deadline_in_words,
    deadline_of,
    next_deadline,
    read_clock,
    spans,
)
from cvdesk.complaints.store_due import open_and_overdue
from cvdesk.complaints.store_list import ComplaintList, ComplaintQuery
from cvdesk.complaints.store_targets import save_targets, targets
from cvdesk.figures import store as figures
from cvdesk.reports import store as reports
from cvdesk.shell import store_needs as home

DAY = date(2026, 11, 2)  # a Monday
HOURS = ("08:00", "17:30")
WEEK = (*((HOURS,) * 5), ("08:00", "12:00"), None)
ONE_DAY = timedelta(days=1)
days = some.dates(date(2020, 1, 1), date(2030, 12, 31))
times = some.none() | some.builds("{:02d}:{:02d}".format, some.integers(0, 23), some.integers(0, 59))
weeks = some.lists(some.sampled_from([None, HOURS, ("10:00", "20:00")]), min_size=7, max_size=7).filter(any)
openings = some.builds(
    Opening, weeks.map(tuple), some.frozensets(some.dates(date(2026, 10, 20), date(2026, 11, 20)), max_size=12)
)


def test_in_calendar_days_opening_hours_do_not_matter():
    aims = Targets({"minor": 2}, {"minor": 14}, opening=Opening(WEEK))
    assert aims.acknowledge_by(DAY, "minor", "23:00") == DAY + 2 * ONE_DAY
    assert aims.resolve_by(DAY, "minor") == DAY + 14 * ONE_DAY


@pytest.mark.parametrize(
    ("received", "time", "within", "due"),
    [
        (date(2026, 11, 2), "10:00", 2, date(2026, 11, 4)),
        (date(2026, 11, 2), "18:00", 2, date(2026, 11, 5)),  # after closing: it counts from Tuesday
        (date(2026, 11, 2), "07:00", 2, date(2026, 11, 4)),  # before opening is the same day
        (date(2026, 11, 2), None, 2, date(2026, 11, 4)),
        (date(2026, 11, 6), "10:00", 2, date(2026, 11, 9)),  # Friday: Saturday counts, Sunday does not
        (date(2026, 11, 7), "12:00", 1, date(2026, 11, 10)),  # Saturday at closing time: from Monday on
        (date(2026, 11, 8), None, 0, date(2026, 11, 9)),  # Sunday, at once: on Monday
        (date(2026, 12, 23), "10:00", 2, date(2026, 12, 28)),  # Christmas is shut
    ],
)
def test_open_days_are_counted_from_the_next_opening(received, time, within, due):
    shut = Opening(WEEK, frozenset({date(2026, 12, 25), date(2026, 12, 26)}))
    aims = Targets({"minor": within}, {"minor": within}, True, shut)
    assert aims.acknowledge_by(received, "minor", time) == due
    assert aims.resolve_by(received, "minor", time) == due


@given(openings, days, times, some.integers(0, 60))
def test_a_deadline_in_open_days_is_open_and_exactly_so_many_open_days_away(opening, received, time, within):
    aims = Targets({"minor": within}, {"minor": within + 1}, True, opening)
    due, start = aims.acknowledge_by(received, "minor", time), opening.counts_from(received, time)
    assert opening.open_on(due)
    assert opening.open_on(start)
    assert received <= start <= due
    between = [start + place * ONE_DAY for place in range(1, (due - start).days + 1)]
    assert sum(opening.open_on(day) for day in between) == within
    assert due < aims.resolve_by(received, "minor", time)
    assert due <= aims.acknowledge_by(received + ONE_DAY, "minor", time)


@given(days, some.integers(0, 60))
def test_open_every_day_is_the_same_as_the_calendar(received, within):
    always = Opening((("00:00", "24:00"),) * 7)
    for time in (None, "00:00", "23:59"):
        assert Targets({"minor": within}, {}, True, always).acknowledge_by(received, "minor", time) == Targets(
            {"minor": within}, {}
        ).acknowledge_by(received)


@given(some.sets(days, max_size=20))
def test_stretches_of_days_hold_the_same_days(chosen):
    found = spans(chosen)
    listed = [start + place * ONE_DAY for start, end in found for place in range((end - start).days + 1)]
    assert listed == sorted(chosen)
    assert all(end + ONE_DAY < start for (_first, end), (start, _last) in pairwise(found))


@pytest.mark.parametrize(
    ("typed", "read"),
    [("", None), ("14:05", "14:05"), ("9", "09:00"), ("2.30 pm", "14:30"), ("12 am", "00:00"), ("12pm", "12:00")],
)
def test_a_time_is_read_as_people_write_it(typed, read):
    assert read_clock(typed) == read


@pytest.mark.parametrize("typed", ["25:00", "noonish", "13 pm", "9:75"])
def test_what_is_no_time_is_refused(typed):
    with pytest.raises(ValueError, match=typed):
        read_clock(typed)


def test_opening_hours_that_cannot_be_are_said():
    assert set(Opening((None,) * 7).problems()) == {"hours"}
    assert set(Opening((("17:00", "09:00"), *((None,) * 6))).problems()) == {"0"}
    assert Opening(WEEK).problems() == {}


def test_targets_are_kept_and_set_the_deadlines_of_new_cases(file, add):
    chosen = Targets(
        {"minor": 1, "moderate": 1, "serious": 0},
        {"minor": 5, "moderate": 4, "serious": 1},
        True,
        Opening(WEEK, frozenset({DAY + ONE_DAY})),
    )
    before = add()
    file.run("Targets", lambda op: save_targets(op, chosen))
    assert targets(file) == chosen
    case, serious = store.get(file, add()), store.get(file, add(severity="serious", time="17:45"))
    assert (case.acknowledge_by, case.resolve_by) == (DAY + 2 * ONE_DAY, DAY + 7 * ONE_DAY)
    assert (serious.acknowledge_by, serious.resolve_by) == (DAY + 2 * ONE_DAY, DAY + 3 * ONE_DAY)
    assert store.get(file, before).resolve_by == DAY + 14 * ONE_DAY  # open already: it keeps its dates


def test_open_cases_take_new_dates_only_when_asked_and_settled_ones_never(file, add, step):
    case, settled = add(), add()
    step(settled, "resolved", DAY)
    new = Targets({"minor": 1, "moderate": 1, "serious": 1}, {"minor": 5, "moderate": 4, "serious": 1})
    file.run("Targets", lambda op: save_targets(op, new, move_open=True))
    assert (store.get(file, case).acknowledge_by, store.get(file, case).resolve_by) == (
        DAY + ONE_DAY,
        DAY + 5 * ONE_DAY,
    )
    assert store.get(file, settled).resolve_by == DAY + 14 * ONE_DAY
    file.undo()
    assert targets(file) == Targets()
    assert store.get(file, case).resolve_by == DAY + 14 * ONE_DAY


def test_a_case_from_before_new_targets_takes_the_new_ones_with_another_severity(file, add, step):
    case = add()
    file.run("Targets", lambda op: save_targets(op, Targets(resolve={"minor": 20, "moderate": 9, "serious": 1})))
    step(case, "assessed", DAY, valid=True, severity="serious")
    assert store.get(file, case).resolve_by == DAY + ONE_DAY


def test_a_reopened_case_counts_from_the_day_it_was_reopened(file, add, step):
    case = add()
    step(case, "resolved", DAY + ONE_DAY)
    step(case, "reopened", DAY + 10 * ONE_DAY)
    step(case, "assessed", DAY + 11 * ONE_DAY, valid=True, severity="serious")
    assert store.get(file, case).resolve_by == DAY + 13 * ONE_DAY


def test_the_deadline_that_comes_first_is_named():
    late, later = DAY - 2 * ONE_DAY, DAY + 5 * ONE_DAY
    assert next_deadline(False, late, later) == Deadline(ACKNOWLEDGE, late)
    assert next_deadline(True, late, later) == Deadline(RESOLVE, later)
    assert next_deadline(False, None, later) == Deadline(RESOLVE, later)
    assert next_deadline(True, late, None) is None
    assert deadline_of("resolved", late, later) is None
    words = [deadline_in_words(Deadline(*one), DAY) for one in ((ACKNOWLEDGE, late), (RESOLVE, later))]
    assert words == ["Acknowledge: 2 days overdue", "Resolve: in 5 days"]


@pytest.mark.parametrize("seed", range(6))
def test_list_title_home_figures_and_register_agree_on_what_is_open_and_overdue(file, add, step, seed):
    """Random cases, among them ones never acknowledged and ones without one of the two dates."""
    rng = random.Random(seed)
    today = DAY + 18 * ONE_DAY
    ids = []
    for _case in range(25):
        received = today - rng.randrange(20) * ONE_DAY
        case = add(date=received, severity=rng.choice(("minor", "moderate", "serious")))
        ids.append(case)
        day = received
        for stage in ("acknowledged", "assessed", "resolved", "told", "closed")[: rng.randrange(6)]:
            day = min(today, day + rng.randrange(4) * ONE_DAY)
            if stage != "acknowledged" or rng.random() < 0.6:
                step(case, stage, day, **({"valid": True} if stage == "assessed" else {}))
        if store.get(file, case).stage in ("resolved", "told", "closed") and rng.random() < 0.3:
            step(case, "reopened", day)
        if rng.random() < 0.3:
            gone = rng.choice(("acknowledge_by", "resolve_by"))
            file.run("Without", lambda op, case=case, gone=gone: op.update("complaints", case, {gone: None}))
    whole = Filter(Period(DAY - 90 * ONE_DAY, today))
    late = [case for case in ids if store.get(file, case).overdue(today)]
    still_open = [case for case in ids if store.get(file, case).open]
    assert late
    assert open_and_overdue(file, today) == (len(still_open), len(late))
    assert sorted(ComplaintList(file, ComplaintQuery(state="overdue"), today).ids()) == sorted(late)
    assert sorted(ComplaintList(file, ComplaintQuery(state="open"), today).ids()) == sorted(still_open)
    everything = ComplaintList(file, ComplaintQuery(), today).fetch(0, 100)
    assert {row.id for row in everything if row.overdue} == set(late)
    assert all(row.overdue == (row.deadline is not None and row.deadline.day < today) for row in everything)
    at_home = [need for need in home.needs(file, today).first if need.sort == "complaints"]
    assert {need.record for need in at_home if need.late} == set(late)
    assert {need.record: need.date for need in at_home if need.late} == {
        row.id: row.deadline.day for row in everything if row.overdue and row.deadline
    }
    counted = figures.gather(file, whole, today).complaints
    assert (counted.open, counted.overdue) == (len(still_open), len(late))
    register = reports.register(file, whole, today).lines
    numbers = {store.get(file, case).number for case in late}
    assert {line.number for line in register if line.overdue} == numbers
    assert {line.number: line.due for line in register if line.overdue} == {
        row.number: row.deadline.day for row in everything if row.overdue and row.deadline
    }
