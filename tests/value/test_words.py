"""Figures of the Value page in words: each with its likely range, none taken for surer than it is (METHOD 6)."""

import pytest

from cvdesk.stats.intervals import Estimate
from cvdesk.value.page_words import importance_words, misses_words, nets_words
from cvdesk.value.records_picture import map_sentence
from cvdesk.value.records_rivals import MapData, Spot

AT_ONE = Estimate(1.0, None, None, 18)


def mapped(quality: Estimate, price: Estimate, advantage: Estimate, tested: bool = True) -> MapData:
    spots = (Spot("Crumb", False, AT_ONE, AT_ONE), Spot("", True, quality, price))
    return MapData("Crumb", spots, 0.6, advantage, False, tested)


def test_what_goes_along_with_worth_it_has_its_range_turned_where_less_is_better() -> None:
    found = Estimate(-0.45, -0.62, -0.22, 110)
    assert importance_words(found, "costs") == (
        "By the answers themselves it goes along with whether it was worth it (+0.5, likely +0.2 to +0.6, 110 people)."
    )
    assert "(−0.5, likely −0.6 to −0.2, 110 people)" in importance_words(found, "worth")


def test_the_self_check_says_how_sure_it_is() -> None:
    assert misses_words(Estimate(0.12, -0.07, 0.31, 104)).endswith("(+0.1, likely −0.1 to +0.3, 104 people).")


def test_value_by_other_weights_has_its_range() -> None:
    nets = {"customers": Estimate(1.7, 1.4, 1.9, 155), "equal": Estimate(1.72, 1.5, 2.0, 155)}
    assert nets_words(nets) == ("By other weights: customers' word +1.7 (+1.4 to +1.9), all alike +1.7 (+1.5 to +2.0).")


@pytest.mark.parametrize(
    ("quality", "price", "words"),
    [
        (Estimate(1.08, 1.01, 1.14, 18), Estimate(1.12, None, None, 0),
         "get 8% more (likely +1% to +14%) and pay 12% more."),
        (Estimate(0.95, 0.88, 1.02, 18), Estimate(1.0, 0.9, 1.1, 18),
         "get 5% less (likely −12% to +2%) and pay about the same (likely −10% to +10%)."),
    ],
)  # fmt: skip
def test_more_and_less_on_the_value_map_have_their_range(quality: Estimate, price: Estimate, words: str) -> None:
    assert words in map_sentence(mapped(quality, price, Estimate(0.0, -0.1, 0.1, 18)))


def test_a_guess_has_no_range() -> None:
    bare = mapped(Estimate(1.05, None, None, 1), Estimate(0.85, None, None, 0), Estimate(0.1, None, None, 1), False)
    assert map_sentence(bare) == (
        "Against Crumb, customers get 5% more and pay 15% less. This rests on a guess or a few visits."
    )
