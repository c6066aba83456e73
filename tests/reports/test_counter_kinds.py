"""Vouchers, poster and questions with answers as kinds of document, under the business's own logo and colour."""

from dataclasses import replace
from datetime import date

import pytest

from cvdesk.care import store_poster
from cvdesk.care.records_community import Pair
from cvdesk.catalogue import store as catalogue
from cvdesk.catalogue.records import Filter, Logo, Period
from cvdesk.catalogue.store_letterhead import save_logo
from cvdesk.errors import UserError
from cvdesk.reports import kinds
from cvdesk.reports.records_kinds import Wanted
from tests.figures.shop import add_customer, new_shop
from tests.pdf.reading import reader, words

TODAY = date(2026, 6, 17)
YEAR = Filter(Period(date(2026, 1, 1), TODAY))
SQUARE = b'<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><rect width="40" height="20"/></svg>'


@pytest.fixture
def file(tmp_path):
    with new_shop(tmp_path) as opened:
        yield opened


def write(file, work):
    return file.run("Step", work).result


def make(file, kind, **more):
    return kinds.make(file, Wanted(kind, YEAR, TODAY, **more)).pdf


def vouchers(file):
    anna, ben = (write(file, lambda op, name=name: add_customer(op, name)) for name in ("Anna Bell", "Ben Cole"))
    for code, who, issued, more in (
        ("CS-OLD1-AAAA", anna, "2025-05-01", {}), ("CS-NEW1-BBBB", ben, "2026-02-01", {}),
        ("CS-USED-CCCC", anna, "2026-02-01", {"redeemed": "2026-03-01"}),
        ("CS-GONE-DDDD", anna, "2026-02-01", {"valid_until": "2026-03-01"}),
    ):  # fmt: skip
        row = {"code": code, "gives": "A loaf", "issued": issued, "customer_id": who, **more}
        write(file, lambda op, row=row: op.insert("vouchers", row))
    return anna


def test_vouchers_are_those_issued_in_the_period_that_can_still_be_used(file):
    vouchers(file)
    said = words(make(file, "vouchers"))
    assert "CS-NEW1-BBBB" in said
    assert "Ben Cole" in said
    for gone in ("OLD1", "USED", "GONE"):
        assert gone not in said


def test_vouchers_of_one_customer_are_all_that_customer_can_still_use(file):
    said = words(make(file, "vouchers", about=vouchers(file)))
    assert "CS-OLD1-AAAA" in said
    assert "NEW1" not in said


def test_vouchers_without_names_name_nobody(file):
    vouchers(file)
    said = words(make(file, "vouchers", names=False))
    assert "CS-NEW1-BBBB" in said
    assert "Ben" not in said


@pytest.mark.parametrize("kind", ["vouchers", "poster", "faq", "survey"])
def test_where_there_is_nothing_to_print_it_says_what_to_do(file, kind):
    with pytest.raises(UserError) as told:
        make(file, kind)
    assert str(told.value).count(".") >= 2


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_poster_and_answers_bear_the_logo_and_hold_their_words(file, paper):
    business = catalogue.business(file)
    write(file, lambda op: catalogue.save_business(op, replace(business, colour="#8A1538")))
    write(file, lambda op: store_poster.save_pair(op, Pair("Closed too early", "Open until seven", TODAY)))
    write(file, lambda op: op.insert("faqs", {"question": "Nuts?", "answer": "None.", "place": 1, "shown": 1}))
    plain = {kind: make(file, kind, paper=paper) for kind in ("poster", "faq")}
    write(file, lambda op: save_logo(op, Logo(SQUARE, "image/svg+xml")))
    for kind, held in (("poster", "Open until seven"), ("faq", "Nuts?")):
        pdf = make(file, kind, paper=paper)
        assert held in " ".join(words(pdf).split())
        (page,) = reader(pdf).pages
        assert round(float(page.mediabox.width)) == {"a4": 595, "letter": 612}[paper]
        drawn, before = page.get_contents().get_data(), reader(plain[kind]).pages[0].get_contents().get_data()
        assert len(drawn) > len(before)
