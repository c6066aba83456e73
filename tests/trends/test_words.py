"""Every sentence of a verdict, in every unit and step: what an owner repeats to a friend."""

from datetime import date

import pytest

from cvdesk.trends.records import STEPS, Verdict
from cvdesk.wording import caveats
from cvdesk.wording import verdicts as words
from cvdesk.wording.numbers import DEFAULT_LOCALE, use_locale
from cvdesk.wording.values import duration, pair, quantity, spread, when
from cvdesk.wording.verdicts import About

JULY, JUNE = date(2026, 7, 1), date(2026, 6, 1)
UNITS = ("net", "score", "share", "points", "rate", "days", "count")


def about(unit="score", step="month", good=True, last=JULY):
    return About(unit, step, good, last)


def change(before, after, since=JUNE):
    return Verdict("real", since, before, after)


@pytest.mark.parametrize(
    ("unit", "before", "after", "said"),
    [
        ("net", 1.1, 2.7, "before +1.1, after +2.7."),
        ("score", 3.6, 4.1, "before 3.6, after 4.1."),
        ("score", 4.123, 4.131, "before 4.12, after 4.13."),
        ("share", 0.87, 0.92, "before 87%, after 92%."),
        ("share", 0.871, 0.874, "before 87.1%, after 87.4%."),
        ("share", 0.002, 0.009, "before 0.2%, after 0.9%."),
        ("points", 12.2, 30.4, "before +12, after +30."),
        ("rate", 4.2, 9.84, "before 4.2 per 100, after 9.8 per 100."),
        ("days", 1.0, 2.5, "before 1 day, after 2.5 days."),
        ("count", 31.4, 48.0, "before 31, after 48."),
    ],
)
def test_a_real_change_says_both_means_in_the_unit(unit, before, after, said):
    assert words.real(about(unit), change(before, after)) == f"A real change for the better since about June: {said}"


@pytest.mark.parametrize(
    ("good", "before", "after", "direction"),
    [
        (True, 3.0, 4.0, "A real change for the better"), (True, 4.0, 3.0, "A real change for the worse"),
        (False, 3.0, 4.0, "A real change for the worse"), (False, 4.0, 3.0, "A real change for the better"),
        (None, 3.0, 4.0, "A real change"),
    ],
)  # fmt: skip
def test_burdens_are_said_in_words_and_what_is_neither_has_no_direction(good, before, after, direction):
    said = words.real(about(good=good), change(before, after))
    assert said == f"{direction} since about June: before {before:.1f}, after {after:.1f}."
    possible = words.possible_change(about(good=good), change(before, after))
    assert possible.startswith(direction.replace("A real", "Possible") + ", keep watching: ")


@pytest.mark.parametrize(
    ("step", "start", "said"),
    [
        ("month", JUNE, "June was unusual (2.1): look for what happened that month."),
        ("month", date(2025, 6, 1), "June 2025 was unusual (2.1): look for what happened that month."),
        ("week", date(2026, 6, 8), "The week of 8 Jun was unusual (2.1): look for what happened that week."),
        ("quarter", date(2026, 4, 1), "Q2 was unusual (2.1): look for what happened in that quarter."),
        ("quarter", date(2025, 4, 1), "Q2 2025 was unusual (2.1): look for what happened in that quarter."),
    ],
)
def test_an_unusual_point_is_named_with_its_time(step, start, said):
    assert words.unusual(about(step=step), [(start, 2.1)]) == said


def test_several_unusual_points_are_named_and_many_counted():
    points = [(date(2026, month, 1), month / 2) for month in range(1, 6)]
    assert words.unusual(about(), points[:2]) == (
        "January and February were unusual (0.5 and 1.0): look for what happened in those months."
    )
    assert words.unusual(about(), points) == (
        "5 months were unusual, lately March, April and May (1.5, 2.0 and 2.5): look for what happened in them."
    )


def test_possible_changes_say_what_the_chart_shows():
    assert words.possible_run(about(), date(2025, 11, 1), JULY, 9, above=True) == (
        "Possible change, keep watching: 9 months in a row above the middle since November 2025."
    )
    assert words.possible_run(about(step="week"), date(2026, 3, 2), date(2026, 4, 27), 9, above=False) == (
        "Possible change, keep watching: 9 weeks in a row below the middle, from the week of 2 Mar to the week of"
        " 27 Apr."
    )
    assert words.possible_edge(about(), JUNE, above=False) == (
        "Possible change, keep watching: 3 of the 4 months up to June lie near the lower edge of the ordinary range."
    )


