"""Which pairs of customers are worth comparing: those that share a key, in blocks of bounded size."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence

from cvdesk.customers.records_match import Compared, Likeness, Scorer
from cvdesk.customers.records_names import sound

# Blocks up to this size are compared each with each. In larger ones only neighbours in the order of names, and none
# where the key alone says little: so the work grows with the number of customers and not with its square.
_BLOCK = 24
_NEIGHBOURS = 6
_TELLING = ("n", "b", "e", "t")
Pair = tuple[int, int]


def find_pairs(
    customers: Sequence[Compared], stopped: Callable[[], bool] = lambda: False
) -> list[tuple[int, int, Likeness]]:
    """(id, other id, why) of all who may be one, the surest first; ids in the order of `customers`.

    `stopped` is asked now and then; what was found so far is given.
    """
    scorer = Scorer(customers)
    found: list[tuple[int, int, Likeness]] = []
    for number, (one, other) in enumerate(candidates(customers)):
        if number % 1000 == 0 and stopped():
            break
        likeness = scorer.likeness(customers[one], customers[other])
        if likeness.points >= scorer.need:
            found.append((customers[one].id, customers[other].id, likeness))
    return sorted(found, key=lambda pair: (-pair[2].points, pair[0], pair[1]))


def candidates(customers: Sequence[Compared]) -> Iterator[Pair]:
    """Places of pairs that share a key, each once, the smaller place first."""
    blocks: dict[str, list[int]] = defaultdict(list)
    for place, customer in enumerate(customers):
        for key in set(_keys(customer)):
            blocks[key].append(place)
    seen: set[int] = set()
    many = len(customers)
    order = _name_order(customers)
    for key, block in blocks.items():
        reach = len(block)
        if reach > _BLOCK:
            if not key.startswith(_TELLING):
                continue
            block, reach = sorted(block, key=order.__getitem__), _NEIGHBOURS
        for at, one in enumerate(block):
            for other in block[at + 1 : at + 1 + reach]:
                pair = (one, other) if one < other else (other, one)
                number = pair[0] * many + pair[1]
                if number not in seen:
                    seen.add(number)
                    yield pair


def _name_order(customers: Sequence[Compared]) -> list[str]:
    return [" ".join(sorted(customer.name.words)) for customer in customers]


def _keys(customer: Compared) -> Iterator[str]:
    """What two records of one customer most likely share at least one of, with errors in any single part."""
    name, place, born = customer.name, customer.place, customer.birthday
    sounds = sorted({sound(word) for word in name.words})
    starts = sorted(word[:3] for word in name.words)
    yield "n" + " ".join(sounds)
    yield "s" + " ".join(starts)
    yield from (f"e{email}" for email in customer.emails)
    yield from (f"t{phone}" for phone in customer.phones)
    if born:
        yield "b" + born
        yield "m" + born[:4] + "".join(sorted((born[5:7], born[8:])))
        yield from (f"y{born[:4]}{heard}" for heard in sounds)
        yield from (f"d{born[5:]}{heard}" for heard in sounds)
    if place.number and place.words:
        yield f"h{place.number}{place.words[0][:4]}"
        yield f"w{place.number}{place.words[-1][:4]}"
    if len(place.words) > 1:
        yield "a" + " ".join(word[:5] for word in place.words[:2])
    if place.town:
        yield from (f"c{place.town[:4]}{heard}" for heard in sounds)
    if place.number:
        yield from (f"p{place.number}{heard}" for heard in sounds)
    if name.organisation:
        yield from (f"o{word}" for word in name.given)
