"""What counts as something gone wrong is the same for every figure, the owner's word first (METHOD 1.7)."""

import random
from collections import defaultdict
from datetime import timedelta

import pytest

from cvdesk.catalogue.records import Filter
from cvdesk.figures.store import gather_all
from cvdesk.stats.intervals import wilson
from cvdesk.stats.rates import FEW_CUSTOMERS
from cvdesk.themes import store as themes
from cvdesk.themes.store_rank import active_count
from cvdesk.themes.store_rank_pain import pains
from cvdesk.trends.store_kinds import make
from cvdesk.value.store_answers import latest
from cvdesk.value.store_sources import incidents
from tests.figures.by_hand import ByHand
from tests.figures.shop import FULL, TODAY, add_complaint, add_customer, chance_shop, everything, new_shop
from tests.figures.test_gather import filters

RANKS = {None: 1, "minor": 1, "moderate": 2, "serious": 3}
SEVERITIES = ("minor", "moderate", "serious")


@pytest.fixture
def shop(tmp_path):
    with new_shop(tmp_path) as made:
        yield made


def told(shop, seed: int) -> None:
    """Gives a shop severities, kinds and the owner's words about themes, and complaints grown out of feedback."""

    def work(op):
        chance = random.Random(seed)
        entries = [row["id"] for row in op.rows("SELECT id FROM entries")]
        for entry in entries:
            op.update("entries", entry, {
                "kind": chance.choice(("comment", "praise", "problem")),
                "severity": chance.choice((None, None, None, *SEVERITIES)),
            })  # fmt: skip
        for row in op.rows("SELECT id FROM entry_themes"):
            op.update("entry_themes", row["id"], {"mood": chance.choice(("", "", "good", "bad"))})
        for row in op.rows("SELECT id FROM complaints"):
            if entries and chance.random() < 0.6:
                grown = op.row("SELECT id, customer_id FROM entries WHERE id = ?", (chance.choice(entries),))
                values = {"entry_id": grown["id"], "customer_id": grown["customer_id"]}
                op.update("complaints", row["id"], values)
            if chance.random() < 0.5:
                for own in op.rows("SELECT id FROM complaint_themes WHERE complaint_id = ?", (row["id"],)):
                    op.delete("complaint_themes", own["id"])

    shop.run("Tell", work)


class Trouble:
    """What went wrong, counted row by row in plain Python."""

    def __init__(self, shop, chosen: Filter) -> None:
        self.by_hand = ByHand(shop, chosen, TODAY)
        self.entries = {row["id"]: row for row in self.by_hand.entries()}
        self.every = {row["id"]: row for row in self.by_hand.tables["entries"]}
        self.said = defaultdict(list)
        order = sorted(self.by_hand.tables["entry_themes"], key=lambda row: (-row["main"], row["theme_id"]))
        for row in order:
            if row["state"] == "confirmed":
                self.said[row["entry_id"]].append((row["theme_id"], row["mood"]))
        self.own = defaultdict(list)
        for row in self.by_hand.tables["complaint_themes"]:
            self.own[row["complaint_id"]].append(row["theme_id"])
        spam = ("spam", "duplicate")
        self.cases = [row for row in self.by_hand.complaints() if row["outcome"] not in spam]

    def of_entry(self, entry) -> list[int]:
        """The themes that went wrong in an entry, the main one first."""
        low = entry["rating"] is not None and entry["rating"] <= 2
        wrong = low or entry["severity"] is not None or entry["kind"] == "problem"
        said = self.said[entry["id"]]
        return [theme for theme, mood in said if mood == "bad" or (wrong and mood != "good")]

    def of_case(self, case) -> list[int]:
        unpraised = [theme for theme, mood in self.said[case["entry_id"]] if mood != "good"]
        return self.own[case["id"]] or unpraised

    def affected(self) -> dict[int, set[int]]:
        """Theme -> the active customers to whom something went wrong there."""
        found = defaultdict(set)
        for row, about in [
            *((entry, self.of_entry(entry)) for entry in self.entries.values()),
            *((case, self.of_case(case)) for case in self.cases),
        ]:
            for theme in about:
                if row["customer_id"] in self.by_hand.active():
                    found[theme].add(row["customer_id"])
        return dict(found)

    def worst(self, factors: dict[int, str]) -> dict[str, dict[str, int]]:
        """Factor -> severity -> active customers, each by the worst; an entry or a complaint is of one factor."""
        grown = {case["entry_id"] for case in self.cases}
        happened = [
            (entry["customer_id"], RANKS[entry["severity"]], self.of_entry(entry)[:1])
            for entry in self.entries.values()
            if entry["id"] not in grown
        ]
        for case in self.cases:
            entry = self.every.get(case["entry_id"])
            rank = max(RANKS[case["severity"]], 1 if entry is None else RANKS[entry["severity"]])
            happened.append((case["customer_id"], rank, self.of_case(case)[:1]))
        worst: dict[tuple[str, int], int] = {}
        for customer, rank, about in happened:
            for theme in about:
                if theme in factors and customer in self.by_hand.active():
                    place = factors[theme], customer
                    worst[place] = max(worst.get(place, 0), rank)
        found = defaultdict(lambda: dict.fromkeys(SEVERITIES, 0))
        for (factor, _customer), rank in worst.items():
            found[factor][SEVERITIES[rank - 1]] += 1
        return dict(found)


