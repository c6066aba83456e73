"""Nobody who is a customer is left in words on a paper without names, however they are written."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

import pytest

from cvdesk.catalogue.records import Business
from cvdesk.customers.records_nameless import Known, Nameless, everywhere

PEOPLE: tuple[Known, ...] = (
    ("name", "Zoë Quillfeather"), ("other", "Zibby"), ("other", "Ropeworks & Sons Ltd"), ("name", "Łukasz Żak"),
    ("place", "17 Thistledown Lane\nWhitbyford"), ("phone", "+44 1999 777888"), ("name", "王小明"),
    ("name", "أمل حداد"),
    ("other", "zq@quill.example"), ("name", "Rose Price"), ("name", "Priya Shah"), ("name", "👩‍🍳🧁🎂"),
    ("other", "The Long-Winded Association of Harbourside Friends"),
)  # fmt: skip


@pytest.fixture(scope="module")
def hide() -> Nameless:
    return Nameless(PEOPLE, ["Priya", "Harbour Bakery"])


@pytest.mark.parametrize(
    ("text", "quiet"),
    [
        ("ZOE  quillfeather's loaf", "…'s loaf"),
        (unicodedata.normalize("NFD", "Zoë Quillfeather rang"), "… rang"),
        ("Mrs Quillfeather, or mrs quillfeather", "Mrs …, or mrs …"),
        ("the Quillfeathers and ZIBBY", "the … and …"),
        ("Zoë\u200b Quill\u00adfeather", "…"),
        ("Quillfeather_note and Quillfeather.jpg", "…_note and ….jpg"),
        ("lukasz zak rang", "… rang"),
        ("17 thistledown lane, whitbyford", "…"),
        ("near Whitbyford", "near …"),
        ("01999-777 888 or (01999) 777888", "… or …"),
        ("+44 7700 900 123 on 2026-11-21 10:15 for £12.50", "… on 2026-11-21 10:15 for £12.50"),
        ("who@else.example", "…"),
        ("谢谢王小明先生 وأمل حداد", "谢谢…先生 و…"),
        ("👩‍🍳🧁🎂 came", "… came"),
        ("a rose at a fair price", "a rose at a fair price"),
        ("Priya was kind to Priya Shah", "Priya was kind to …"),
        ("the friends of Harbourside", "the friends of Harbourside"),
        ("order 123456, 911133691086696450", "order 123456, …"),
        ("", ""),
    ],
)
def test_whoever_is_named_is_left_out(hide: Nameless, text: str, quiet: str) -> None:
    assert hide(text) == quiet


@dataclass(frozen=True, slots=True)
class _Said:
    text: str
    more: tuple[str, ...]
    by: dict[str, str]
    business: Business
    number: str = "911133691086696450"


def test_every_text_of_a_record_but_what_is_the_owners(hide: Nameless) -> None:
    own = Business(name="Zoë Quillfeather", email="zq@quill.example")
    said = everywhere(_Said("Zibby", ("ok", "Rose Price"), {"Zibby": "Zibby"}, own), hide)
    assert said == _Said("…", ("ok", "…"), {"Zibby": "…"}, own)


def test_thousands_of_people_in_thousands_of_texts() -> None:
    many = Nameless(("name", f"Ann{number} Quick") for number in range(5000))
    found = [many(f"The loaf that ann{number % 5000}\nQUICK bought was cold") for number in range(2000)]
    assert set(found) == {"The loaf that … bought was cold"}


def test_a_customer_called_like_a_month_takes_no_date_away() -> None:
    hide = Nameless([("name", "May Quill"), ("other", "Jan"), ("name", "April Sunday")])
    assert hide("22 May 2025 to 3 Jan 2026; April was quiet") == "22 May 2025 to 3 Jan 2026; April was quiet"
    assert hide("May be written to since Sun 3 May") == "May be written to since Sun 3 May"
    assert hide("May Quill and Mrs Quill rang, then april sunday") == "… and Mrs … rang, then …"
