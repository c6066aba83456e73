"""A shop with a month behind it: what customers said in May, one complaint past its date, two actions."""

from datetime import date, timedelta
from pathlib import Path

from cvdesk.db import BusinessFile, open_file
from cvdesk.strategy import store_actions
from cvdesk.strategy.records import Action
from cvdesk.themes import store as themes
from tests.figures.shop import add_complaint, add_customer, new_shop

TODAY = date(2026, 6, 3)
MONTH = date(2026, 5, 1)
FAN = "Florence Featherstonehaugh"


def look_shop(folder: Path) -> BusinessFile:
    """Thirty customers: twelve had late deliveries, eight praised the staff; two comments wait to be filed."""
    with new_shop(folder) as made:
        made.run("May", _fill)
    return open_file(folder / "shop.cvdesk")


def _fill(op) -> None:
    late, friendly = (_theme(op, key) for key in ("waiting-and-delays", "helpful-people"))
    people = [add_customer(op, f"Customer {number}") for number in range(29)] + [add_customer(op, FAN)]
    for place, customer in enumerate(people):
        day = MONTH + timedelta(days=place % 28)
        about = late if place < 12 else friendly if place < 20 else None
        words = {"kind": "problem", "rating": 2.0} if about == late else {"kind": "praise", "rating": 5.0}
        entry = op.insert("entries", {"date": day.isoformat(), "customer_id": customer, **words})
        if about is not None:
            themes.tag_entry(op, entry, about, "confirmed", "owner")
    waits = op.insert("entries", {"date": "2026-06-01", "text": "The van came an hour late.", "customer_id": people[0]})
    themes.tag_entry(op, waits, late, "suggested", "words")
    op.insert("entries", {"date": "2026-05-30", "text": "Do you sell flour?", "needs_answer": 1})
    add_complaint(op, 7, date(2026, 5, 20), {}, text="Cold soup", stage="received", acknowledge_by="2026-05-22",
                  resolve_by="2026-06-01", customer_id=people[1])  # fmt: skip
    store_actions.save(op, Action("Second van", theme_id=late), TODAY)
    store_actions.save(op, Action("Lock the back door", must_fix=True, must_fix_why="safety"), TODAY)
    op.insert("staff", {"name": "Priya"})


def _theme(op, key: str) -> int:
    return int(op.value("SELECT id FROM themes WHERE key = ?", (key,)))
