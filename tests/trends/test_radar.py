"""The radar: a planted change is told with the words that caused it, noise is not; seen and undone."""

import random
from dataclasses import replace
from datetime import date

import pytest

from cvdesk.figures.kept import from_text, to_text
from cvdesk.themes import store as themes
from cvdesk.themes import store_manage
from cvdesk.trends import store_phases, store_radar
from cvdesk.trends.months import months_between
from cvdesk.trends.radar import Ref, Signal, Sweep, chance, folded, looked_at_words, may_be_season, tells
from cvdesk.trends.records import Point, Series, Verdict
from cvdesk.trends.store_kinds import make
from cvdesk.trends.store_radar_quotes import LONGEST, quotes, refs, short
from tests.figures.shop import TODAY, add_complaint, add_customer, add_sheet, new_shop

WORSE_FROM = date(2026, 1, 1)
WORDS = ("Much too salty since the winter.", "The crust is burnt every time now.", "Stale at nine in the morning!")


@pytest.fixture
def shop(tmp_path):
    with new_shop(tmp_path) as opened:
        yield opened


def log(shop, shift=0.0, first=date(2024, 11, 1), seed=4):
    """Thirteen ratings a month to May 2026, lower by `shift` from January 2026 on, then with words."""
    generator = random.Random(seed)

    def work(op):
        for month in months_between(first, date(2026, 5, 31)):
            worse = month >= WORSE_FROM
            level = 3.5 + generator.gauss(0, 0.1) - (shift if worse else 0)
            for number in range(12):
                rating = min(5.0, max(1.0, level + (number - 5.5) / 10))
                text = WORDS[number] if worse and number < len(WORDS) else ""
                day = month.replace(day=3 + number)
                op.insert("entries", {"date": str(day), "rating": rating, "text": text})
            op.insert("entries", {"date": str(month.replace(day=28)), "rating": 5.0, "text": "Lovely as ever."})

    shop.run("Log", work)


def told(shop):
    found = store_radar.sweep(shop, TODAY)
    assert found is not None
    return {signal.series: signal for signal in found.found}


def test_a_planted_change_is_told_with_the_words_that_caused_it(shop):
    log(shop, shift=0.9)
    signal = told(shop)["rating"]
    assert (signal.verdict, signal.since, signal.better) == ("real", WORSE_FROM, False)
    assert (signal.title, signal.headline) == ("Mean rating", "worse since about January")
    assert signal.sentence == make(shop, "rating", store_radar.whole_business(TODAY), TODAY).sentence
    assert signal.sentence.startswith("A real change for the worse since about January: before 3.6, after 2.8.")
    store_radar.sweep_and_keep(shop, TODAY)
    (kept,) = [one for one in store_radar.signals(shop, TODAY) if one.series == "rating"]
    assert sorted(kept.quotes) == sorted(WORDS)


def test_noise_is_not_told(shop):
    log(shop)
    assert told(shop) == {}


def test_an_unusual_month_is_told_only_while_it_is_the_last(shop):
    log(shop)
    days = [f"2026-05-{day:02}" for day in range(1, 29)]
    shop.run("Log", lambda op: [op.insert("entries", {"date": day, "rating": 1.0, "text": "Shut."}) for day in days])
    signal = told(shop)["rating"]
    assert (signal.verdict, signal.since, signal.better) == ("unusual", date(2026, 5, 1), False)
    later = store_radar.sweep(shop, date(2026, 7, 17))
    assert [one for one in later.found if one.series == "rating"]  # June has no ratings: May is still the last with any
    shop.run("Log", lambda op: [
        op.insert("entries", {"date": f"2026-06-{day:02}", "rating": 3.5}) for day in range(1, 12)
    ])  # fmt: skip
    assert [one for one in store_radar.sweep(shop, date(2026, 7, 17)).found if one.series == "rating"] == []


