"""What people type or paste stands in the file letter for letter, whichever field of the window it went into."""

from __future__ import annotations

import pytest

from cvdesk.catalogue.records import Business
from cvdesk.exchange.new import make_business
from tests.desk import TODAY
from tests.e2e.fields import Fields, keyboard_has, paste, typed
from tests.pages import catch_errors, make_session
from tests.pdf.naughty import MARKUP

# Words are kept with the blanks around them; a name begins and ends with a letter. Lists part at commas.
WORDS = ("words", "answer", "promise", "safety_batch", "text", "changed_text", "changed_resolution", "notes",
         "contact_note", "purchase_note", "snippet_text", "review", "review_answer", "answer_beside",
         "resolution", "step_note", "case_note")  # fmt: skip
NAMES = ("name", "customer", "preferred_name", "organisation", "address", "city", "country", "segment", "offering",
         "view_of_customers", "changed_cause", "snippet_name", "review_name", "source", "tally", "chart_note",
         "cause")  # fmt: skip
HARD = "<b>a</b>\u00a0&amp;  {name} %s\u200b\u00adé 😀"
BLANKS = " \u00a0 two  blanks and\u3000more "


@pytest.fixture
def fields(qtbot, qapp, tmp_path, monkeypatch):
    told = catch_errors(monkeypatch)
    path = tmp_path / "bakery.cvdesk"
    session = make_session(qapp, make_business(path, Business("Harbour Bakery")), TODAY)
    made = Fields(qtbot, session, path, paste)
    yield made
    made.close()
    session.close()
    assert told == []


@pytest.mark.parametrize("text", [HARD, BLANKS, MARKUP[1][:40], MARKUP[-1]])
def test_pasted_into_every_field_it_is_the_same_in_the_file(fields, text):
    found = fields.every(text)
    assert {name: found[name] for name in WORDS} == dict.fromkeys(WORDS, text)
    assert {name: found[name] for name in NAMES} == dict.fromkeys(NAMES, text.strip())


def test_typed_key_by_key_it_is_the_same_in_the_file(fields):
    text = "<i>5 < 6</i>  & é ＝１＋１ '\"\\"
    assert keyboard_has(text)
    fields.put = typed
    found = fields.every(text)
    assert {name: found[name] for name in (*WORDS, *NAMES)} == dict.fromkeys((*WORDS, *NAMES), text)
