"""Every number of `gather`, for every filter, against a count by hand."""

from datetime import date, timedelta
from itertools import product
from threading import Thread

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from cvdesk.catalogue.records import Business, Filter, Period
from cvdesk.exchange.new import make_business
from cvdesk.figures import store
from cvdesk.figures.kept import from_text, home, to_text
from cvdesk.figures.months import filled
from cvdesk.figures.records import Figures
from cvdesk.figures.store import default_period, gather
from cvdesk.figures.store_customers import customers as figures_of_customers
from cvdesk.stats.survival import NEED_CASES
from tests.figures.by_hand import ByHand
from tests.figures.shop import FIRST, TODAY, chance_shop

PERIODS = (
    Period(FIRST, TODAY),
    Period.last_months(12, TODAY),
    Period(TODAY - timedelta(days=89), TODAY),
    Period(date(2025, 3, 1), date(2026, 3, 31)),
    Period(date(2026, 5, 1), date(2026, 12, 31)),
    Period(date(2026, 6, 18), date(2026, 8, 1)),
)


def filters(shop) -> list[Filter]:
    """One of each limit at a time, some together, over every period."""
    first = {
        name: shop.value(f"SELECT id FROM {table} ORDER BY id LIMIT 1")
        for name, table in (
            ("offering", "offerings"), ("segment", "segments"), ("channel", "channels"), ("theme", "themes"),
            ("tag", "tags"),
        )
    }  # fmt: skip
    limits = [{}, *({name: row_id} for name, row_id in first.items())]
    limits += [
        {"offering": first["offering"], "channel": first["channel"]},
        {"segment": first["segment"], "tag": first["tag"]},
    ]
    return [Filter(period, **limit) for period, limit in product(PERIODS, limits)]


def check(shop, chosen: Filter) -> None:
    figures = gather(shop, chosen, TODAY)
    by_hand = ByHand(shop, chosen, TODAY)
    check_feedback(figures, by_hand)
    check_complaints(figures, by_hand)
    check_people_and_themes(figures, by_hand)
    check_answers(figures, by_hand)
    assert from_text(Figures, to_text(figures)) == figures


def check_feedback(figures: Figures, by_hand: ByHand) -> None:
    feedback, entries = figures.feedback, by_hand.entries()
    ratings = [row["rating"] for row in entries if row["rating"] is not None]
    assert feedback.count == len(entries)
    assert feedback.rated == len(ratings)
    assert feedback.mean_rating == (pytest.approx(sum(ratings) / len(ratings)) if ratings else None)
    assert feedback.anonymous == sum(row["customer_id"] is None for row in entries)
    assert feedback.by_rating == by_hand.by_rating()
    assert feedback.by_channel == by_hand.by_channel()
    months = by_hand.months(entries)
    assert [month.month for month in feedback.by_month] == filled(months, by_hand.end)
    assert {month.month: month.count for month in feedback.by_month if month.count} == months
    for month in feedback.by_month:
        rated = [row["rating"] for row in entries if row["date"][:7] == month.month and row["rating"] is not None]
        assert month.mean_rating == (pytest.approx(sum(rated) / len(rated)) if rated else None)
    assert feedback.csat.n == len(ratings)
    if len(ratings) < 10:
        assert feedback.csat.value is None
    else:
        assert feedback.csat.value == sum(rating >= 4 for rating in ratings) / len(ratings)


def check_complaints(figures: Figures, by_hand: ByHand) -> None:
    complaints, found = figures.complaints, by_hand.complaints()
    still_open = [row for row in found if by_hand.ended(row) is None]
    active = len(by_hand.active())
    assert complaints.count == len(found)
    assert complaints.open == len(still_open)
    assert complaints.overdue == sum(
        row["resolve_by"] is not None and row["resolve_by"] < by_hand.end.isoformat() for row in still_open
    )
    assert {month.month: month.count for month in complaints.by_month if month.count} == by_hand.months(found)
    assert complaints.per_100_customers.n == active
    assert complaints.per_100_customers.value == (pytest.approx(100 * len(found) / active) if active >= 20 else None)
    assert complaints.days_to_resolve.n == len(by_hand.durations())
    enough = len(by_hand.durations()) >= NEED_CASES
    assert complaints.days_to_resolve.value == (by_hand.median_days() if enough else None)
    assert sum(complaints.by_theme.values()) == sum(
        row["complaint_id"] in {complaint["id"] for complaint in found} for row in by_hand.tables["complaint_themes"]
    )


