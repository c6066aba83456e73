"""What a line may go on as while it is typed."""

from __future__ import annotations

from datetime import date

import pytest

from cvdesk.customers.people import People, Person
from cvdesk.feedback.capture import CaptureContext, completions, read
from tests.feedback.test_capture_lines import CHANNELS, CONTEXT, OFFERINGS, THEMES

TODAY = date(2026, 11, 22)


def offered(line: str, context: CaptureContext = CONTEXT) -> list[str]:
    """The whole lines that are offered."""
    return [line[: one.start] + one.text for one in completions(line, read(line, context, TODAY), context, TODAY)]


@pytest.mark.parametrize(
    ("line", "whole"),
    [
        ("ma", "Maria Alvarez: "),
        ("alva", "Maria Alvarez: "),
        ("the v", "Maria Alvarez: "),
        ("muel", None),
        ("mull", "Jürgen Müller: "),
        ("cafe", "Café Lumen: "),
        ("m", None),
        ("maria alvarez: bread #la", "maria alvarez: bread #late-delivery"),
        ("maria alvarez: bread #deli", "maria alvarez: bread #late-delivery"),
        ("maria alvarez: bread, ph", "maria alvarez: bread, phone"),
        ("maria alvarez: bread, 2* ph", "maria alvarez: bread, 2* phone"),
        ("maria alvarez: bread, ye", "maria alvarez: bread, yesterday"),
        ("maria alvarez: bread, 2 stars by ph", "maria alvarez: bread, 2 stars by phone"),
        ("maria alvarez: bread, last f", None),
        ("maria alvarez: ry", None),
        ("maria alvarez: rye", "maria alvarez: rye loaf"),
        ("maria alvarez: the RYE L", "maria alvarez: the RYE Loaf"),
        ("bread late, gra", "bread late, Grace Osei"),
        ("maria alvarez: bread late, gra", None),
        ("maria alvarez: the phone was busy and ph", None),
        ("maria alvarez: bread, phone", None),
        ("maria alvarez: bread, ", None),
        ("bread, anon", "bread, anonymous"),
        ("", None),
    ],
)
def test_what_is_offered(line: str, whole: str | None):
    assert next(iter(offered(line)), None) == whole


def test_who_was_heard_lately_comes_first():
    people = People(
        [Person(1, "Marc Adams", (), (), 5), Person(2, "Mary Zed", (), (), 9), Person(3, "Jo Mason", (), (), 99)]
    )
    context = CaptureContext(people, THEMES, CHANNELS, OFFERINGS, "GB", "en_GB")
    assert offered("ma", context) == ["Mary Zed: ", "Marc Adams: ", "Jo Mason: "]


def test_a_completed_line_is_read_as_what_was_chosen():
    found = read("Maria Alvarez: bread late again, 2* phone yesterday #late-delivery", CONTEXT, TODAY)
    assert (found.customer_id, found.text, found.rating) == (1, "bread late again", 2.0)
