"""Small businesses full of chance, for tests that count again by hand."""

import random
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from cvdesk.catalogue import store as catalogue
from cvdesk.catalogue.records import Business, Filter, Period, match_key
from cvdesk.db import BusinessFile, Operation
from cvdesk.db.ids import IdSource
from cvdesk.exchange.new import make_business
from cvdesk.themes import store as themes
from cvdesk.value import store as value

TODAY = date(2026, 6, 17)
FIRST = date(2024, 11, 3)


def clock():
    return datetime(2026, 6, 17, 9, 0, tzinfo=UTC)


def new_shop(folder: Path) -> BusinessFile:
    """An empty business file whose ids repeat."""
    return make_business(folder / "shop.cvdesk", Business("Corner shop"), clock, IdSource(clock, random.Random(1)))


def everything(start: date = FIRST, end: date = TODAY, **limits: int | None) -> Filter:
    return Filter(Period(start, end), **limits)


def add_customer(op: Operation, name: str, segment: int | None = None) -> int:
    return op.insert("customers", {"name": name, "name_key": match_key(name), "segment_id": segment})


def add_sheet(op: Operation, day: date, values: dict[str, float], form: str = "full", **about) -> int:
    """A finished customers' sheet: question key -> number."""
    known = {question.key: question.version_id for question in catalogue.questions(op)}
    sheet = value.start(op, about.pop("kind", "customer"), form, day, **about)
    for key, number in values.items():
        value.answer(op, sheet, known[key], number)
    value.finish(op, sheet)
    return sheet


def ask_ease_of_seven(op: Operation) -> int:
    """The question a list brought in makes of ease on 1-7; its answers are kept on 1-5. Returns its version."""
    question = op.insert("questions", {"key": "ease_7", "kind": "scale5", "place": 999, "own": 1, "active": 0})
    about = {"series": 1, "language": "en", "wording": "How easy was it?", "anchors": "{}"}
    return op.insert("question_versions", {"question_id": question, **about})


def add_complaint(op: Operation, number: int, day: date, steps: dict[str, date], **more) -> int:
    """A complaint and its later steps, each with the day it was taken."""
    complaint = op.insert("complaints", {"number": number, "date": day.isoformat(), **more})
    op.insert("complaint_events", {"complaint_id": complaint, "stage": "received", "date": day.isoformat()})
    for stage, on in steps.items():
        op.insert("complaint_events", {"complaint_id": complaint, "stage": stage, "date": on.isoformat()})
    return complaint


class Chance:
    """Fills a business file at random; the same seed gives the same file."""

    def __init__(self, op: Operation, seed: int) -> None:
        self.op = op
        self.random = random.Random(seed)
        self.offerings = [catalogue.ensure(op, "offerings", name) for name in ("Bread", "Cake")]
        self.segments = [catalogue.ensure(op, "segments", name) for name in ("Regulars", "Trade")]
        self.channels = [named.id for named in catalogue.named(op, "channels")][:3]
        self.tags = [catalogue.ensure(op, "tags", "vip")]
        self.themes = themes.themes(op)[:4]
        self.factors = [factor.key for factor in catalogue.factors(op)]
        self.customers: list[int | None] = []

    def day(self) -> date:
        # Some in the last weeks, so that months fill up; some after today.
        if self.random.random() < 0.5:
            return TODAY - timedelta(days=self.random.randrange(-20, 120))
        return FIRST + timedelta(days=self.random.randrange((TODAY - FIRST).days))

    def maybe(self, options: list[int]) -> int | None:
        return self.random.choice([None, *options])

    def fill(self) -> None:
        size = self.random.choice((0, 1, 6, 30))
        for number in range(size):
            customer = add_customer(self.op, f"Customer {number}", self.maybe(self.segments))
            self.customers.append(customer)
            if self.random.random() < 0.3:
                self.op.insert("customer_tags", {"customer_id": customer, "tag_id": self.tags[0]})
        self.customers.append(None)
        for _ in range(self.random.choice((0, 3, 80))):
            self.entry()
        for number in range(self.random.choice((0, 4, 25))):
            self.complaint(number + 1)
        for _ in range(self.random.choice((0, 4, 40))):
            self.sheet()
        for _ in range(self.random.choice((0, 10))):
            self.visit()

    def about(self) -> dict[str, Any]:
        return {
            "customer_id": self.random.choice(self.customers),
            "channel_id": self.maybe(self.channels),
            "offering_id": self.maybe(self.offerings),
            "segment_id": self.maybe(self.segments),
        }

    def entry(self) -> None:
        rating = self.random.choice((None, 1.0, 2.0, 2.5, 3.0, 3.25, 4.0, 4.5, 5.0, 5.0))
        entry = self.op.insert("entries", {"date": self.day().isoformat(), "rating": rating, **self.about()})
        for theme in self.random.sample(self.themes, self.random.randrange(3)):
            state = self.random.choice(("confirmed", "confirmed", "suggested", "rejected"))
            themes.tag_entry(self.op, entry, theme.id, state, "owner")

    def complaint(self, number: int) -> None:
        received = self.day()
        steps: dict[str, date] = {}
        later = received
        for stage in ("resolved", "reopened", "closed"):
            if self.random.random() < 0.5:
                break
            later += timedelta(days=self.random.randrange(40))
            steps[stage] = later
        complaint = add_complaint(
            self.op, number, received, steps, **self.about(),
            resolve_by=self.random.choice((None, (received + timedelta(days=10)).isoformat())),
            outcome=self.random.choice((None, None, "accepted", "spam")),
        )  # fmt: skip
        for theme in self.random.sample(self.themes, self.random.randrange(3)):
            self.op.insert("complaint_themes", {"complaint_id": complaint, "theme_id": theme.id})

    def sheet(self) -> None:
        keys = self.random.sample(self.factors, self.random.choice((2, 12, 25)))
        values: dict[str, float] = {key: float(self.random.randint(1, 5)) for key in keys}
        for key, highest in (("worth_it", 5), ("satisfaction", 5), ("ease", 5), ("recommend", 10)):
            if self.random.random() < 0.7:
                values[key] = float(self.random.randint(1, highest))
        about = self.about()
        competitor = None
        if self.random.random() < 0.1:
            competitor = self.op.value("SELECT id FROM competitors") or self.op.insert("competitors", {"name": "Other"})
        kind = self.random.choice(("customer", "customer", "customer", "owner"))
        sheet = add_sheet(self.op, self.day(), values, kind=kind, competitor_id=competitor, **about)
        if self.random.random() < 0.1:
            value.resume(self.op, sheet)

    def visit(self) -> None:
        customer = self.random.choice(self.customers)
        if customer is None:
            return
        day = self.day().isoformat()
        if self.random.random() < 0.5:
            self.op.insert("purchases", {"customer_id": customer, "date": day})
        else:
            due, done = self.random.choice(((None, None), (day, None), (day, day)))
            self.op.insert(
                "touches", {"customer_id": customer, "date": day, "kind": "check_in", "due": due, "done": done}
            )


# Seeds with which a shop has customers, entries and complaints enough to count something: most leave one of them out.
FULL = (13, 17, 24, 64, 80, 84)


def chance_shop(folder: Path, seed: int) -> BusinessFile:
    """A business filled at random."""
    shop = new_shop(folder)
    shop.run("Fill", lambda op: Chance(op, seed).fill())
    return shop