def check_people_and_themes(figures: Figures, by_hand: ByHand) -> None:
    active = by_hand.active()
    assert figures.customers.active == len(active)
    assert figures.rows_after == sum(
        row["date"] > TODAY.isoformat()
        for table in ("entries", "complaints", "assessments", "purchases")
        for row in by_hand.tables[table]
        if table != "assessments" or (row["kind"], row["state"]) == ("customer", "done")
    )
    assert {
        theme.theme: (theme.entries, theme.customers, theme.customers_suggested) for theme in figures.themes
    } == by_hand.theme_customers()
    for theme in figures.themes:
        assert theme.share.n == len(active)
        assert theme.share.value == (theme.customers / len(active) if len(active) >= 10 else None)


def check_answers(figures: Figures, by_hand: ByHand) -> None:
    answers = by_hand.latest_answers()
    surveys = figures.surveys
    for key, figure in (("worth_it", surveys.worth_it), ("satisfaction", surveys.csat), ("ease", surveys.ease)):
        values = list(answers.get(key, {}).values())
        assert figure.n == len(values)
        assert figure.value == (sum(value >= 4 for value in values) / len(values) if len(values) >= 10 else None)
    assert surveys.nps.n == len(answers.get("recommend", {}))
    net, known = 0.0, True
    for lever, score in figures.value.levers.items():
        means = {}
        for factor, figure in score.factors.items():
            values = list(answers.get(factor, {}).values())
            assert figure.n == len(values)
            if len(values) < 5:
                assert figure.value is None
            else:
                means[factor] = sum(values) / len(values)
                assert figure.value == pytest.approx(means[factor])
        if score.score.value is None:
            known = False
        else:
            mean = sum(means.values()) / len(means)
            assert score.score.value == pytest.approx(mean)
            net += (mean - 3) * (1 if lever in ("worth", "benefits") else -1)
    assert figures.value.net.value == (pytest.approx(net) if known else None)


# A smaller seed makes no smaller shop, so there is nothing to shrink.
@settings(max_examples=6, phases=(Phase.explicit, Phase.generate))
@given(seed=st.integers(0, 10_000))
def test_all_figures_equal_a_count_by_hand(tmp_path_factory, seed):
    with chance_shop(tmp_path_factory.mktemp("shop"), seed) as shop:
        for chosen in filters(shop):
            check(shop, chosen)


def test_default_period_reaches_from_the_first_record_to_today(tmp_path):
    with chance_shop(tmp_path, 5) as shop:
        period = default_period(shop, TODAY)
        rows = [
            row["date"]
            for table in ("entries", "complaints", "purchases")
            for row in shop.rows(f"SELECT date FROM {table}")
        ]
        rows += [
            row["date"] for row in shop.rows("SELECT date FROM assessments WHERE kind = 'customer' AND state = 'done'")
        ]
        assert period == Period(date.fromisoformat(min(rows)), TODAY)


def test_undo_restores_every_figure_and_kept_figures_follow(tmp_path):
    with chance_shop(tmp_path, 5) as shop:
        chosen = Filter(default_period(shop, TODAY))
        before = home(shop, chosen, TODAY)
        assert home(shop, chosen, TODAY) == before == gather(shop, chosen, TODAY)
        shop.run("Log", lambda op: op.insert("entries", {"date": TODAY.isoformat(), "rating": 1.0}))
        after = home(shop, chosen, TODAY)
        assert after.feedback.count == before.feedback.count + 1
        assert after == gather(shop, chosen, TODAY)
        shop.undo()
        assert home(shop, chosen, TODAY) == before


def test_figures_are_read_as_of_one_moment(tmp_path, monkeypatch):
    shop = make_business(tmp_path / "shop.cvdesk", Business("Corner shop"))
    shop.run("Log", lambda op: op.insert("entries", {"date": TODAY.isoformat()}))
    real = figures_of_customers

    def while_somebody_logs(db, chosen, today):
        found = real(db, chosen, today)
        logged = Thread(target=lambda: shop.run("Log", lambda op: op.insert("entries", {"date": TODAY.isoformat()})))
        logged.start()
        logged.join()
        return found

    before = shop.value("SELECT count(*) FROM entries")
    monkeypatch.setattr(store, "customers", while_somebody_logs)
    assert store.gather(shop, Filter(PERIODS[0]), TODAY).feedback.count == before
    assert shop.value("SELECT count(*) FROM entries") == before + 1
    shop.close()
