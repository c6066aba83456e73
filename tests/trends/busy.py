"""A shop of chance with something in every series: sheets handed out, feedback answered, moods of themes."""

from datetime import date, timedelta
from pathlib import Path

from cvdesk.db import BusinessFile
from tests.figures.shop import Chance, add_customer, new_shop


class Busy(Chance):
    """A larger shop of chance that hands out sheets, answers feedback, and says in what mood a theme is spoken of."""

    def fill(self) -> None:
        for number in range(40):
            customer = add_customer(self.op, f"Customer {number}", self.maybe(self.segments))
            self.customers.append(customer)
            if self.random.random() < 0.3:
                self.op.insert("customer_tags", {"customer_id": customer, "tag_id": self.tags[0]})
        self.customers.append(None)
        for _ in range(250):
            self.entry()
        for number in range(60):
            self.complaint(number + 1)
        for _ in range(80):
            self.sheet()
        for _ in range(20):
            self.visit()
        survey = self.op.insert("surveys", {"name": "Spring", "form": "short"})
        for number in range(120):
            asked = self.day()
            back = asked + timedelta(days=self.random.randrange(60))
            self.op.insert("sheets", {
                "survey_id": survey, "code": f"S{number}", "customer_id": self.random.choice(self.customers),
                "asked": asked.isoformat(), "answered": self.random.choice((None, back.isoformat())),
            })  # fmt: skip
        for entry, given in list(self.op.rows("SELECT id, date FROM entries")):
            wait = self.random.randrange(-20, 20)
            answered = (date.fromisoformat(given) + timedelta(days=wait)).isoformat() if 0 <= wait <= 10 else None
            if wait >= 0:
                self.op.update("entries", entry, {"needs_answer": 1, "answered": answered})
        for row in self.op.rows("SELECT id FROM entry_themes"):
            if self.random.random() < 0.2:
                self.op.update("entry_themes", row[0], {"mood": self.random.choice(("good", "bad"))})


def busy_shop(folder: Path, seed: int) -> BusinessFile:
    """The same shop for the same seed."""
    shop = new_shop(folder)
    shop.run("Fill", lambda op: Busy(op, seed).fill())
    return shop
