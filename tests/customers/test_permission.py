"""Whether somebody may be written to: who decides, how it is noted, and what becomes of it when two are made one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cvdesk.catalogue import store as catalogue
from cvdesk.catalogue.records import Business
from cvdesk.customers import store, store_merge
from cvdesk.customers.records import Customer
from cvdesk.customers.store_permission import NOBODY_WRITES, may, permission_in_words, set_many, set_permission
from cvdesk.db import BusinessFile
from cvdesk.exchange.new import make_business

DAY = date(2026, 3, 3)


@pytest.fixture
def file(tmp_path: Path) -> Iterator[BusinessFile]:
    with make_business(tmp_path / "bakery.cvdesk", Business("Harbour Bakery")) as made:
        yield made


def add(file: BusinessFile, name: str, may_write: str = "", tag: str = "") -> int:
    def work(op):
        tags = (catalogue.ensure(op, "tags", tag),) if tag else ()
        return store.save(op, Customer(name, tags=tags, may_write=may_write))

    return int(file.run("Add", work).result)


def test_nobody_asked_may_be_told_about_their_own_words_and_nothing_else(file: BusinessFile) -> None:
    yes, unasked, no = add(file, "Ada", "yes"), add(file, "Ben"), add(file, "Cyd", "no")
    own, other = may(file, [no, unasked, yes], True), may(file, [no, unasked, yes], False)
    assert own.yes == (unasked, yes)
    assert list(own.no) == [no]
    assert other.yes == (yes,)
    assert other.no[unasked] == "Was never asked whether you may write"


@pytest.mark.parametrize("tag", ["Do not contact", "no contact", "No surveys", "Do not ask"])
def test_a_tag_says_the_same_as_no(file: BusinessFile, tag: str) -> None:
    tagged = add(file, "Ada", "yes", tag)
    assert may(file, [tagged], True).no == {tagged: f"Tagged “{tag}”"}


def test_whoever_is_gone_may_not_be_written_to(file: BusinessFile) -> None:
    gone = add(file, "Ada", "yes")
    file.run("Delete", lambda op: store.delete(op, gone))
    assert may(file, [gone, gone], True).no == {gone: "No longer in the file"}


def test_the_answer_is_noted_and_undone(file: BusinessFile) -> None:
    ada = add(file, "Ada")
    file.run("Permission", lambda op: set_permission(op, ada, "no", DAY, "at the counter"))
    noted = store.get(file, ada)
    assert (noted.may_write, noted.may_write_on, noted.may_write_how) == ("no", DAY, "at the counter")
    assert may(file, [ada], True).no[ada] == "Does not want to be written to since 3 Mar 2026"
    file.undo()
    assert store.get(file, ada).may_write == ""


def test_forgetting_the_answer_forgets_its_day(file: BusinessFile) -> None:
    ada = add(file, "Ada")
    file.run("Permission", lambda op: set_many(op, [ada, 12345], "yes", DAY, "form"))
    file.run("Permission", lambda op: set_permission(op, ada, "", DAY, "form"))
    noted = store.get(file, ada)
    assert (noted.may_write, noted.may_write_on, noted.may_write_how) == ("", None, "")
    with pytest.raises(LookupError):
        file.run("Permission", lambda op: set_permission(op, 12345, "yes", DAY))
    with pytest.raises(ValueError, match="maybe"):
        file.run("Permission", lambda op: set_permission(op, ada, "maybe", DAY))


def test_in_words() -> None:
    assert permission_in_words("") == ""
    assert permission_in_words("yes", DAY, "order form") == "May be written to since 3 Mar 2026 (order form)"


@pytest.mark.parametrize(
    ("mine", "theirs", "then"),
    [("yes", "no", "no"), ("no", "yes", "no"), ("", "yes", "yes"), ("yes", "", "yes"), ("", "", ""), ("", "no", "no")],
)
def test_of_two_made_one_a_no_wins_and_taking_apart_gives_each_their_own(
    file: BusinessFile, mine: str, theirs: str, then: str
) -> None:
    kept, other = add(file, "Ada", mine), add(file, "Ada B", theirs)
    made = file.run("Merge", lambda op: store_merge.merge(op, kept, other)).operation_id
    assert store.get(file, kept).may_write == then
    file.run("Apart", lambda op: store_merge.take_apart(op, made))
    assert (store.get(file, kept).may_write, store.get(file, other).may_write) == (mine, theirs)


def advocate(file: BusinessFile, customer: int, quote: int, name: int) -> int:
    values = {"customer_id": customer, "since": "2026-01-01", "may_quote": quote, "may_name": name}
    return int(file.run("Advocate", lambda op: op.insert("advocates", values)).result)


def consent(file: BusinessFile) -> dict[int, tuple[int, int]]:
    return {row[0]: (row[1], row[2]) for row in file.rows("SELECT customer_id, may_quote, may_name FROM advocates")}


def test_consent_of_two_made_one_is_the_narrower(file: BusinessFile) -> None:
    kept, other = add(file, "Ada"), add(file, "Ada B")
    advocate(file, kept, 1, 1)
    advocate(file, other, 1, 0)
    made = file.run("Merge", lambda op: store_merge.merge(op, kept, other)).operation_id
    assert consent(file) == {kept: (1, 0)}
    file.run("Apart", lambda op: store_merge.take_apart(op, made))
    assert consent(file) == {kept: (1, 1), other: (1, 0)}


def referrals(file: BusinessFile) -> list[tuple]:
    return [tuple(row) for row in file.rows("SELECT customer_id, referred_id, name FROM referrals ORDER BY id")]


def test_who_was_sent_stays_known_when_two_are_made_one(file: BusinessFile) -> None:
    kept, other, third = add(file, "Ada"), add(file, "Ada B"), add(file, "Cyd")

    def refer(op):
        op.insert("referrals", {"customer_id": third, "referred_id": other, "date": "2026-01-01"})
        op.insert("referrals", {"customer_id": other, "referred_id": third, "date": "2026-01-01"})
        op.insert("referrals", {"customer_id": kept, "referred_id": other, "date": "2026-01-01"})

    file.run("Refer", refer)
    before = referrals(file)
    made = file.run("Merge", lambda op: store_merge.merge(op, kept, other)).operation_id
    assert referrals(file) == [(third, kept, ""), (kept, third, ""), (kept, None, "Ada B")]
    file.run("Apart", lambda op: store_merge.take_apart(op, made))
    assert referrals(file) == before


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    people=st.lists(
        st.tuples(st.sampled_from(["", "yes", "no"]), st.sampled_from(["", "regular", *NOBODY_WRITES])), max_size=6
    ),
    own=st.booleans(),
)
def test_nobody_who_said_no_is_ever_allowed(file: BusinessFile, people: list[tuple[str, str]], own: bool) -> None:
    made = {add(file, f"P{place}", *one): one for place, one in enumerate(people)}
    allowed = may(file, made, own)
    assert set(allowed.yes) | set(allowed.no) == set(made)
    assert not set(allowed.yes) & set(allowed.no)
    for customer in allowed.yes:
        answer, tag = made[customer]
        assert answer != "no"
        assert tag not in NOBODY_WRITES
        assert own or answer == "yes"


def test_the_form_shows_and_changes_it(qtbot) -> None:
    from cvdesk.customers.form import CustomerForm
    from cvdesk.kit.theme import Theme

    form = CustomerForm(Theme(qtbot._request.getfixturevalue("qapp"), "light"), [], [])
    qtbot.addWidget(form)
    form.load(Customer("Ada", may_write="yes", may_write_on=DAY, may_write_how="order form"))
    assert (form.may_write.currentData(), form.may_write_how.text()) == ("yes", "order form")
    assert form.record() == Customer("Ada", may_write="yes", may_write_on=DAY, may_write_how="order form")
    form.may_write_on.setText("1 May 2027")
    assert set(form.problems(date(2026, 11, 22))) == {"may_write_on"}
    form.may_write.setCurrentIndex(form.may_write.findData(""))
    assert form.record() == Customer("Ada")


def test_whoever_said_no_is_not_asked_in_a_survey(file: BusinessFile) -> None:
    from cvdesk.surveys.store_ask import Audience, candidates

    no = add(file, "Ada", "no")
    found = candidates(file, Audience(everybody=True), "paper", DAY)
    assert [one.id for one in found.barred] == [no]
