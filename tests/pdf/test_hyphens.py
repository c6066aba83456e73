"""Words parted at the end of a line: only where it helps, and read back whole."""

from __future__ import annotations

import pytest

from cvdesk.pdf import hyphens, styles, text
from cvdesk.pdf.blocks import Text
from cvdesk.pdf.text import Line
from tests.pdf.reading import pdf, words

GERMAN = "die zuverlässigkeitsbezogenen lieferungsbedingungen beeinträchtigen kundenzufriedenheit"


def rows(words: str, width: float, code: str = "de", style: styles.Style = styles.BODY) -> list[Line]:
    with hyphens.language(code):
        return text.lines(words, style, width)


def written(found: list[Line]) -> list[str]:
    return ["".join(run.text for run in line.runs) for line in found]


def test_long_words_are_parted_in_narrow_columns() -> None:
    found = rows(GERMAN, 110)
    assert any(line.hyphen for line in found)
    assert all(line.width <= 110.001 for line in found)
    assert "".join(written(found)).replace(" ", "") == GERMAN.replace(" ", "")


def test_nothing_is_parted_without_a_language_or_a_dictionary() -> None:
    for code in ("", "zz"):
        assert not any(line.hyphen for line in rows("wonderful " * 20 + "beautifully", 80, code))


def test_a_line_that_is_full_enough_is_left_as_it_is() -> None:
    wide = text.width_of("understanding under", styles.BODY) + 4
    assert not any(line.hyphen for line in rows("understanding understanding", wide, "en-GB"))


@pytest.mark.parametrize(
    "name", ["Donaudampfschifffahrt", "INTERNATIONAL", "anna@internationality.example", "a1b2c3d4e5f6"]
)
def test_names_addresses_and_numbers_stay_whole(name: str) -> None:
    wide = text.width_of(name, styles.BODY) + 1
    assert written(rows(f"under {name}", wide, "de")) == ["under", name]


def test_titles_and_strong_text_are_not_parted() -> None:
    found = rows(GERMAN, 200, "de", styles.TITLE)
    assert not any(line.hyphen for line in found)


def test_at_most_two_hyphens_follow_each_other() -> None:
    found = [line.hyphen for line in rows(("unbegreiflicherweise " * 30).strip(), 58)]
    assert not any(all(found[at : at + 3]) for at in range(len(found) - 2))
    assert any(found)


def test_at_least_three_letters_stand_on_either_side() -> None:
    for word in GERMAN.split():
        assert all(3 <= place <= len(word) - 3 for place in hyphens.places(word, "de"))
    assert hyphens.places("(understanding),", "en-GB") == tuple(
        place + 1 for place in hyphens.places("understanding", "en-GB")
    )


def test_no_single_letter_is_parted_off() -> None:
    assert hyphens.places("übergangsweise", "de-DE") == (4, 9)


def test_a_soft_hyphen_is_seen_only_where_it_breaks() -> None:
    assert text.width_of("soft\u00adhyphen", styles.BODY) == text.width_of("softhyphen", styles.BODY)
    found = rows("xxxx soft\u00adhyphen", text.width_of("xxxx soft-", styles.BODY) + 1, "")
    assert [line.hyphen for line in found] == [True, False]
    assert written(found)[1] == "hyphen"


def test_a_parted_word_is_read_back_without_its_hyphen() -> None:
    with hyphens.language("de"):
        found = words(pdf([Text(GERMAN, styles.BODY, indent=380)]))
    assert GERMAN.replace(" ", "") in "".join(found.split())


def test_a_word_is_never_parted_over_pages() -> None:
    with hyphens.language("de"):
        whole = Text("unbegreiflicherweise " * 60, styles.BODY)
        whole.wrap(58, 1000)
        for height in range(40, 400, 15):
            parts = whole.split(58, height)
            assert not parts or not parts[0]._rows[-1].hyphen
