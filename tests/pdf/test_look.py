"""The business's colour: readable on paper whatever it is, and never in another document than its own."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cvdesk.pdf import styles
from cvdesk.pdf.look import ENOUGH, contrast, readable, tones

COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06X}")


def test_contrast_as_wcag_defines_it() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#FFFFFF", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.005)  # the best known near miss
    assert contrast("#0F5E8C", "#0F5E8C") == pytest.approx(1)


def test_a_colour_that_can_be_read_stays_as_it_is() -> None:
    assert readable("#0F5E8C") == "#0F5E8C"
    assert readable("#000000") == "#000000"


@given(COLOURS)
def test_every_colour_becomes_readable_on_white_and_on_its_own_tint(colour: str) -> None:
    assert contrast(readable(colour), styles.WHITE) >= ENOUGH
    shown = tones(colour)
    assert contrast(shown[styles.ACCENT], shown[styles.ACCENT_GROUND]) >= ENOUGH
    assert contrast(shown[styles.ACCENT], styles.WHITE) >= ENOUGH


def test_yellow_stays_yellowish() -> None:
    dark = readable("#FFD200")
    red, green, blue = (int(dark[at : at + 2], 16) for at in (1, 3, 5))
    assert red > green > blue


@pytest.mark.parametrize("wrong", ["", "blue", "#12345", "#GG0000", "#1234567"])
def test_what_is_no_colour_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError, match="no colour"):
        readable(wrong)


def test_without_a_colour_ours_stays() -> None:
    assert tones("") == {}
