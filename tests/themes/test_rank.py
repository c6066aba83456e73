"""The ranking of themes: the same shares as every other figure, praise and complaint, trouble, new and changed."""

import random
from collections import defaultdict
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cvdesk.catalogue.records import Filter, Period
from cvdesk.figures.store import gather, gather_all
from cvdesk.themes import store as themes
from cvdesk.themes.records import mood_of
from cvdesk.themes.records_rank import (
    CHANGE,
    NAME,
    PAIN,
    SHARE,
    Moods,
    Pain,
    changes_of,
    events_of,
    filled_in,
    ordered,
    points_of,
)
from cvdesk.themes.store_rank import active_count, ranking
from cvdesk.themes.store_rank_more import more
from cvdesk.themes.store_rank_pain import pains
from cvdesk.wording.leading import level_with
from tests.figures.by_hand import ByHand
from tests.figures.shop import FULL, TODAY, add_complaint, add_customer, chance_shop, everything, new_shop
from tests.figures.test_gather import filters

KINDS = ("praise", "suggestion", "question", "problem", "comment")


@pytest.fixture
def shop(tmp_path):
    with new_shop(tmp_path) as made:
        yield made


def told(shop, seed: int) -> None:
    """Gives the entries of a shop kinds and severities, and what the owner said of some themes in them."""

    def work(op):
        chance = random.Random(seed)
        for row in op.rows("SELECT id FROM entries"):
            op.update("entries", row["id"], {
                "kind": chance.choice(KINDS), "severity": chance.choice((None, None, "minor", "moderate", "serious")),
            })  # fmt: skip
        for row in op.rows("SELECT id FROM entry_themes"):
            op.update("entry_themes", row["id"], {"mood": chance.choice(("", "", "", "good", "bad"))})

    shop.run("Tell", work)


def moods_by_hand(shop, chosen: Filter) -> dict[int, Moods]:
    """Each theme's active customers by how they speak of it."""
    by_hand = ByHand(shop, chosen, TODAY)
    entries, active = {row["id"]: row for row in by_hand.entries()}, by_hand.active()
    said = defaultdict(set)
    for row in by_hand.tables["entry_themes"]:
        entry = entries.get(row["entry_id"])
        if entry is not None and row["state"] == "confirmed" and entry["customer_id"] in active:
            mood = mood_of(entry["rating"], entry["kind"], row["mood"])
            said[row["theme_id"], entry["customer_id"]].add(mood)
    found = defaultdict(lambda: [0, 0, 0, 0])
    for (theme, _customer), moods in said.items():
        if ("good" in moods) != ("bad" in moods):
            found[theme][0 if "good" in moods else 1] += 1
        else:
            found[theme][2 if moods & {"good", "mixed"} else 3] += 1
    return {theme: Moods(*counts) for theme, counts in found.items()}


@pytest.mark.parametrize("seed", [8, *FULL])
def test_shares_are_those_of_every_other_figure(tmp_path, seed):
    with chance_shop(tmp_path, seed) as shop:
        for chosen in filters(shop):
            found = ranking(shop, chosen, TODAY)
            figures = gather(shop, chosen, TODAY)
            assert tuple(row.figure for row in found.rows) == figures.themes
            assert found.active == figures.customers.active
            assert {row.figure.id for row in found.rows}.isdisjoint(figure.id for figure in found.silent)


@pytest.mark.parametrize("seed", [8, *FULL])
def test_praise_and_complaint_by_hand(tmp_path, seed):
    with chance_shop(tmp_path, seed) as shop:
        told(shop, seed)
        for chosen in filters(shop):
            by_hand = moods_by_hand(shop, chosen)
            for row in ranking(shop, chosen, TODAY).rows:
                assert row.moods == by_hand.get(row.figure.id, Moods())
                assert row.moods.customers == row.figure.customers


@pytest.mark.parametrize("seed", FULL)
def test_customers_affected_are_those_of_the_figures(tmp_path, seed):
    with chance_shop(tmp_path, seed) as shop:
        for chosen in filters(shop):
            figures = gather_all(shop, chosen, TODAY)
            assert figures.more is not None
            found = pains(shop, chosen, TODAY, figures.customers.active)
            keys = {row["id"]: row["key"] for row in shop.rows("SELECT id, key FROM themes")}
            assert {
                keys[theme]: pain.affected for theme, pain in found.items() if pain.count > pain.anonymous
            }.items() >= {one.theme: one.share for one in figures.more.affected}.items()


