"""The lines of "All figures" say what the JSON of the figures says, figure by figure."""

import re
from datetime import timedelta

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from cvdesk.catalogue import store as catalogue
from cvdesk.customers.store_list import CustomerQuery
from cvdesk.figures.json import as_json
from cvdesk.stats.at_risk import AT_RISK
from cvdesk.trends.store_figures import all_figures
from cvdesk.trends.words_figures import groups
from cvdesk.wording.numbers import rounded_to
from tests.figures.shop import (
    TODAY,
    add_complaint,
    add_customer,
    add_sheet,
    ask_ease_of_seven,
    chance_shop,
    everything,
    new_shop,
)

# How many decimals a line shows, and whether as hundredths.
_WHOLE = {"surveys.nps"}
_DAYS = {"complaints.days_to_first_response", "complaints.days_to_resolve"}
_PLAIN = {"complaints.per_100_customers", "complaints.per_100_orders", "surveys.csat_mean", "surveys.ease_mean",
          "surveys.ease_7.mean", "value.net"}  # fmt: skip
_FACTS = {
    "customers.active", "customers.milestones", "customers.at_risk", "customers.at_risk.at_risk",
    "customers.at_risk.watch", "feedback.count", "feedback.mean_rating", "complaints.count",
}  # fmt: skip


@pytest.fixture
def shop(tmp_path):
    with new_shop(tmp_path) as file:
        yield file


def lines(shop, chosen=None):
    found = all_figures(shop, chosen or everything(), TODAY)
    return {line.key: line for group in groups(found) for line in group.lines}


def at(said, key):
    """What the JSON has at a line's key."""
    if key.startswith("themes."):
        theme = key.removeprefix("themes.").removesuffix(".affected")
        return next(one["affected"] for one in said["themes"] if one["theme"] == theme)
    for part in key.split("."):
        said = said[part]
    return said


def numbers(text):
    """The numbers of a text, as they are written."""
    found = re.findall(r"[+−]?[\d,.]*\d", text)
    return [float(one.replace(",", "").replace("−", "-")) for one in found]


def as_shown(key, value):
    if key in _WHOLE:
        return float(rounded_to(value, 0))
    if key in _DAYS:
        return float(rounded_to(value, 0 if float(value).is_integer() else 1))
    if key in _PLAIN or key.startswith("value.levers."):
        return float(rounded_to(value, 1))
    return float(rounded_to(100 * value, 0))


def check(line, said):
    """A line against its figure {value, low, high, n}."""
    if said["value"] is None and "more_than" not in said:
        assert (line.figure, line.likely, line.rests_on) == ("", "", "")
        assert line.sentence, line.key
        return
    shown = said["value"] if said["value"] is not None else said["more_than"]
    assert numbers(line.figure)[0] == as_shown(line.key, shown), line
    limits = [one for one in (said["low"], said["high"]) if one is not None]
    if line.key in _DAYS:
        assert numbers(line.likely) == [float(rounded_to(one, 0)) for one in limits], line
    else:
        assert numbers(line.likely) == [as_shown(line.key, one) for one in limits], line
    assert numbers(line.rests_on)[0] == said["n"], line


@settings(max_examples=6, phases=(Phase.explicit, Phase.generate))
@given(seed=st.integers(0, 10_000))
def test_the_screen_says_what_the_json_says(tmp_path_factory, seed):
    with chance_shop(tmp_path_factory.mktemp("shop"), seed) as shop:
        segment = shop.value("SELECT min(id) FROM segments")
        for chosen in (everything(), everything(TODAY - timedelta(days=60)), everything(segment=segment)):
            found = all_figures(shop, chosen, TODAY)
            said = as_json(found.figures)
            shown = {line.key: line for group in groups(found) for line in group.lines}
            for key in shown.keys() - _FACTS:
                check(shown[key], at(said, key))
            for key in ("customers.active", "feedback.count", "complaints.count"):
                assert numbers(shown[key].figure) == [at(said, key)]
            assert numbers(shown["customers.milestones"].figure) == [len(said["customers"]["milestones"]["due"])]
            mean = said["feedback"]["mean_rating"]
            mean_shown = [] if mean is None else [float(rounded_to(mean, 2)), 5]
            assert numbers(shown["feedback.mean_rating"].figure) == mean_shown


