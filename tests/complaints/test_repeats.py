"""Complaints that say the same again: proposed, linked, shown as a chain; causes found before."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from cvdesk.catalogue import store as catalogue
from cvdesk.complaints.store_repeats import causes, chain, id_of, link, proposed, unlink
from cvdesk.errors import UserError
from cvdesk.themes import store as themes

DAY = date(2026, 11, 2)
AGO = timedelta(days=1)


def numbers(rows):
    return [row.number for row in rows]


@pytest.fixture
def linked(file):
    def made(case: int, earlier: int) -> None:
        file.run("Link", lambda op: link(op, case, earlier))

    return made


def test_the_same_customer_or_theme_and_product_within_ninety_days_is_proposed(file, add, person):
    late, rude = (theme.id for theme in themes.themes(file)[:2])
    bread = file.run("Add", lambda op: catalogue.ensure(op, "offerings", "Bread")).result
    maria, jo = person("Maria Alvarez"), person("Jo Park")
    add(customer_id=maria, date=DAY - 91 * AGO)  # too long ago
    add(customer_id=maria, date=DAY - 90 * AGO, themes=(late,))
    add(customer_id=maria, date=DAY - AGO, themes=(rude,))
    add(customer_id=jo, date=DAY - 2 * AGO, themes=(late,), offering_id=bread)
    add(customer_id=jo, date=DAY - 2 * AGO, themes=(late,))  # the same theme, another product
    add(customer_id=maria, date=DAY + AGO)  # later
    case = add(customer_id=maria, themes=(late,), offering_id=bread)
    found = proposed(file, case, DAY)
    assert [(one.row.number, one.same_customer) for one in found] == [(2, True), (3, True), (4, False)]


def test_nobody_in_particular_is_no_customer_they_share(file, add):
    add()
    assert proposed(file, add(), DAY) == []


def test_a_chain_is_shown_from_any_of_its_links_and_what_is_in_it_is_no_longer_proposed(file, add, person, linked):
    maria = person("Maria Alvarez")
    first, second, third = (add(customer_id=maria, date=DAY - days * AGO) for days in (9, 5, 0))
    linked(second, first)
    linked(third, second)
    for case in (first, second, third):
        assert numbers(chain(file, case, DAY)) == [1, 2, 3]
    assert proposed(file, third, DAY) == []
    file.run("Unlink", lambda op: unlink(op, third))
    assert numbers(chain(file, third, DAY)) == []
    assert numbers(chain(file, first, DAY)) == [1, 2]
    assert [one.row.number for one in proposed(file, third, DAY)] == [2, 1]


def test_a_link_goes_back_in_time_and_never_in_a_circle(file, add, linked):
    first, second = add(date=DAY - AGO), add()
    linked(second, first)
    for case, earlier in ((first, second), (first, first)):
        with pytest.raises(UserError, match="not an earlier complaint"):
            linked(case, earlier)


def test_a_number_nobody_has_is_said(file, add):
    case = add()
    assert id_of(file, 1) == case
    with pytest.raises(UserError, match="no complaint #77"):
        id_of(file, 77)


def test_causes_found_before_come_with_the_most_frequent_first(file, add):
    for cause in ("Oven broken", "Driver ill", "Driver ill", " "):
        add(cause=cause)
    assert causes(file) == ["Driver ill", "Oven broken"]