def log(shop, day: date, theme: int, customer: int | None = None, mood: str = "", **values) -> int:
    """An entry about a theme, as the owner filed it."""

    def work(op):
        entry = op.insert("entries", {"date": day.isoformat(), "customer_id": customer, "text": "Words", **values})
        themes.tag_entry(op, entry, theme, "confirmed", "owner")
        if mood:
            row = op.value("SELECT id FROM entry_themes WHERE entry_id = ?", (entry,))
            op.update("entry_themes", row, {"mood": mood})
        return entry

    return shop.run("Log", work).result


def people(shop, count: int) -> list[int]:
    return shop.run("People", lambda op: [add_customer(op, f"Customer {n}") for n in range(count)]).result


def case(shop, number: int, day: date, theme: int | None = None, **values) -> None:
    def work(op):
        complaint = add_complaint(op, number, day, {}, **values)
        if theme is not None:
            op.insert("complaint_themes", {"complaint_id": complaint, "theme_id": theme})

    shop.run("Complain", work)


def of(shop, theme: int) -> Pain:
    chosen = everything()
    return pains(shop, chosen, TODAY, active_count(shop, chosen, TODAY))[theme]


def test_one_customers_trouble_within_thirty_days_is_one_event_as_bad_as_the_worst(shop):
    theme, (maria, *_rest) = themes.themes(shop)[0].id, people(shop, 25)
    first = TODAY - timedelta(days=80)
    log(shop, first, theme, maria, rating=2.0)
    log(shop, first + timedelta(days=29), theme, maria, severity="serious")
    log(shop, first + timedelta(days=30), theme, maria, rating=1.0)
    assert of(shop, theme).events == (1, 0, 1)


def test_a_complaint_grown_out_of_feedback_is_one_event_with_it_also_where_both_are_anonymous(shop):
    late, price = (theme.id for theme in themes.themes(shop)[:2])
    maria = people(shop, 1)[0]
    entry = log(shop, TODAY, late, maria, severity="moderate")
    case(shop, 1, TODAY, late, customer_id=maria, entry_id=entry)
    nobody = log(shop, TODAY, late, rating=1.0, severity="serious")
    case(shop, 2, TODAY, late, entry_id=nobody)
    case(shop, 3, TODAY, late, outcome="spam")
    assert of(shop, late).events == (0, 1, 1)
    assert (of(shop, late).cases, of(shop, late).anonymous) == (2, 1)
    case(shop, 4, TODAY, entry_id=log(shop, TODAY, price, kind="problem"))  # about what its feedback is about
    assert of(shop, price).events == (1, 0, 0)


def test_what_the_owner_says_of_a_theme_goes_before_the_stars_of_the_whole(shop):
    first, second = (theme.id for theme in themes.themes(shop)[:2])
    maria, jo = people(shop, 2)
    log(shop, TODAY, first, maria, mood="good", rating=1.0)
    log(shop, TODAY, second, jo, mood="bad", rating=5.0)
    found = pains(shop, everything(), TODAY, 2)
    assert first not in found
    assert found[second].events == (1, 0, 0)


def test_severity_points_are_one_three_and_nine_per_100_active_customers(shop):
    theme, customers = themes.themes(shop)[0].id, people(shop, 40)
    for customer, severity in zip(customers, ["minor", "moderate", "serious", *[None] * 37], strict=True):
        if severity:
            log(shop, TODAY, theme, customer, severity=severity)
        else:
            log(shop, TODAY, theme, customer, rating=5.0)
    found = of(shop, theme)
    assert points_of(found.events) == 13
    assert found.points == pytest.approx(13 / 40 * 100)
    assert found.affected.value == pytest.approx(3 / 40)


@given(st.lists(st.tuples(st.integers(0, 1), st.sampled_from((None, 1, 2)), st.integers(0, 90), st.integers(1, 3))))
def test_events_lose_nobody_and_keep_the_worst(told_of):
    incidents = [(theme, who, (date(2026, 1, 1) + timedelta(days=day)).isoformat(), rank, False)
                 for theme, who, day, rank in told_of]  # fmt: skip
    found = events_of(incidents)
    for theme in (0, 1):
        mine = [one for one in told_of if one[0] == theme]
        events = found.get(theme)
        assert (events is None) == (not mine)
        if events is not None:
            assert events.customers == {who for _theme, who, _day, _rank in mine if who is not None}
            assert events.anonymous == sum(who is None for _theme, who, _day, _rank in mine)
            assert max(events.ranks) == max(rank for *_rest, rank in mine)
            assert len(events.ranks) <= len(mine)


