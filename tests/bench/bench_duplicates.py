"""Duplicates found in a list whose true pairs are known (Febrl): precision, recall, time; and the time for many.

python tests/bench/bench_duplicates.py LIST.csv [HOW_MANY]; LIST has the columns of Febrl's data sets, the true pairs in
rec_id. Compared by name, address and birthday; nothing else of it is used.
"""

import csv
import random
import sys
import time
from datetime import date
from pathlib import Path

from cvdesk.customers.records_match import Compared, compared
from cvdesk.customers.records_pairs import candidates, find_pairs


def read(path: Path) -> tuple[list[Compared], dict[int, str]]:
    """Customers as an import would make them, and who each truly is."""
    customers, truth = [], {}
    with path.open(encoding="utf-8", newline="") as source:
        for place, row in enumerate(csv.DictReader(source, skipinitialspace=True)):
            name = " ".join(part for part in (row["given_name"], row["surname"]) if part)
            street = " ".join(part for part in (row["street_number"], row["address_1"]) if part)
            address = ", ".join(part for part in (street, row["address_2"], row["postcode"]) if part)
            if name:
                customers.append(compared(place, name, "person", day(row["date_of_birth"]), address, row["suburb"]))
                truth[place] = row["rec_id"].split("-")[1]
    return customers, truth


def day(text: str) -> str:
    """A birthday; what is no day is left out, as an import does."""
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:8])).isoformat()
    except ValueError:
        return ""


def judge(path: Path) -> None:
    customers, truth = read(path)
    people: dict[str, int] = {}
    for who in truth.values():
        people[who] = people.get(who, 0) + 1
    pairs = sum(count * (count - 1) // 2 for count in people.values())
    start = time.perf_counter()
    found = find_pairs(customers)
    taken = time.perf_counter() - start
    print(f"{len(customers)} customers, {pairs} true pairs, {sum(1 for _ in candidates(customers))} compared")
    for what, some in (("without doubt", [pair for pair in found if not pair[2].doubt]), ("all", found)):
        right = sum(truth[one] == truth[other] for one, other, _why in some)
        print(f"{what}: {len(some)}, precision {right / len(some):.4f}, recall {right / pairs:.4f}")
    print(f"{taken:.2f} s")


def many(count: int) -> None:
    """Made-up people with as few given names and family names as a town has."""
    source = random.Random(1)
    letters = "aeioubdfgklmnprst"
    given = ["".join(source.choices(letters, k=source.randint(3, 8))) for _ in range(400)]
    family = ["".join(source.choices(letters, k=source.randint(4, 10))) for _ in range(4000)]
    streets = ["".join(source.choices(letters, k=source.randint(5, 10))) for _ in range(800)]
    customers = [
        compared(
            place,
            f"{source.choice(given)} {source.choice(family)}",
            birthday=date.fromordinal(source.randint(710_000, 731_000)).isoformat() if place % 3 else "",
            address=f"{source.randint(1, 120)} {source.choice(streets)} street",
            city=source.choice(("Leith", "Granton", "Portobello")),
            emails=[f"{place}@example.org"],
        )
        for place in range(count)
    ]
    start = time.perf_counter()
    found = find_pairs(customers)
    print(f"{count} made-up customers: {len(found)} pairs in {time.perf_counter() - start:.2f} s")


if __name__ == "__main__":
    judge(Path(sys.argv[1]))
    for how_many in [int(text) for text in sys.argv[2:] if text.isdigit()] or [5000]:
        many(how_many)