def test_what_was_seen_is_not_told_again_until_it_is_taken_back(shop):
    log(shop, shift=0.9)
    store_radar.sweep_and_keep(shop, TODAY)
    (signal,) = store_radar.signals(shop, TODAY)
    shop.run("Seen", lambda op: store_radar.mark_seen(op, signal))
    assert shop.run("Seen", lambda op: store_radar.mark_seen(op, signal)).operation_id == 0
    assert store_radar.signals(shop, TODAY) == ()
    assert told(shop) == {}
    moved = replace(signal, since=date(2026, 2, 1))
    store_radar.keep(shop, Sweep(1, (moved,), TODAY, 0.1))
    assert store_radar.signals(shop, TODAY) == ()  # the same change, which now seems to begin a month later
    shop.undo()
    assert [one.series for one in store_radar.signals(shop, TODAY)] == ["rating"]
    assert list(told(shop)) == ["rating"]


def test_what_opened_a_phase_is_known(shop):
    log(shop, shift=0.9)
    store_radar.sweep_and_keep(shop, TODAY)
    series = make(shop, "rating", store_radar.whole_business(TODAY), TODAY)
    shop.run("Phase", lambda op: store_phases.begin(
        op, series, WORSE_FROM, "New baker", TODAY, known=True, wanted=True, lasting=True
    ))  # fmt: skip
    assert store_radar.signals(shop, TODAY) == ()
    assert told(shop) == {}
    shop.undo()
    assert len(store_radar.signals(shop, TODAY)) == 1


def test_erased_words_are_not_quoted_from_what_was_kept(shop):
    log(shop, shift=0.9)
    store_radar.sweep_and_keep(shop, TODAY)
    (signal,) = store_radar.signals(shop, TODAY)
    gone = signal.refs[0]
    shop.run("Erase", lambda op: op.delete(gone.table, gone.id))
    (later,) = store_radar.signals(shop, TODAY)
    assert len(later.quotes) == len(signal.quotes) - 1
    kept = shop.value("SELECT value FROM kept_figures WHERE operation_id = -1")
    assert not any(words in kept for words in WORDS)


def test_a_theme_that_went_into_another_since_the_sweep_is_not_told(shop):
    one, other = themes.themes(shop)[:2]
    signal = Signal(f"theme_bad:{one.key}", one.name, "real", WORSE_FROM, "A real change.", better=False)
    store_radar.keep(shop, Sweep(12, (signal,), TODAY, 0.2))
    assert store_radar.signals(shop, TODAY) == (signal,)
    shop.run("Merge", lambda op: store_manage.merge(op, one.id, other.id))
    assert store_radar.signals(shop, TODAY) == ()
    shop.undo()
    assert store_radar.signals(shop, TODAY) == (signal,)


def test_a_theme_that_spreads_is_told_with_its_own_words(shop):
    generator = random.Random(4)

    def work(op):
        theme = themes.themes(op)[0]
        customers = [add_customer(op, f"Customer {number}") for number in range(60)]
        for month in months_between(date(2025, 2, 1), date(2026, 5, 31)):
            for place, customer in enumerate(customers):
                likely = 0.5 if month >= WORSE_FROM else 0.08
                day = month.replace(day=1 + place % 28)
                entry = op.insert("entries", {"date": str(day), "customer_id": customer, "text": f"Bread {place}"})
                if generator.random() < likely:
                    themes.tag_entry(op, entry, theme.id, "confirmed", "owner")
        return theme

    theme = shop.run("Log", work).result
    signal = told(shop)[f"theme:{theme.key}"]
    assert (signal.verdict, signal.better) == ("real", None)
    assert len(signal.refs) == 3
    for ref in signal.refs:
        assert ref.table == "entries"
        assert shop.value("SELECT 1 FROM entry_themes WHERE entry_id = ? AND theme_id = ?", (ref.id, theme.id))


