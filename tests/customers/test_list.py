"""The list of customers: found by everything, limited, sorted, kept as views, changed many at once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cvdesk.catalogue import store as catalogue
from cvdesk.catalogue.records import Business
from cvdesk.customers import store, store_many, store_touch, store_views
from cvdesk.customers.records import Contact, Customer, Purchase, Touch, phone_shown
from cvdesk.customers.records_risk import Risk, RiskBook
from cvdesk.customers.store_card import card
from cvdesk.customers.store_list import CustomerList, CustomerQuery, months_before
from cvdesk.db import BusinessFile
from cvdesk.errors import UserError
from cvdesk.exchange.new import make_business
from cvdesk.stats.at_risk import Score

TODAY = date(2026, 11, 21)


@pytest.fixture
def file(tmp_path: Path) -> Iterator[BusinessFile]:
    with make_business(tmp_path / "bakery.cvdesk", Business("Harbour Bakery")) as made:
        yield made


@pytest.fixture
def ids(file: BusinessFile) -> dict[str, int]:
    def work(op):
        tag = catalogue.ensure(op, "tags", "Gluten free")
        ids = {
            "Ada": store.save(op, Customer("Ada", city="Leith", contacts=(Contact("phone", "020 7946 0018"),))),
            "Bea": store.save(op, Customer("Bea", tags=(tag,), segment_id=catalogue.ensure(op, "segments", "Cafés"))),
            "Cléo": store.save(op, Customer("Cléo", nicknames=("the baker",), since=date(2024, 1, 1))),
            "Dan": store.save(op, Customer("Dan", active=False)),
        }
        op.insert("entries", {"customer_id": ids["Ada"], "date": "2026-10-01", "text": "x"})
        op.insert("purchases", {"customer_id": ids["Bea"], "date": "2026-01-01"})
        op.insert("complaints", {"customer_id": ids["Bea"], "date": "2025-12-01", "number": 1})
        return ids

    made: dict[str, int] = file.run("Add", work).result
    return made


def names(file: BusinessFile, **limits: object) -> list[str]:
    book = RiskBook({file.value("SELECT id FROM customers WHERE name = 'Cléo'"): Risk(Score(4, "at_risk"))})
    return [row.name for row in CustomerList(file, CustomerQuery(**limits), TODAY, book).fetch(0, 10)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("search", "found"),
    [("cle", ["Cléo"]), ("baker", ["Cléo"]), ("leith", ["Ada"]), ("gluten", ["Bea"]), ("020 7946", ["Ada"]),
     ("+44 20 7946 0018", ["Ada"]), ("%", []), ("", ["Ada", "Bea", "Cléo"])],
)  # fmt: skip
def test_a_customer_is_found_by_everything_known(
    file: BusinessFile, ids: dict[str, int], search: str, found: list[str]
):
    assert names(file, search=search) == found


def test_limits(file: BusinessFile, ids: dict[str, int]):
    assert names(file, risk="at_risk") == ["Cléo"]
    assert names(file, quiet=6) == ["Bea", "Cléo"]
    assert names(file, quiet=12) == ["Cléo"]
    assert names(file, open_complaint=True) == ["Bea"]
    assert names(file, with_inactive=True) == ["Ada", "Bea", "Cléo", "Dan"]
    file.run("Age", lambda op: op.update("customers", ids["Ada"], {"created_at": "2026-10-01T00:00:00Z"}))
    assert "Ada" not in names(file, new=30)


def test_every_order_and_its_reverse(file: BusinessFile, ids: dict[str, int]):
    assert names(file, sort="last") == ["Ada", "Bea", "Cléo"]
    assert names(file, sort="complaints") == ["Bea", "Ada", "Cléo"]
    assert names(file, sort="risk") == ["Cléo", "Ada", "Bea"]
    assert names(file, sort="since", upside_down=True) == ["Bea", "Ada", "Cléo"]
    assert names(file, sort="segment") == ["Bea", "Ada", "Cléo"]
    assert names(file, sort="entries") == ["Ada", "Bea", "Cléo"]


def test_views_are_kept_renamed_replaced_and_removed(file: BusinessFile):
    wanted = CustomerQuery(quiet=6, sort="last")
    view = file.run("Keep", lambda op: store_views.save_view(op, " Quiet  ones ", wanted)).result
    assert [(one.name, one.query) for one in store_views.views(file)] == [("Quiet  ones", wanted)]
    file.run("Again", lambda op: store_views.save_view(op, "quiet ones", CustomerQuery(risk="watch")))
    file.run("Rename", lambda op: store_views.rename_view(op, view, "Watch them"))
    assert [(one.name, one.query.risk) for one in store_views.views(file)] == [("Watch them", "watch")]
    file.run("Remove", lambda op: store_views.forget_view(op, view))
    assert store_views.views(file) == []
    with pytest.raises(UserError, match="needs a name"):
        file.run("Keep", lambda op: store_views.save_view(op, " ", wanted))


def test_a_view_of_a_later_program_still_opens(file: BusinessFile):
    value = '{"search": "x", "moon": 1, "sort": "moon"}'
    file.run("Later", lambda op: op.insert("saved_filters", {"page": "customers", "name": "Later", "value": value}))
    assert store_views.views(file)[0].query == CustomerQuery(search="x")


def test_many_are_changed_in_one_step(file: BusinessFile, ids: dict[str, int]):
    some = [ids["Ada"], ids["Bea"], 7]
    file.run("Tag", lambda op: store_many.add_tag(op, some, "Gluten free"))
    tag = file.value("SELECT id FROM tags")
    assert names(file, tag=tag) == ["Ada", "Bea"]
    file.run("Untag", lambda op: store_many.remove_tag(op, some, tag))
    assert names(file, tag=tag) == []
    file.undo()
    file.run("Group", lambda op: store_many.set_segment(op, some, "Walkers"))
    walkers = file.value("SELECT id FROM segments WHERE name = 'Walkers'")
    assert names(file, segment=walkers) == ["Ada", "Bea"]
    file.run("No group", lambda op: store_many.set_segment(op, some, ""))
    assert names(file, segment=walkers) == []
    file.run("Gone", lambda op: store_many.set_active(op, some, False))
    assert names(file) == ["Cléo"]
    file.run("Delete", lambda op: store_many.delete_many(op, some))
    assert names(file, with_inactive=True) == ["Cléo", "Dan"]
    file.undo()
    file.undo()
    assert names(file) == ["Ada", "Bea", "Cléo"]
    assert names(file, tag=tag) == ["Ada", "Bea"]


def test_contacts_and_purchases_are_noted(file: BusinessFile, ids: dict[str, int]):
    ada = ids["Ada"]
    file.run("Note", lambda op: store_touch.note_contact(op, Touch(ada, TODAY, note="rang about the cake"), TODAY))
    file.run("Buy", lambda op: store_touch.add_purchase(op, Purchase(ada, TODAY, 1250, "Rye loaf"), TODAY))
    shown = card(file, ada)
    assert {(moment.table, moment.text) for moment in shown.timeline} >= {
        ("touches", "rang about the cake"), ("purchases", "Rye loaf"),
    }  # fmt: skip
    assert (shown.last, shown.spent_minor) == (TODAY, 1250)
    with pytest.raises(UserError, match="still to come"):
        file.run("Buy", lambda op: store_touch.add_purchase(op, Purchase(ada, date(2027, 1, 1)), TODAY))
    with pytest.raises(LookupError):
        file.run("Note", lambda op: store_touch.note_contact(op, Touch(7, TODAY), TODAY))


def test_a_view_cannot_take_the_name_of_another(file: BusinessFile):
    first, second = (
        file.run("Keep", lambda op, name=name: store_views.save_view(op, name, CustomerQuery())).result
        for name in ("Cafés", "Bars")
    )
    with pytest.raises(UserError, match="called “cafes” already"):
        file.run("Rename", lambda op: store_views.rename_view(op, second, "cafes"))
    file.run("Rename", lambda op: store_views.rename_view(op, first, "CAFÉS"))
    file.run("Remove", lambda op: store_views.forget_view(op, second))
    with pytest.raises(UserError, match="removed meanwhile"):
        file.run("Rename", lambda op: store_views.rename_view(op, second, "Pubs"))
    assert [view.name for view in store_views.views(file)] == ["CAFÉS"]


def test_a_timeline_that_is_cut_short_says_so(file: BusinessFile, ids: dict[str, int]):
    ada = ids["Ada"]
    file.run("Buy", lambda op: store_touch.add_purchase(op, Purchase(ada, TODAY, 1250, "Rye loaf"), TODAY))
    file.run("Note", lambda op: store_touch.note_contact(op, Touch(ada, TODAY, note="rang"), TODAY))
    all_of_it = card(file, ada)
    count = len(all_of_it.timeline)
    assert (count > 1, all_of_it.cut) == (True, False)
    assert not card(file, ada, limit=count).cut
    some = card(file, ada, limit=count - 1)
    assert (some.cut, some.timeline) == (True, all_of_it.timeline[:-1])


def test_steps_of_a_complaint_are_on_the_timeline(file: BusinessFile, ids: dict[str, int]):
    case = file.value("SELECT id FROM complaints")

    def work(op):
        for stage in ("received", "acknowledged"):
            op.insert("complaint_events", {"complaint_id": case, "stage": stage, "date": "2025-12-02", "note": "rang"})

    file.run("Steps", work)
    steps = [moment for moment in card(file, ids["Bea"]).timeline if moment.table == "complaint_events"]
    assert [(step.id, step.what, step.number) for step in steps] == [(case, "acknowledged", 1)]


def test_phone_numbers_are_written_as_people_do_and_wrong_ones_are_kept():
    assert phone_shown("+442079460018", "GB") == ("020 7946 0018", True)
    assert phone_shown("+49 30 901820", "GB") == ("+49 30 901820", True)
    assert phone_shown("07700900123", "GB") == ("07700 900123", True), "kept free for stories: nobody mistyped it"
    assert phone_shown("+441632960123", "DE") == ("+44 1632 960123", True)
    assert phone_shown("07700 800123", "GB")[1]
    assert not phone_shown("01632 961123", "GB")[1]
    assert phone_shown("12 34", "GB") == ("12 34", False)
    assert phone_shown("ask at the bar", "GB") == ("ask at the bar", False)


@given(st.dates(date(1950, 1, 1), date(2100, 1, 1)), st.integers(0, 60))
def test_months_before(day: date, months: int):
    found = months_before(day, months)
    assert (day.year * 12 + day.month) - (found.year * 12 + found.month) == months
    assert found.day <= day.day
