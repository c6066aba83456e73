"""Text on paper: everything typed comes out as it was typed, in every script."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cvdesk.pdf import bidi, styles, text, units
from cvdesk.pdf.blocks import Text
from cvdesk.pdf.fonts import REGULAR, Face, face_for, main_face, with_faces
from tests.pdf import naughty
from tests.pdf.reading import body, drawn_glyphs, fonts, pdf, pdfium, reader


def squeezed(words: str) -> str:
    """Without blanks and composed: what a reader of a PDF can know of a text."""
    return "".join(unicodedata.normalize("NFKC", words).split())


@pytest.mark.parametrize("words", naughty.MARKUP)
def test_markup_is_shown_as_text(words: str) -> None:
    assert squeezed(body(words)) == squeezed(words)


def test_markup_opens_no_file_and_draws_no_picture() -> None:
    content = pdf([Text("<img src='/etc/hostname'/><a href='x'>y</a>", styles.BODY)])
    page = reader(content).pages[0]
    assert not page.images
    assert "/Annots" not in page


@pytest.mark.parametrize("words", naughty.NAMES.values(), ids=naughty.NAMES)
def test_names_of_every_script_come_out(words: str) -> None:
    assert squeezed(body(words)) == squeezed(words)
    assert 0 not in drawn_glyphs(pdf([Text(words, styles.BODY)]))


@pytest.mark.parametrize("words", naughty.RIGHT_TO_LEFT.values(), ids=naughty.RIGHT_TO_LEFT)
def test_right_to_left_comes_out(words: str) -> None:
    assert squeezed(body(words)) == squeezed(words)
    assert 0 not in drawn_glyphs(pdf([Text(words, styles.BODY)]))


def test_arabic_letters_are_joined_and_begin_at_the_right() -> None:
    line = text.one_line("بيت", styles.BODY)
    apart = [glyph.gid for mark in "بيت" for glyph in face("بيت").glyphs(mark, True)]
    joined = [glyph.gid for run in line.runs for glyph in run.glyphs]
    assert line.rtl
    assert set(joined) != set(apart)
    assert shown(line) == "تيب"


def shown(line: text.Line) -> str:
    """The letters of a line from left to right."""
    ordered = sorted(zip(line.places, line.runs, strict=True), key=lambda pair: pair[0])
    return "".join(glyph.text for _place, run in ordered for glyph in run.glyphs)


def face(words: str) -> Face:
    found = face_for(words, REGULAR)
    assert found is not None
    return found


def test_right_to_left_within_a_sentence_is_turned_where_it_stands() -> None:
    line = text.one_line("Amal (أمل) 12", styles.BODY)
    assert shown(line) == "Amal (لمأ) 12"
    assert not line.rtl
    # A bracket in text from right to left is drawn mirrored: what stands for ")" looks like "(".
    assert shown(text.one_line("קנה (Anna) אתמול", styles.BODY)) == "לומתא )Anna( הנק"


def test_numbers_in_right_to_left_text_are_not_turned() -> None:
    line = text.one_line("שלום 12:30", styles.BODY)
    assert shown(line) == "12:30 םולש"


@pytest.mark.parametrize("words", naughty.MARKS)
def test_strange_marks_do_no_harm(words: str) -> None:
    content = pdf([Text(words, styles.BODY), Text("end", styles.BODY)])
    assert "end" in reader(content).pages[0].extract_text()
    assert 0 not in drawn_glyphs(content)


def test_control_marks_are_shown_not_swallowed() -> None:
    assert squeezed(body("a\x00b\x07")) == "a□U+0000b□U+0007"


def test_what_no_font_has_is_shown_by_its_code_point() -> None:
    assert body("x\U00012000y") == "x□U+12000y"


def test_unknown_marks_keep_their_accents_apart() -> None:
    runs = "".join(part for _face, part in with_faces("\U00012000\u0301", REGULAR))
    assert runs.startswith("□U+12000")


def test_lines_are_kept_and_blanks_too() -> None:
    assert len(text.lines("one\ntwo\r\n\r\nfour", styles.BODY, 300)) == 4
    wide = text.width_of("a  b", styles.BODY)
    assert wide > text.width_of("a b", styles.BODY) + 1
    assert text.lines("", styles.BODY, 100)[0].runs == ()


def test_long_words_are_broken_to_fit() -> None:
    found = text.lines("x" * 500 + " end", styles.BODY, 120)
    assert len(found) > 10
    assert all(line.width <= 120.001 for line in found)
    assert sum(len(run.glyphs) for line in found for run in line.runs) == 504


def test_chinese_is_broken_without_blanks_and_never_before_a_stop() -> None:
    found = text.lines("今天天气很好，我们去散步吧。" * 6, styles.BODY, 100)
    starts = [line.runs[0].glyphs[0].text for line in found]
    assert len(found) > 4
    assert not {"，", "。"} & set(starts)


def test_chinese_brackets_do_not_end_a_line() -> None:
    found = text.lines("今天「天气」很好" * 12, styles.BODY, 97)
    ends = [line.runs[-1].glyphs[-1].text for line in found]
    assert len(found) > 5
    assert "「" not in ends


@pytest.mark.parametrize("blank", ["\u00a0", "\u202f", "\u2007"])
def test_no_break_blanks_hold_words_together_and_lose_none(blank: str) -> None:
    wide = text.width_of("about 12", styles.BODY) + 2
    found = text.lines(f"about 12{blank}kg", styles.BODY, wide)
    assert [squeezed("".join(run.text for run in line.runs)) for line in found] == ["about", "12kg"]
    assert squeezed(body(f"begun {blank} {blank}word")) == "begunword"


def test_a_word_longer_than_its_line_is_parted_after_a_hyphen_where_it_has_one() -> None:
    found = text.lines("Anna-Katharina-Wilhelmine-Friederike-Luise", styles.BODY, 110)
    assert all("".join(run.text for run in line.runs).endswith("-") for line in found[:-1])


def test_marks_set_one_on_the_other_are_read_in_the_order_they_were_typed() -> None:
    words = "Z\u0335\u0321\u033f\u0357a\u0336l\u0321g\u0353o, ดี้็้็ ที่"
    content = pdf([Text(words, styles.BODY)])
    assert squeezed(words) in squeezed(pdfium(content))


def test_one_line_is_cut_with_an_ellipsis() -> None:
    line = text.one_line("A rather long name of a customer", styles.BODY, 60)
    assert shown(line).endswith("…")
    assert line.width <= 60
    assert text.one_line("two\nlines", styles.BODY).width == text.width_of("two lines", styles.BODY)


def test_fonts_are_embedded_and_nothing_else_is_named() -> None:
    content = pdf([Text("Zażółć ★ 王 أمل", styles.BODY), Text("bold", styles.TITLE)])
    found = fonts(content)
    assert len(found) >= 4
    for font in found:
        descendant = font["/DescendantFonts"][0].get_object()
        assert "/FontFile2" in descendant["/FontDescriptor"]
        assert "+" in font["/BaseFont"]
        assert "/ToUnicode" in font


def test_a_chinese_name_does_not_bring_the_whole_font() -> None:
    assert len(pdf([Text("王小明", styles.BODY)])) < 120_000


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=60))
def test_any_text_can_be_set(words: str) -> None:
    found = text.lines(words, styles.BODY, 140)
    assert found
    assert all(line.width <= 140.001 or len(line.runs) <= 2 for line in found)


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="abc אבגد١٢12 ()-\u202e\u202b\u202c\u2067\u2069\u200f", max_size=30))
def test_levels_are_found_for_every_mark(words: str) -> None:
    base, levels = bidi.levels(words)
    assert base in (0, 1)
    assert len(levels) == len(words)
    assert sorted(bidi.visual_order(list(zip(levels, range(len(words)), strict=True)))) == list(range(len(words)))


@settings(max_examples=300, deadline=None)
@given(
    st.text(alphabet="abcfijlrtvyABCFKLTVWY0123456789.,-/()'’“”—…£€%éßñÅœ", min_size=1, max_size=12),
    st.sampled_from(["regular", "semibold", "bold"]),
)
def test_words_set_letter_by_letter_look_as_they_do_as_a_whole(word: str, weight: str) -> None:
    (unit,) = units.plain_units(word, weight)
    ((_level, run),) = unit.parts
    assert run.glyphs == main_face(weight).glyphs(word, False)
