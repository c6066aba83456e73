"""Money given back: the vouchers' account adds up whatever happened to them, and the paper says what the books hold."""

import csv
import io
import json
import re
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cvdesk.care import report_money, store_money
from cvdesk.care import store_gestures as gestures
from cvdesk.care.records_gestures import Gesture
from cvdesk.care.records_money import AGAIN, CANCELLED, EXPIRED, GESTURE, GIVEN, ISSUED, REDEEMED, REFUND
from cvdesk.catalogue.records import Filter, Period
from tests.figures.shop import add_customer, new_shop
from tests.pdf.reading import words

FIRST = date(2026, 1, 1)
TODAY = date(2026, 6, 30)
YEAR = Period(FIRST, TODAY)
DAYS = st.integers(0, 180).map(lambda days: FIRST + timedelta(days=days))
MAYBE = st.one_of(st.none(), DAYS)


@pytest.fixture
def file(tmp_path):
    with new_shop(tmp_path) as opened:
        yield opened


def write(file, work):
    return file.run("Step", work).result


def issue(file, code="AB-1", worth=450, issued=FIRST, **days):
    row = {"code": code, "gives": "A loaf of rye", "worth_minor": worth, "issued": issued.isoformat()}
    row |= {name: day.isoformat() for name, day in days.items() if day is not None}
    return write(file, lambda op: op.insert("vouchers", row))


def gather(file, period=YEAR, **limits):
    return store_money.gather(file, Filter(period, **limits), TODAY)


def account(data):
    return {kind: data.sum(kind).minor for kind in (ISSUED, AGAIN, REDEEMED, EXPIRED, CANCELLED)}


def test_open_vouchers_and_what_happened_to_them_add_up(file):
    issue(file, "A", 100, date(2025, 12, 1))
    issue(file, "B", 200, date(2026, 2, 1), redeemed=date(2026, 3, 1))
    issue(file, "C", 400, date(2026, 2, 1), valid_until=date(2026, 4, 30))
    issue(file, "D", 800, date(2026, 2, 1), cancelled=date(2026, 2, 9))
    issue(file, "E", None, date(2026, 5, 1))
    data = gather(file)
    assert (data.opening.minor, data.closing.minor, data.closing.count, data.closing.unpriced) == (100, 100, 2, 1)
    assert account(data) == {ISSUED: 1400, AGAIN: 0, REDEEMED: 200, EXPIRED: 400, CANCELLED: 800}


def test_a_voucher_is_open_on_its_last_day_and_expires_on_the_next(file):
    issue(file, valid_until=date(2026, 4, 30))
    assert gather(file, Period(FIRST, date(2026, 4, 30))).closing.minor == 450
    after = gather(file, Period(date(2026, 5, 1), TODAY))
    assert (after.opening.minor, after.sum(EXPIRED).minor, after.closing.minor) == (450, 450, 0)


def test_an_expired_voucher_that_is_taken_all_the_same_is_shown_as_such(file):
    issue(file, valid_until=date(2026, 2, 28), redeemed=date(2026, 3, 9))
    march = gather(file, Period(date(2026, 3, 2), TODAY))
    assert (march.opening.minor, march.sum(AGAIN).minor, march.sum(REDEEMED).minor, march.closing.minor) == (
        0, 450, 450, 0,
    )  # fmt: skip
    assert "taken all the same after their end" in words(report_money.as_pdf(march))


ONE = st.tuples(st.one_of(st.none(), st.integers(0, 9_999_999)), DAYS, MAYBE, MAYBE, MAYBE)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(ONE, max_size=8), DAYS, DAYS)
def test_opening_and_changes_give_what_is_open_at_the_end_for_any_vouchers(file, made, one, other):
    write(file, lambda op: [op.delete("vouchers", row["id"]) for row in op.rows("SELECT id FROM vouchers")])
    for number, (worth, issued, until, redeemed, cancelled) in enumerate(made):
        issue(file, f"X-{number}", worth, issued, valid_until=until, redeemed=redeemed, cancelled=cancelled)
    period = Period(min(one, other), max(one, other))
    data = gather(file, period)
    known = gestures.given_back(file, period)
    assert data.closing == store_money.open_on(file, period.end)
    assert (data.closing.count, data.closing.minor) == (known.open, known.open_minor)
    assert (data.sum(ISSUED).count, data.sum(ISSUED).minor) == (known.issued, known.issued_minor)
    assert (data.sum(REDEEMED).count, data.sum(REDEEMED).minor) == (known.redeemed, known.redeemed_minor)
    parts = account(data)
    gone = parts[REDEEMED] + parts[EXPIRED] + parts[CANCELLED]
    assert data.opening.minor + parts[ISSUED] + parts[AGAIN] - gone == data.closing.minor
    months = data.months()
    assert sum(month.given[REDEEMED].minor for month in months) == parts[REDEEMED]
    assert months == () or months[-1].closing == data.closing