def test_a_change_is_said_only_where_it_is_more_than_chance_would_give():
    now, before = {1: 40, 2: 21, 3: 9}, {1: 12, 2: 20, 4: 30}
    found = changes_of(now, before, (200, 200))
    assert found[1].grows
    assert not found[2].clear
    assert found[4].shrinks
    assert found[1].difference.value == pytest.approx(0.14)
    assert (found[1].difference.low or 0) > 0
    assert found[1].before.value == pytest.approx(0.06)
    assert not changes_of(now, before, (200, 9)), "nothing to compare with below ten customers"


def test_of_many_themes_some_would_change_by_chance_alone():
    """One at the edge among twenty level ones is what chance gives; alone it would be a change."""
    level = dict.fromkeys(range(2, 21), 30)
    now, before = {1: 33, **level}, {1: 19, **level}
    assert not changes_of(now, before, (200, 200))[1].clear
    assert changes_of({1: 33}, {1: 19}, (200, 200))[1].clear


def test_new_is_what_nobody_spoke_of_until_the_last_days_but_not_while_all_is_new(shop):
    old, young, *_rest = (theme.id for theme in themes.themes(shop))
    maria = people(shop, 1)[0]
    log(shop, TODAY - timedelta(days=3), young, maria)
    chosen = everything()

    def found():
        return filled_in(ranking(shop, chosen, TODAY), more(shop, chosen, TODAY, ranking(shop, chosen, TODAY)))

    assert not found().rows[0].new
    log(shop, TODAY - timedelta(days=100), old, maria)
    assert {row.figure.id: row.new for row in found().rows} == {old: False, young: True}


def test_nothing_is_compared_with_days_before_the_first_record(shop):
    theme, (maria, *_rest) = themes.themes(shop)[0].id, people(shop, 12)
    log(shop, TODAY - timedelta(days=100), theme, maria)
    for days, compared in ((50, True), (60, False)):
        chosen = Filter(Period.last_days(days, TODAY))
        found = more(shop, chosen, TODAY, ranking(shop, chosen, TODAY))
        assert (found.compared is not None) == compared
        assert (found.begins is None) == compared


def test_what_is_filed_and_what_is_not(shop):
    theme = themes.themes(shop)[0].id
    log(shop, TODAY, theme)
    shop.run("Log", lambda op: op.insert("entries", {"date": TODAY.isoformat(), "text": "Nothing known"}))
    shop.run("Log", lambda op: op.insert("entries", {"date": TODAY.isoformat(), "rating": 5.0}))
    waits = shop.run("Log", lambda op: op.insert("entries", {"date": TODAY.isoformat(), "text": "Late"})).result
    shop.run("Suggest", lambda op: themes.tag_entry(op, waits, theme, "suggested", "words"))
    chosen = everything()
    filed = more(shop, chosen, TODAY, ranking(shop, chosen, TODAY)).filed
    assert (filed.entries, filed.anonymous, filed.waiting, filed.unsorted) == (4, 4, 1, 1)


def test_a_silent_theme_with_a_complaint_joins_the_ranking_and_leads_by_pain(shop):
    praised, silent = (theme.id for theme in themes.themes(shop)[:2])
    customers = people(shop, 25)
    for customer in customers:
        log(shop, TODAY, praised, customer, rating=5.0)
    case(shop, 1, TODAY, silent, customer_id=customers[0], severity="serious")
    chosen = everything()
    first = ranking(shop, chosen, TODAY)
    assert [row.figure.id for row in first.rows] == [praised]
    whole = filled_in(first, more(shop, chosen, TODAY, first))
    assert [row.figure.id for row in ordered(whole.rows, SHARE)] == [praised, silent]
    assert [row.figure.id for row in ordered(whole.rows, PAIN)] == [silent, praised]
    assert silent not in {figure.id for figure in whole.silent}
    names = [row.figure.name for row in ordered(whole.rows, NAME)]
    assert names == sorted(names, key=str.casefold)
    assert len(ordered(whole.rows, CHANGE)) == 2


def test_themes_whose_intervals_overlap_are_level(shop):
    many, fewer, few = (theme.id for theme in themes.themes(shop)[:3])
    customers = people(shop, 100)
    for place, customer in enumerate(customers):
        for theme, count in ((many, 60), (fewer, 55), (few, 5)):
            if place < count:
                log(shop, TODAY, theme, customer)
        log(shop, TODAY, themes.themes(shop)[3].id, customer)
    figures = {row.figure.id: row.figure for row in ranking(shop, everything(), TODAY).rows}
    assert level_with(figures[many].share, figures[fewer].share)
    assert not level_with(figures[fewer].share, figures[few].share)
