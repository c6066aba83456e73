"""What the latest phase of a series shows: the order of the verdicts, seasons, phases, and what to keep in mind."""

import math
import random
from dataclasses import replace
from datetime import date

import pytest

from cvdesk.figures.kept import to_text
from cvdesk.trends.judge import judged
from cvdesk.trends.records import Verdict
from cvdesk.trends.records_series import Begun, Kind
from tests.trends.stretches import COSTS, around, stretch

CSAT = Kind("csat", "Good ratings", "share", chart="p")


def name(values, **about):
    return judged([stretch(values, **about)]).verdict.name


def test_nothing_to_judge():
    found = judged([])
    assert (found.verdict, found.sentence) == (None, "Nothing to show yet.")


def test_seven_points_are_too_early_and_eight_are_judged():
    assert name(around(3, count=7)) == "early"
    assert name(around(3, count=8)) == "none"


def test_points_alike_are_too_coarse():
    assert name([3.0] * 12) == "coarse"


def test_a_rule_and_a_sure_change_are_real():
    found = judged([stretch([*around(3), *around(4, count=6)])])
    assert found.verdict.name == "real"
    assert found.verdict.since == date(2025, 1, 1)
    assert found.verdict.before == pytest.approx(3.0)
    assert found.verdict.after == pytest.approx(sum(around(4, count=6)) / 6)
    assert found.verdict.confidence >= 0.95


def test_one_point_outside_is_unusual_and_never_a_change():
    values = [*around(3), *around(3, count=6)]
    values[14] = 1.5
    verdict = judged([stretch(values)]).verdict
    assert verdict == replace(
        verdict, name="unusual", since=date(2025, 3, 1), after=1.5, before=pytest.approx(3.0), opened=False
    )


RUN = [2.9, 2.7, 3.2, 2.9, 3.1, 2.7, 2.9, 3.3, 3.3, 2.7, 2.7, 3.0, 3.3, 3.2, 3.3, 3.0, 3.3, 3.4, 3.1, 2.9, 3.0, 3.4]
EDGE = [3.0, 3.3, 3.1, 3.0, 3.0, 3.0, 2.8, 2.8, 3.1, 2.9, 2.9, 3.2, 3.2, 3.5, 3.2, 3.5, 3.3, 2.8, 3.4, 3.2, 2.8, 3.2]
SURE = [2.8, 2.9, 3.1, 3.0, 3.1, 3.2, 3.2, 2.7, 3.1, 2.6, 3.0, 3.4, 3.2, 3.1, 3.2, 3.2, 3.2, 3.0, 3.4, 3.4, 3.2, 3.3]


@pytest.mark.parametrize(
    ("values", "said"),
    [
        (RUN, "8 months in a row above the middle, from December 2024 to July."),
        (EDGE, "3 of the 4 months up to July lie near the upper edge of the ordinary range."),
        (SURE, "3.2 since about December 2024, before 3.0."),
    ],
)
def test_a_rule_without_sureness_or_sureness_without_a_rule_is_only_possible(values, said):
    found = judged([stretch(values)])
    assert found.verdict.name == "possible"
    assert found.sentence.startswith("Possible change")
    assert found.sentence.endswith(f"keep watching: {said}")


def test_an_old_run_is_not_told_in_place_of_what_happens_now():
    above = [3.2, 3.2, 3.0, 3.2, 3.2, 3.4, 3.2, 3.1, 3.3, 3.0, 3.1, 2.9, 3.0, 3.1, 3.1, 3.0, 2.8]
    values = [3.3, 3.3, 3.0, 2.8, 2.8, 3.0, 2.8, 2.7, 3.0, 3.0, 3.1, 2.8, *above, 2.6, 2.6, 2.7, 2.6]
    found = judged([stretch(values)])
    assert found.verdict.name == "possible"
    assert found.sentence.endswith("3 of the 4 months up to September lie near the lower edge of the ordinary range.")


def test_what_lies_in_the_baseline_marks_nothing():
    values = [*around(3), *around(3, count=6)]
    values[5] = 2.0
    assert name(values) == "none"


def test_only_the_last_36_points_are_judged():
    long_ago = [*around(3), 1.0, *around(3, count=36)]
    assert name(long_ago) == "none"
    assert name([*around(3), 1.0, *around(3, count=10)]) == "unusual"


def test_a_yearly_wave_of_three_years_is_no_change_and_a_shift_upon_it_is():
    calm, shifted = [], []
    for seed in range(20):
        generator = random.Random(seed)
        wave = [3 + 0.5 * math.sin(place * math.pi / 6) + generator.gauss(0, 0.1) for place in range(36)]
        calm.append(judged([stretch(wave)]))
        shifted.append(judged([stretch([value + 0.3 * (place >= 24) for place, value in enumerate(wave)])]).verdict)
    assert sum(found.verdict.name == "real" for found in calm) <= 2  # about 3 % by chance
    assert all(found.verdict.seasonal for found in calm)
    assert "What each calendar month usually brings has been allowed for." in calm[0].caveats
    assert {found.name for found in shifted} == {"real"}
    begun = [found.since for found in shifted]
    assert begun.count(date(2026, 1, 1)) >= 15
    assert set(begun) <= {date(2025, 12, 1), date(2026, 1, 1), date(2026, 2, 1)}


def test_the_same_wave_every_year_leaves_nothing_to_call_a_change():
    found = judged([stretch([3 + 0.5 * math.sin(place * math.pi / 6) for place in range(36)])])
    assert found.verdict.name == "none"
    assert found.sentence.startswith("No sign of change: next month anything from ")