@pytest.mark.parametrize("seed", FULL)
def test_every_figure_of_trouble_counts_the_same_customers(tmp_path, seed):
    with chance_shop(tmp_path, seed) as shop:
        told(shop, seed)
        keys = {theme.id: theme.key for theme in themes.themes(shop)}
        factors = {theme.id: theme.factor_key for theme in themes.themes(shop)}
        for chosen in filters(shop):
            if chosen.theme is not None:  # value is of all themes, and its entries are found by any of them
                continue
            by_hand = Trouble(shop, chosen)
            expected = {keys[theme]: len(found) for theme, found in by_hand.affected().items() if theme in keys}
            figures = gather_all(shop, chosen, TODAY)
            assert figures.more is not None
            assert {one.theme: one.customers for one in figures.more.affected} == expected
            active = active_count(shop, chosen, TODAY)
            found = pains(shop, chosen, TODAY, active)
            shares = {keys[theme]: pain.affected for theme, pain in found.items() if theme in keys}
            for key, count in expected.items():
                assert shares[key] == wilson(min(count, active), active, few=FEW_CUSTOMERS)
            floors = incidents(shop, chosen, TODAY, latest(shop, chosen, TODAY))
            if active >= 5:
                assert {key: one.affected for key, one in floors.items()} == by_hand.worst(factors)


def test_what_the_owner_says_of_a_theme_counts_in_the_customers_affected_and_in_floors(shop):
    first, second, third = themes.themes(shop)[:3]

    def work(op):
        people = [add_customer(op, f"Customer {place}") for place in range(20)]
        for customer in people:
            op.insert("purchases", {"customer_id": customer, "date": TODAY.isoformat()})

        def log(customer, moods, **values):
            entry = op.insert("entries", {"date": TODAY.isoformat(), "customer_id": customer, "text": "W", **values})
            for place, (theme, mood) in enumerate(moods.items()):
                themes.tag_entry(op, entry, theme.id, "confirmed", "owner", main=not place)
                row = op.value("SELECT max(id) FROM entry_themes")
                op.update("entry_themes", row, {"mood": mood})
            return entry

        log(people[0], {first: "", second: "bad"}, rating=5.0)  # five stars, but for one thing
        log(people[1], {first: "good", second: ""}, rating=1.0)  # one star, but for one thing
        bare = log(people[2], {first: "good", third: ""}, rating=4.0)
        add_complaint(op, 1, TODAY, {}, customer_id=people[2], entry_id=bare)

    shop.run("Log", work)
    figures = gather_all(shop, everything(), TODAY)
    assert {one.theme: one.customers for one in figures.more.affected} == {second.key: 2, third.key: 1}
    floors = incidents(shop, everything(), TODAY, latest(shop, everything(), TODAY))
    assert {key: one.people for key, one in floors.items()} == {second.factor_key: 2, third.factor_key: 1}
    bad = make(shop, f"theme_bad:{second.key}", everything(), TODAY, "month")
    assert bad.points[-1].value == pytest.approx(2 / 20)


def test_what_the_owner_calls_trouble_with_a_theme_is_the_same_again_after_a_case_was_closed(shop):
    about = themes.themes(shop)[0]

    def work(op):
        people = [add_customer(op, f"Customer {place}") for place in range(12)]
        for place, customer in enumerate(people):
            case = add_complaint(
                op, place + 1, TODAY - timedelta(days=70), {"closed": TODAY - timedelta(days=60)}, customer_id=customer
            )
            op.insert("complaint_themes", {"complaint_id": case, "theme_id": about.id})
        day = (TODAY - timedelta(days=50)).isoformat()
        for customer, mood, rating in (
            (people[0], "bad", 5.0),
            (people[1], "good", 1.0),
            (people[2], "", 1.0),
            (people[3], "bad", 4.0),
        ):
            entry = op.insert("entries", {"date": day, "customer_id": customer, "text": "Words", "rating": rating})
            themes.tag_entry(op, entry, about.id, "confirmed", "owner")
            op.update("entry_themes", op.value("SELECT max(id) FROM entry_themes"), {"mood": mood})

    shop.run("Log", work)
    figures = gather_all(shop, everything(), TODAY)
    assert figures.more.complaints.repeat_contact == wilson(3, 12)