def test_every_figure_of_surveys_and_complaints_has_a_line(shop):
    def work(op):
        version = ask_ease_of_seven(op)
        op.insert("answers", {
            "assessment_id": add_sheet(op, TODAY, {"worth_it": 5.0}), "question_version_id": version, "value": 5.0,
            "state": "answered",
        })  # fmt: skip

    shop.run("Log", work)
    said = as_json(all_figures(shop, everything(), TODAY).figures)
    wanted = {f"surveys.{key}" for key in said["surveys"]} - {"surveys.ease_7"} | {
        "surveys.ease_7.mean", "surveys.ease_7.share", "value.net",
        *(f"value.levers.{key}" for key in said["value"]["levers"]),
        *(f"complaints.{key}" for key, found in said["complaints"].items() if isinstance(found, dict) and "n" in found),
        *(f"complaints.within_target.{key}" for key in said["complaints"]["within_target"]), "customers.retention",
    }  # fmt: skip
    assert wanted <= lines(shop).keys()


def test_what_is_missing_is_said_in_numbers(shop):
    shop.run("Log", lambda op: [add_sheet(op, TODAY, {"satisfaction": 4.0}) for _ in range(6)])
    shown = lines(shop)
    assert shown["surveys.csat"].sentence == "Not shown yet: 4 more answers."
    assert shown["surveys.csat_mean"].figure == "4.0"
    assert shown["surveys.csat_mean"].rests_on == "6 answers · early hint"
    assert shown["surveys.ease"].sentence == "No answers yet."
    assert shown["surveys.response_rate"].sentence == "Nobody was asked yet."
    assert shown["customers.retention"].sentence.startswith("No customers yet. Compared:")
    assert "surveys.ease_7.mean" not in shown


def test_few_cases_are_listed_instead_of_a_time(shop):
    def work(op):
        customer = add_customer(op, "Ann Lee")
        day = TODAY - timedelta(days=9)
        first = add_complaint(op, 7, day, {"resolved": day + timedelta(days=2)}, customer_id=customer)
        second = add_complaint(op, 8, day + timedelta(days=1), {})
        add_complaint(op, 9, day, {}, outcome="spam")
        return first, second

    first, second = shop.run("Log", work).result
    shown = lines(shop)["complaints.days_to_resolve"]
    assert (shown.figure, shown.sentence) == ("", "Not shown yet: 3 more cases. The cases so far:")
    assert [(link.name, link.about, link.opens) for link in shown.links] == [
        ("Ann Lee", "#7, received 8 Jun 2026, put right 10 Jun 2026", ("complaints", first)),
        ("Anonymous", "#8, received 9 Jun 2026, still open", ("complaints", second)),
    ]
    shop.run("Log", lambda op: [add_complaint(op, number, TODAY, {}) for number in (10, 11, 12)])
    assert lines(shop)["complaints.days_to_resolve"].links == ()


def test_milestones_name_the_customer_unless_a_serious_complaint_is_open(shop):
    def work(op):
        since = (TODAY + timedelta(days=5)).replace(year=TODAY.year - 2).isoformat()
        ann, ben = add_customer(op, "Ann"), add_customer(op, "Ben")
        for customer in (ann, ben):
            op.update("customers", customer, {"since": since})
        add_complaint(op, 1, TODAY, {}, customer_id=ben, severity="serious")
        return ann

    ann = shop.run("Log", work).result
    shown = lines(shop)["customers.milestones"]
    assert shown.figure == "1"
    assert shown.sentence == "1 customer is left out while a serious complaint is open."
    assert [(link.name, link.about, link.opens) for link in shown.links] == [
        ("Ann", "2 years with you, 22 Jun 2026", ("customers", ann))
    ]


def test_the_band_at_risk_opens_its_customers_only_while_it_is_of_today(shop):
    segment = shop.run("Make", lambda op: catalogue.ensure(op, "segments", "Trade")).result
    now = lines(shop, everything(segment=segment))["customers.at_risk.at_risk"]
    assert now.opens == ("customers", CustomerQuery(segment=segment, risk=AT_RISK))
    before = lines(shop, everything(end=TODAY - timedelta(days=30)))["customers.at_risk.at_risk"]
    assert before.opens == ("customers", CustomerQuery())
