"""The customer's form changes what somebody changed, and nothing else."""

from datetime import date

import pytest
from PySide6.QtTest import QTest

from cvdesk.catalogue.records import Named
from cvdesk.customers.form import CustomerForm
from cvdesk.customers.records import Contact, Customer
from cvdesk.kit.theme import Theme

TODAY = date(2026, 11, 21)
# As imports and merges leave them: a name as the source had it, an address of several lines, a contact nobody can ring.
MARIA = Customer(
    "Maria  Alvarez", preferred_name=" Mia", address="12 Harbour St\nFlat 3", nicknames=("Alvarez, Maria", "Mimi"),
    contacts=(Contact("email", "m@x.org", "home, new"), Contact("phone", "020 7946 0018", "shop (main)"),
              Contact("phone", "n/a;1"), Contact("web", "https://x.org")),
    notes="  Allergic\n", tags=(1,), birthday=date(1850, 1, 2), id=5,
)  # fmt: skip


@pytest.fixture
def form(qtbot, qapp):
    made = CustomerForm(Theme(qapp, "light"), [], [Named(1, "", "Cafés, bars"), Named(2, "", "Walkers")])
    qtbot.addWidget(made)
    made.load(MARIA)
    return made


def test_what_nobody_touched_stays_as_it_was(form):
    assert form.record() == MARIA
    assert form.tag_names() == ("Cafés, bars",)
    assert form.problems(TODAY) == {}


def test_only_the_field_that_was_typed_in_changes(form):
    form.city.setText("Leith")
    form.nicknames.setText("Mimi, Mia")
    changed = form.record()
    assert (changed.city, changed.nicknames) == ("Leith", ("Mimi", "Mia"))
    assert (changed.name, changed.address, changed.contacts) == (MARIA.name, MARIA.address, MARIA.contacts)


def test_what_is_typed_is_still_checked(form):
    form.phone.clear()
    QTest.keyClicks(form.phone, "12")
    form.birthday.setText("soon")
    assert set(form.problems(TODAY)) == {"phone", "birthday"}


def test_what_comes_back_after_a_crash_counts_as_typed(form):
    form.fill({**form.texts(), "name": "Maria A.", "tags": "Walkers"})
    assert (form.record().name, form.tag_names()) == ("Maria A.", ("Walkers",))
    assert form.record().nicknames == MARIA.nicknames