@pytest.mark.parametrize("kind", [CSAT, Kind("complaints", "Complaints", "rate", less_is_better=True, chart="u")])
def test_seasons_of_shares_and_rates_are_allowed_for(kind):
    generator = random.Random(8)
    scale = 1 if kind.chart == "p" else 40
    wave = [scale * (0.4 + 0.15 * math.sin(place * math.pi / 6) + generator.gauss(0, 0.01)) for place in range(36)]
    found = judged([stretch(wave, kind=kind, n=200)])
    assert (found.verdict.name, found.verdict.seasonal) == ("none", True)


def test_below_24_months_the_season_is_left_open_and_last_year_stands_beside():
    values = [*around(3), *around(4, count=6)]
    found = judged([stretch(values)], [None] * 12 + values[:6])
    assert not found.verdict.seasonal
    assert "The season is not ruled out: that takes 24 months." in found.caveats
    assert "June 2025: 4.0; a year before: 3.0." in found.caveats
    calm = judged([stretch(around(3, count=18))])
    assert calm.caveats == ()


def test_weeks_know_no_season_and_quarters_from_24_on():
    values = [*around(3, count=24), *around(4, count=6)]
    weeks = judged([stretch(values, step="week")])
    assert (weeks.verdict.name, weeks.verdict.seasonal) == ("real", False)
    assert "The season is not ruled out." in weeks.caveats
    quarters = judged([stretch(values, step="quarter")])
    assert (quarters.verdict.name, quarters.verdict.seasonal) == ("real", True)
    assert "What each quarter of the year usually brings has been allowed for." in quarters.caveats
    assert not judged([stretch(values[-20:], step="quarter")]).verdict.seasonal


def test_below_12_points_the_range_is_provisional():
    assert judged([stretch(around(3, count=9))]).caveats == (
        "The ordinary range is provisional until there are 12 months.",
    )


def test_half_or_twice_as_many_answers_are_told():
    half = judged([stretch(around(3, count=18), n=[40] * 12 + [39, 40, 41, 20, 20, 19])])
    assert half.caveats == ("Half as many answers as before, or fewer: others may be speaking.",)
    twice = judged([stretch([*around(3), *around(4, count=6)], n=[40] * 12 + [85] * 6)])
    assert twice.caveats[-1] == "At least twice as many answers as before: others may be speaking."
    customers = Kind("theme:taste", "Taste", "share", chart="p")
    assert judged([stretch(around(0.3, 0.02, 18), kind=customers, n=[40] * 12 + [85] * 6)]).caveats == ()


def test_neighbours_that_resemble_each_other_need_more_and_are_told():
    generator = random.Random(11)
    level, values = 0.0, []
    for _ in range(23):
        level = 0.85 * level + generator.gauss(0, 1)
        values.append(3 + 0.1 * level)
    found = judged([stretch(values)])
    assert found.verdict.resemblance >= 0.3
    told = any("resemble each other" in caveat for caveat in found.caveats)
    assert told == (found.verdict.name in ("real", "possible"))
    assert told


class TestPhases:
    OPENED = Verdict("real", date(2025, 1, 1), 3.0, 4.0, 2.6, 3.4, 0.999, 0.1)

    def phases(self, count, verdict="", sort="phase"):
        begun = Begun(date(2025, 1, 1), "New oven", sort, verdict)
        later = stretch(around(4, count=count), first=date(2025, 1, 1), begun=begun)
        return [stretch(around(3)), later]

    def test_the_verdict_that_opened_a_phase_stands_until_it_has_eight_points(self):
        for count in (0, 1, 7):
            found = judged(self.phases(count, to_text(self.OPENED)))
            assert found.verdict == replace(self.OPENED, opened=True)
            assert found.sentence.startswith("A real change for the better since about January")
            assert len(found.caveats) == 1
        assert found.caveats == (
            "That was found when this phase began; it has 7 of the 8 months it needs to be judged by itself.",
        )
        own = judged(self.phases(8, to_text(self.OPENED)))
        assert (own.verdict.name, own.verdict.opened) == ("none", False)

    def test_without_a_stored_verdict_a_young_phase_is_told_beside_the_range_before(self):
        found = judged(self.phases(3))
        assert found.verdict.name == "early"
        assert found.sentence == "3 months since January, all above the 2.5 to 3.5 of before: too early to say more."

    @pytest.mark.parametrize("sort", ["wording", "asked"])
    def test_a_question_asked_another_way_is_not_compared(self, sort):
        found = judged(self.phases(3, sort=sort))
        assert found.sentence == "Too early to say: 3 months so far, 8 are needed."

    @pytest.mark.parametrize("text", ["{", "[]", "{}", '{"name": "real"}', "1"])
    def test_a_stored_verdict_nobody_can_read_counts_as_none(self, text):
        assert judged(self.phases(3, text)).verdict.name == "early"


def test_days_between_complaints_are_judged_and_more_days_are_better():
    kind = Kind("complaints", "Complaints", "days", less_is_better=True, chart="between")
    generator = random.Random(2)
    rare = [round(generator.expovariate(1 / 40)) for _ in range(14)]
    often = [round(generator.expovariate(1 / 4)) for _ in range(14)]
    worse = judged([stretch([*rare, *often], kind=kind)])
    assert worse.verdict.name == "real"
    assert worse.sentence.startswith("A real change for the worse since about ")
    assert "between complaints before" in worse.sentence
    better = judged([stretch([*often, *rare], kind=kind)])
    assert better.sentence.startswith("A real change for the better since about ")


def test_a_burden_that_falls_is_better():
    found = judged([stretch([*around(3.6), *around(2.9, count=8)], kind=COSTS)])
    assert found.sentence == "A real change for the better since about January: before 3.6, after 2.9."


def test_gaps_are_not_judged_but_stay_where_they_are():
    values = [*around(3), None, *around(4, count=8)]
    found = judged([stretch(values)])
    assert found.verdict.since == date(2025, 2, 1)