def test_more_complaints_are_told_with_theirs(shop):
    def work(op):
        for number in range(80):
            customer = add_customer(op, f"Customer {number}")
            op.insert("purchases", {"customer_id": customer, "date": "2025-02-03"})
            op.insert("purchases", {"customer_id": customer, "date": "2026-01-03"})
        number = 0
        for month in months_between(date(2025, 3, 1), date(2026, 5, 31)):
            for _ in range(12 if month >= WORSE_FROM else 2 + month.month % 3):
                number += 1
                add_complaint(op, number, month.replace(day=4), {}, text=f"Trouble {number}")

    shop.run("Log", work)
    signal = told(shop)["complaints"]
    assert (signal.verdict, signal.better) == ("real", False)
    assert {ref.table for ref in signal.refs} == {"complaints"}


def test_what_goes_wrong_is_told_with_feedback_first_and_then_complaints(shop):
    def work(op):
        theme = themes.themes(op)[0]
        said = {}
        for text, rating, mood in (
            ("Bad", 1.0, ""),
            ("Good", 5.0, ""),
            ("Said to be bad", 5.0, "bad"),
            ("Was good", 1.0, "good"),
        ):
            entry = op.insert("entries", {"date": "2026-05-04", "text": text, "rating": rating})
            themes.tag_entry(op, entry, theme.id, "confirmed", "owner")
            tagged = op.value("SELECT id FROM entry_themes WHERE entry_id = ?", (entry,))
            op.update("entry_themes", tagged, {"mood": mood})
            said[text] = entry
        for number, outcome in ((1, None), (2, "spam")):
            case = add_complaint(op, number, date(2026, 5, 5), {}, text=f"Case {number}", outcome=outcome)
            op.insert("complaint_themes", {"complaint_id": case, "theme_id": theme.id})
        return theme.key

    key = shop.run("Log", work).result
    found = refs(shop, f"theme_bad:{key}", False, date(2026, 5, 1), TODAY)
    assert quotes(shop, found) == ("Said to be bad", "Bad", "Case 1")
    assert quotes(shop, refs(shop, f"theme_bad:{key}", False, date(2026, 6, 1), TODAY)) == ()
    assert quotes(shop, refs(shop, "days", False, date(2026, 5, 1), TODAY)) == ("Case 1",)


def test_comments_of_score_sheets_are_those_of_the_direction(shop):
    def work(op):
        for number, (level, keep, change) in enumerate(((5.0, "The rolls", ""), (1.0, "The view", "The queue"))):
            customer = add_customer(op, f"Customer {number}")
            sheet = add_sheet(op, date(2026, 5, 4), {"worth_it": level}, customer_id=customer)
            for asked, text in (("comment_keep", keep), ("comment_change", change)):
                version = op.value(
                    "SELECT version.id FROM question_versions AS version JOIN questions ON questions.id = question_id"
                    " WHERE key = ?", (asked,),
                )  # fmt: skip
                op.insert("answers", {
                    "assessment_id": sheet, "question_version_id": version, "state": "answered", "text": text,
                })  # fmt: skip

    shop.run("Ask", work)
    since = date(2026, 5, 1)
    assert quotes(shop, refs(shop, "net", True, since, TODAY)) == ("The rolls",)
    assert quotes(shop, refs(shop, "worth_it", False, since, TODAY)) == ("The queue",)
    assert refs(shop, "entries", None, since, TODAY) == ()


def test_a_sweep_can_be_stopped_and_is_due_once_a_day(shop):
    log(shop)
    assert store_radar.due(shop, TODAY)
    assert store_radar.sweep_and_keep(shop, TODAY, lambda: True) is None
    assert store_radar.due(shop, TODAY)
    assert store_radar.kept(shop) is None
    assert store_radar.signals(shop, TODAY) == ()
    store_radar.sweep_and_keep(shop, TODAY)
    assert not store_radar.due(shop, TODAY)
    assert store_radar.due(shop, date(2026, 6, 18))


def test_an_empty_business_has_no_signals(shop):
    found = store_radar.sweep(shop, TODAY)
    assert (found.looked_at, found.found, found.by_chance) == (0, (), 0.0)


def test_a_sweep_is_kept_as_it_was():
    signal = Signal("rating", "Mean rating", "real", WORSE_FROM, "Worse.", False, (Ref("entries", 7),), lever="")
    found = Sweep(52, (signal,), TODAY, 1.2)
    assert from_text(Sweep, to_text(found)) == found


