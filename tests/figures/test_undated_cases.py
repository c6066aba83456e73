"""A complaint brought in as closed, without the day, is neither open nor timed."""

from datetime import date
from pathlib import Path

from cvdesk.catalogue.records import Business, Filter, Period
from cvdesk.exchange.new import make_business
from cvdesk.figures.store import gather

TODAY = date(2026, 11, 21)


def test_closed_without_a_day(tmp_path: Path) -> None:
    with make_business(tmp_path / "shop.cvdesk", Business("Shop")) as shop:

        def add(number: int, stage: str) -> None:
            row = {"number": number, "date": "2026-10-01", "stage": stage, "resolve_by": "2026-10-15"}
            shop.run("Case", lambda op: op.insert("complaints", row))

        for number in range(1, 7):
            add(number, "closed")
        add(7, "received")
        found = gather(shop, Filter(Period.last_months(12, TODAY)), TODAY).complaints
    assert (found.count, found.open, found.overdue) == (7, 1, 1)
    assert found.days_to_resolve.n == 1
    assert found.days_to_resolve.value is None


def test_a_missed_acknowledgement_is_overdue_until_it_is_made(tmp_path: Path) -> None:
    with make_business(tmp_path / "shop.cvdesk", Business("Shop")) as shop:
        row = {"number": 1, "date": "2026-11-10", "acknowledge_by": "2026-11-12", "resolve_by": "2026-12-15"}
        case = shop.run("Case", lambda op: op.insert("complaints", row)).result

        def overdue(day: int) -> int:
            end = date(2026, 11, day)
            return gather(shop, Filter(Period(date(2026, 11, 1), end)), TODAY).complaints.overdue

        assert [overdue(12), overdue(13), overdue(21)] == [0, 1, 1]
        said = {"stage": "acknowledged", "acknowledged": "2026-11-15"}
        shop.run("Step", lambda op: op.update("complaints", case, said))
        assert [overdue(12), overdue(13), overdue(21)] == [0, 1, 0]