def shop(file, name="Anna Bell", amount=1250):
    anna = write(file, lambda op: add_customer(op, name))
    case = {
        "number": 7, "date": "2026-03-01", "customer_id": anna, "cost_minor": amount, "stage": "resolved",
        "resolved": "2026-03-04", "resolution": f"Money back to {name}",
    }  # fmt: skip
    write(file, lambda op: op.insert("complaints", case))
    write(file, lambda op: gestures.give(op, Gesture(anna, f"Flowers for {name}", date(2026, 4, 2), 800)))
    issue(file, "CS-K7M2-QXP4", 450, date(2026, 5, 1), redeemed=date(2026, 5, 9))
    write(file, lambda op: op.update("vouchers", op.value("SELECT id FROM vouchers"), {"customer_id": anna}))


def test_the_sums_are_those_of_the_care_page(file):
    shop(file)
    data, known = gather(file), gestures.given_back(file, YEAR)
    assert data.sum(*GIVEN).minor == known.total_minor == 2500
    assert (data.sum(REFUND).minor, data.sum(GESTURE).minor) == (known.refunds_minor, known.gestures_minor)


def test_the_paper_says_the_sum_the_account_and_every_item(file):
    shop(file)
    said = words(report_money.as_pdf(gather(file)))
    for part in (
        "£25.00 went back to customers", "= open at the end of 30 Jun 2026", "#7", "Money back to Anna Bell",
        "CS-K7M2-QXP4", "no invoice and no tax advice", "Month by month",
    ):  # fmt: skip
        assert part in said
    amounts = re.findall(r"£[\d,.]*\d", said)
    assert "£8.00" in amounts
    assert all(re.fullmatch(r"£[\d,]+\.\d\d", amount) for amount in amounts)
    short = words(report_money.as_pdf(gather(file), left_out=frozenset({"months", "items"})))
    assert "£25.00 went back" in short
    assert "Month by month" not in short
    assert "CS-K7M2-QXP4" not in short


def test_names_left_out_leave_no_name_on_paper_nor_in_the_list(file):
    shop(file)
    data = gather(file)
    for said in (words(report_money.as_pdf(data, names=False)), report_money.as_csv(data, names=False).decode()):
        assert "Anna" not in said
        assert "Bell" not in said
        assert "CS-K7M2-QXP4" in said


def test_the_list_holds_every_item_with_its_amount_and_runs_nothing(file):
    shop(file, "=HYPERLINK(1)")
    rows = list(csv.DictReader(io.StringIO(report_money.as_csv(gather(file)).decode("utf-8-sig"))))
    assert [(row["date"], row["kind"], row["amount"], row["currency"]) for row in rows] == [
        ("2026-03-04", "refund", "12.50", "GBP"), ("2026-04-02", "gesture", "8.00", "GBP"),
        ("2026-05-01", "issued", "4.50", "GBP"), ("2026-05-09", "redeemed", "4.50", "GBP"),
    ]  # fmt: skip
    assert rows[0]["customer"] == "'=HYPERLINK(1)"


def test_currencies_without_decimals_and_amounts_of_millions(file):
    shop(file, amount=123_456_789)
    row = file.row("SELECT id, value FROM settings WHERE key = 'business'")
    yen = json.dumps(json.loads(row["value"]) | {"currency": "JPY"})
    write(file, lambda op: op.update("settings", row["id"], {"value": yen}))
    data = gather(file)
    assert "123,456,789" in words(report_money.as_pdf(data))
    assert ",123456789,JPY" in report_money.as_csv(data).decode()


def test_an_empty_file_says_calmly_that_nothing_was_noted(file):
    said = words(report_money.as_pdf(gather(file)))
    assert "No money went back to customers" in said
    assert "will stand here" in said


def test_other_limits_of_the_filter_do_not_change_the_books(file):
    shop(file)
    data = gather(file, offering=5)
    assert data.sum(*GIVEN).minor == 2500
    assert "Of all products and customers" in words(report_money.as_pdf(data))