@pytest.mark.parametrize(
    ("looked_at", "by_chance", "said"),
    [
        (52, 0.6, "52 figures looked at; chance alone would raise about 1 signal."),
        (120, 1.6, "120 figures looked at; chance alone would raise about 2 signals."),
        (1, 0.04, "1 figure looked at; chance alone would seldom raise a signal."),
    ],
)
def test_chance_is_owned_up_to(looked_at, by_chance, said):
    assert looked_at_words(Sweep(looked_at, (), TODAY, by_chance)) == said


def test_chance_grows_with_what_is_looked_at():
    assert chance(["net", "rating"]) > chance(["factor:taste", "factor:price"]) > 0


def series(key, verdict, values=(3.0,) * 8, ago=()):
    months = months_between(date(2025, 1, 1), date(2030, 1, 1))
    points = tuple(Point(month, value, 30) for month, value in zip(months, values, strict=False))
    return Series(key, key, "score", points, (), (), (), "", verdict=verdict, year_before=ago)


REAL = Verdict("real", date(2025, 5, 1), 3.0, 3.3, 2.5, 3.5, 0.97)


@pytest.mark.parametrize(
    ("key", "verdict", "expected"),
    [
        ("rating", REAL, True),
        ("factor:taste", REAL, False),
        ("factor:taste", replace(REAL, confidence=0.99), True),
        ("factor:taste", replace(REAL, after=3.6), True),  # further than the limits lie
        ("rating", replace(REAL, opened=True), False),
        ("rating", replace(REAL, name="possible"), False),
        ("rating", Verdict("unusual", date(2025, 8, 1), 3.0, 3.6, 2.5, 3.5), True),
        ("rating", Verdict("unusual", date(2025, 7, 1), 3.0, 3.6, 2.5, 3.5), False),
        ("factor:taste", Verdict("unusual", date(2025, 8, 1), 3.0, 3.6, 2.5, 3.5), False),
        ("factor:taste", Verdict("unusual", date(2025, 8, 1), 3.0, 2.3, 2.5, 3.5), True),
        ("rating", None, False),
    ],
)
def test_which_verdicts_are_told(key, verdict, expected):
    assert tells(series(key, verdict)) is expected


def test_what_the_same_months_a_year_before_show_as_well_is_not_told():
    values = [3.0, 3.1, 2.9, 3.0, 3.6, 3.7, 3.5, 3.6]
    again = series("rating", REAL, values, (*values[:4], 3.6, 3.6, 3.6, 3.5))
    assert may_be_season(again)
    assert not tells(again)
    assert tells(series("rating", REAL, values, (*values[:4], 3.0, 3.1, 3.0, 2.9)))
    assert not may_be_season(replace(again, verdict=replace(REAL, seasonal=True)))


def signal(key, better=True, since=date(2026, 7, 1), lever="", verdict="real"):
    return Signal(key, key, verdict, since, "", better, lever=lever)


def test_what_moved_together_is_told_once():
    lever, factor = signal("costs", lever="costs"), signal("factor:waiting", lever="costs")
    against, other = signal("factor:price", better=False, lever="costs"), signal("factor:taste", lever="worth")
    assert folded([lever, factor, against, other]) == (lever, against, other)
    assert folded([lever, factor, against], [("net", date(2026, 6, 20))]) == (against,)
    assert folded([factor], [("net", date(2025, 6, 20))]) == (factor,)
    unusual = signal("factor:waiting", lever="costs", verdict="unusual")
    assert folded([lever, unusual]) == (lever, unusual)
    spoken, wrong = signal("theme:late", better=None), signal("theme_bad:late", better=False)
    assert folded([spoken, wrong]) == (wrong,)


def test_long_words_are_cut_after_a_word():
    text = "word " * 60
    assert short(text).endswith("word…")
    assert len(short(text)) <= LONGEST + 1
    assert short("  two\n lines ") == "two lines"
