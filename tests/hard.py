"""A file of everything that is hard to print: `python -m tests.hard OUT.cvdesk [--today DATE]`.

The sample business with a right-to-left name, customers in Arabic, Hebrew, Chinese and emoji, names of 80 characters,
forty themes customers speak of, amounts in millions, words without a blank, and a strategy that runs. The same day
gives the same content.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from cvdesk.catalogue import store as catalogue
from cvdesk.catalogue.records import Logo
from cvdesk.catalogue.store_letterhead import save_logo
from cvdesk.complaints import store as complaints
from cvdesk.complaints.records import Complaint
from cvdesk.customers import store as customers
from cvdesk.db import Operation, open_file
from cvdesk.exchange.sample import make_sample
from cvdesk.feedback import store as feedback
from cvdesk.feedback.records import Entry
from cvdesk.strategy import store_kept, store_kept_propose
from cvdesk.strategy.records_plan import Limits
from cvdesk.strategy.store_actions import actions
from cvdesk.strategy.store_plan import planned
from cvdesk.strategy.store_plan import surer as with_sureness
from cvdesk.themes import store as themes
from cvdesk.themes import store_manage

LONG = "The Extraordinarily Long-Winded Association of Harbourside Friends and Neighbours"[:80]
UNBROKEN = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"[:80]
NAMES = (
    LONG,
    UNBROKEN,
    "محمد عبد الرحمن الشريف القاسمي",
    "אברהם בן־דוד מזרחי־כהן",
    "王小明",
    "株式会社 港の見えるパン屋さん",
    "김민수",
    "Zoë 🥐🍞 O’Brien-Łukasiewicz",
    "👩‍🍳🧁🎂",
    "Ελένη Παπαδοπούλου",
    "Владимир Щербаков",
    "Nguyễn Thị Mỹ Hạnh",
    "Müller & Söhne <b>GmbH</b> \"A/B\" {n} %s",
    "שלום Shalom سلام 3.14 (Ltd)",
    "ﬁsh’n’chips ½ price №5 ™",
    "प्रिया शर्मा",
)  # fmt: skip
BUSINESS = "מאפיית הנמל „השחר“ בע״מ · مخبز المرفأ"
AMOUNTS = 20_000  # what every amount of the sample is multiplied by
THEMES = 40
_ENTRIES = "SELECT id FROM entries WHERE customer_id IS NOT NULL ORDER BY position"
_RENAMED = {
    "offerings": "{name}, hand-made from the finest regional ingredients since eighteen-ninety-four",
    "segments": "{name} who live within walking distance of the old harbour and its market hall",
    "channels": "{name} (as written down by whoever was standing nearest at the time it came in)",
    "staff": "{name} Featherstonehaugh-Cholmondeley von und zu Wolfeschlegelsteinhausen",
    "competitors": "{name} & Sons, Purveyors of Fine Bread, Cakes and Confectionery of Old Harbour",
    "tags": "{name} and everybody who was ever seen together with one of them at the counter",
    "groups": "{name} of the Harbour, the Market Hall, the Old Town and all Villages around it",
    "gatherings": "{name} of the Harbour, the Market Hall, the Old Town and all Villages around it",
}
_MONEY = ("amount_minor", "cost_minor", "price_minor", "worth_minor")
WORDS = (
    "خبزكم ممتاز ولكن التوصيل تأخر ساعتين يوم الجمعة 13:30، والثمن £4.50 كثير.",
    "הלחם נהדר, אבל חיכיתי 45 דקות (שוב!) בתור של יום שישי.",
    "面包很好吃，但是星期六排队太长了，等了四十五分钟。",
    "🥐🥐🥐 12/10 would queue again 😀👍🏽 — even in the rain ☔",
    "<b>Bold?</b> &amp; <img src=x onerror=alert(1)> {0} %s \\n =SUM(A1:A9)\n\n\nSecond   paragraph\twith a tab.",
    "Unbroken: " + "a" * 240,
    "A very long story. " * 160,
    "https://example.com/a/very/long/address/that/never/ends?with=a&query=that&goes=on&and=on#" + "x" * 60,
)  # fmt: skip
LOGO = b"""<svg xmlns="http://www.w3.org/2000/svg" width="400" height="100" viewBox="0 0 400 100">
<rect width="400" height="100" rx="20" fill="#7A1F3D"/><circle cx="50" cy="50" r="30" fill="#F2C14E"/>
<rect x="110" y="35" width="260" height="30" fill="#FFFFFF"/></svg>"""


def make_hard(path: Path, today: date) -> None:
    """Makes the file. UserError as for the sample."""
    make_sample(path, today=today)
    with open_file(path) as file:
        for step in (_business, _names, _themes, _money):
            file.run("Make it hard", step)
        file.run("Say hard things", lambda op: _words(op, today))
        file.run("Complain", lambda op: _complaints(op, today))
        file.run("Long actions", _actions)
        file.run("Decide", lambda op: _decide(op, today))


def _business(op: Operation) -> None:
    known = catalogue.business(op)
    made = replace(
        known, name=BUSINESS, colour="#FFE94D", phone="+972 3 123 4567",
        address="רחוב הנמל 12\nתל אביב־יפו 6340512\nThe Old Customs House, Third Floor, Harbour Quarter North",
        email="a.very.long.mailbox.name.for.a.small.bakery@an-even-longer-domain-name.example.com",
        website="https://an-even-longer-domain-name.example.com/welcome/to/the/harbour/bakery",
    )  # fmt: skip
    catalogue.save_business(op, made)
    save_logo(op, Logo(LOGO, "image/svg+xml", "logo.svg"))


def _names(op: Operation) -> None:
    ids = [row["id"] for row in op.rows("SELECT id FROM customers ORDER BY id")]
    for place, customer_id in enumerate(ids):
        name, turn = NAMES[place % len(NAMES)], place // len(NAMES)
        known = customers.get(op, customer_id)
        told = name if not turn else f"{name} {turn}"
        customers.save(op, replace(known, name=told, organisation=LONG if place % 5 == 0 else known.organisation))
    for table, pattern in _RENAMED.items():
        for row in op.rows(f"SELECT id, name FROM {table} ORDER BY id"):
            op.update(table, row["id"], {"name": pattern.format(name=row["name"])})


def _themes(op: Operation) -> None:
    """Forty that are spoken of, by fewer and fewer customers, each with a long name."""
    factors, rng = catalogue.factors(op), random.Random(7)
    entries = [row["id"] for row in op.rows(_ENTRIES)]
    for place in range(THEMES):
        name = f"{place + 1}. What happens when the second delivery of a Saturday does not come in time at all"
        theme = store_manage.add(op, name[:80], factors[place % len(factors)].id)
        for entry in rng.sample(entries, max(3, 120 - 3 * place)):
            themes.tag_entry(op, entry, theme, "confirmed", "owner", main=False)


def _money(op: Operation) -> None:
    for table in ("purchases", "touches", "complaints", "complaint_events", "offerings", "vouchers"):
        columns = [row["name"] for row in op.rows("SELECT name FROM pragma_table_info(?)", (table,))]
        for column in (name for name in columns if name in _MONEY):
            for row in op.rows(f"SELECT id, {column} AS amount FROM {table} WHERE {column} IS NOT NULL"):
                op.update(table, row["id"], {column: row["amount"] * AMOUNTS})


def _words(op: Operation, today: date) -> None:
    people = [row["id"] for row in op.rows("SELECT id FROM customers ORDER BY id LIMIT 16")]
    for place, (text, customer) in enumerate(_paired(people)):
        glad = place % 2 == 0
        said = Entry(
            today - timedelta(days=place % 9), text, customer, kind="praise" if glad else "problem",
            rating=5.0 if glad else 1.0,
        )  # fmt: skip
        feedback.save(op, said)


def _complaints(op: Operation, today: date) -> None:
    people = [row["id"] for row in op.rows("SELECT id FROM customers ORDER BY id LIMIT 16")]
    for place, (text, customer) in enumerate(_paired(people)):
        day = today - timedelta(days=3 * place)
        complaints.save(op, Complaint(date=day, text=text, customer_id=customer, cost_minor=123_456_789_00))


def _paired(people: list[int]) -> Iterator[tuple[str, int]]:
    """Each of the hard words with two customers."""
    for place, customer in enumerate(people):
        yield WORDS[place % len(WORDS)], customer


def _actions(op: Operation) -> None:
    for place, one in enumerate(actions(op)):
        assert one.id is not None
        name = f"{one.name}, and whatever else it takes so that it really works for everybody this time round"[:80]
        values = {
            "name": UNBROKEN if place == 2 else name, "cost_once_minor": one.cost_once_minor * AMOUNTS,
            "cost_month_minor": one.cost_month_minor * AMOUNTS,
        }  # fmt: skip
        op.update("actions", one.id, values)


def _decide(op: Operation, today: date) -> None:
    found = with_sureness(planned(op, Limits(months=6), today))
    chosen, _measures = store_kept_propose.propose(op, found, found.styles["balanced"], today)
    store_kept.decide(op, replace(chosen, name=LONG, budget_minor=987_654_321_00), today)


def main() -> None:
    """Makes the file the command line names."""
    parser = argparse.ArgumentParser(description="Makes a business file that is hard to print.")
    parser.add_argument("out", type=Path)
    parser.add_argument("--today", type=date.fromisoformat, default=date(2026, 11, 21))
    chosen = parser.parse_args()
    make_hard(chosen.out, chosen.today)


if __name__ == "__main__":
    main()
