"""Colours that can be read, in light and dark, and sizes that follow the system's text size."""

from dataclasses import fields

import pytest

from cvdesk.kit.theme import DARK, LEVER_ICONS, LIGHT, Theme, style_sheet
from cvdesk.paths import resources

TEXT_TONES = ("text", "quiet", "faint", "accent", "worth", "benefits", "costs", "drawbacks", "good", "bad", "star")
GROUNDS = ("surface", "ground", "side", "hover")
ON_SELECTION = ("text", "accent", "quiet", "faint", "star", "bad", "worth", "benefits", "costs", "drawbacks")


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it, of #rrggbb."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_counted_as_wcag_does():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("tone", TEXT_TONES)
def test_every_text_can_be_read_on_its_grounds(colours, tone):
    for ground in GROUNDS:
        assert contrast(getattr(colours, tone), getattr(colours, ground)) >= 4.5, ground


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("tone", ON_SELECTION)
def test_what_a_selected_row_shows_can_be_read(colours, tone):
    assert contrast(getattr(colours, tone), colours.accent_ground) >= 4.5


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_main_buttons_toasts_and_marks_can_be_seen(colours):
    assert contrast(colours.on_accent, colours.accent) >= 4.5
    assert contrast(colours.surface, colours.text) >= 4.5
    for mark in ("accent", *LEVER_ICONS):  # bars, dots and the ring of what has the keyboard
        assert contrast(getattr(colours, mark), colours.surface) >= 3
        assert contrast(getattr(colours, mark), colours.track) >= 3


def test_the_style_sheet_has_every_size_and_colour_it_names():
    for colours in (LIGHT, DARK):
        sheet = style_sheet(colours, lambda size: round(size * 2), lambda name, colour: f"{name}-{colour}.svg")
        assert "{" not in sheet.replace("{ ", "").replace("{\n", "")
        assert colours.accent in sheet


def test_light_and_dark_can_be_changed_while_running(qtbot, qapp):
    theme = Theme(qapp, "light")
    assert not theme.dark
    before = theme.icon("gem", "worth")
    with qtbot.waitSignal(theme.changed):
        theme.use("dark")
    assert theme.dark
    assert theme.colour("text").name().upper() == DARK.text
    assert theme.icon("gem", "worth").cacheKey() != before.cacheKey()
    assert qapp.palette().window().color().name().upper() == DARK.ground
    theme.use("light")


def test_every_icon_is_drawn_in_its_colour(theme):
    wanted = theme.colour("accent")
    for path in sorted((resources() / "icons").glob("*.svg")):
        picture = theme.pixmap(path.stem, "accent", 48).toImage()
        pixels = [picture.pixelColor(x, y) for x in range(picture.width()) for y in range(picture.height())]
        ink = [pixel for pixel in pixels if pixel.alpha() > 200]
        assert ink, path.stem
        for pixel in ink:  # thin lines are blended with nothing: only rounding may differ
            assert abs(pixel.red() - wanted.red()) + abs(pixel.blue() - wanted.blue()) < 6, path.stem


def test_colours_are_all_of_one_form():
    for field in fields(LIGHT):
        for colours in (LIGHT, DARK):
            assert len(getattr(colours, field.name)) == 7, field.name