@pytest.mark.parametrize(
    ("unit", "low", "high", "said"),
    [
        ("score", 3.4, 4.2, "anything from 3.4 to 4.2"),
        ("net", -0.4, 2.1, "anything from −0.4 to +2.1"),
        ("share", 0.6, 0.8, "anything from 60% to 80%"),
        ("share", 0.0, 0.12, "anything up to 12%"),
        ("points", -12.0, 40.0, "anything from −12 to +40"),
        ("rate", 0.0, 9.8, "anything up to 9.8 per 100"),
        ("rate", 1.2, 9.8, "anything from 1.2 to 9.8 per 100"),
        ("days", 2.0, 5.5, "anything from 2 to 5.5 days"),
        ("count", 18.3, 41.9, "anything from 18 to 42"),
    ],
)
def test_no_sign_of_change_says_what_would_be_ordinary(unit, low, high, said):
    assert words.none(about(unit), low, high) == f"No sign of change: next month {said} would be ordinary."
    assert words.none(about(unit, "week"), low, high) == f"No sign of change: next week {said} would be ordinary."
    assert words.none(about(unit, "quarter"), low, high) == f"No sign of change: next quarter {said} would be ordinary."


def test_days_between_complaints_are_said_as_people_say_them():
    between = about("days", "between", good=True)
    assert words.none(between, 0.4, 121.0, 18.2) == (
        "No sign of change: on average 18 days between complaints; anything from 1 day to 4 months is ordinary."
    )
    assert words.real(between, change(62.0, 9.0, date(2026, 3, 14))) == (
        "A real change for the worse since about 14 Mar: 2 months between complaints before, 9 days after."
    )
    assert words.unusual(between, [(date(2026, 3, 14), 240.0)]) == (
        "8 months from one complaint to the next was unusual (up to 14 Mar): look for what happened then."
    )
    assert words.early(between, 3) == "Too early to say: 3 times between complaints so far, 8 are needed."
    assert [duration(days) for days in (1, 1.4, 59, 61, 400, 800)] == [
        "1 day", "1 day", "59 days", "2 months", "13 months", "2 years",
    ]  # fmt: skip


def test_too_early_counts_in_the_words_of_the_step():
    assert words.early(about(), 1) == "Too early to say: 1 month so far, 8 are needed."
    assert words.early(about(step="week"), 5) == "Too early to say: 5 weeks so far, 8 are needed."
    assert words.early(about(step="quarter"), 2) == "Too early to say: 2 quarters so far, 8 are needed."
    assert words.early(about(), 0) == "Too early to say: nothing to judge yet, 8 months are needed."


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ([2.6, 2.8], "2 months since July, all above the +0.4 to +1.8 of before"),
        ([2.6], "1 month since July, above the +0.4 to +1.8 of before"),
        ([-2.0, -1.9], "2 months since July, all below the +0.4 to +1.8 of before"),
        (
            [1.0, 2.8, 1.1],
            "3 months since July, 1 of them outside the +0.4 to +1.8 of before",
        ),
        ([1.0, 1.1], "2 months since July, within the +0.4 to +1.8 of before"),
    ],
)
def test_a_young_phase_is_said_beside_the_range_before(values, said):
    assert words.young(about("net"), JULY, values, 0.4, 1.8) == f"{said}: too early to say more."


@pytest.mark.parametrize(
    ("name", "better", "said"),
    [
        ("real", True, "better since about June"),
        ("real", False, "worse since about June"),
        ("real", None, "changed since about June"),
        ("unusual", False, "June was unusual"),
    ],
)
def test_a_signal_has_a_headline(name, better, said):
    assert words.headline("month", Verdict(name, JUNE), better, JULY) == said


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("step", [*STEPS, "between"])
def test_every_sentence_stands_in_every_unit_and_step(unit, step):
    one = about(unit, step)
    said = [
        words.early(one, 3), words.coarse(one), words.real(one, change(0.2, 0.4)), words.unusual(one, [(JUNE, 0.3)]),
        words.possible_change(one, change(0.4, 0.2)), words.possible_run(one, JUNE, JULY, 8, above=True),
        words.possible_edge(one, JULY, above=True), words.none(one, 0.1, 0.6, 0.3),
        words.young(one, JUNE, [0.5], 0.1, 0.4), caveats.alike(one), caveats.provisional(one, 12),
        caveats.season_open(one), caveats.opened(one, 3, 8), caveats.opened(one, 0, 8),
        caveats.year_ago(one, JUNE, 1, 2),
    ]  # fmt: skip
    for sentence in said:
        assert sentence.endswith(".")
        assert sentence[0].isupper() or sentence[0].isdigit()
        assert "{" not in sentence
        assert "significant" not in sentence.lower()
        assert "  " not in sentence


def test_numbers_and_months_follow_the_locale():
    try:
        use_locale("de_DE")
        assert quantity("score", 4.25) == "4,3"
        assert spread("share", 0.6, 0.8) == "anything from 60\u00a0% to 80\u00a0%"
        assert pair("share", 0.871, 0.874) == ("87,1\u00a0%", "87,4\u00a0%")
        assert when(JUNE, "month", None) == "Juni 2026"
    finally:
        use_locale(DEFAULT_LOCALE)
