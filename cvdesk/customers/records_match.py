"""Are two customers the same one? What agrees, how much each agreement says, and what rules it out.

Points are bits of evidence (after Fellegi and Sunter): a rare name says more than a common one, and the more customers
there are, the more it takes. What a household shares (family name, address, e-mail, phone) can never make two people
one: another given name or another birthday rules it out, unless nearly everything else agrees. Even then it is
doubtful: twins share all but their first names, a father and a son may share all but their birthdays.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cvdesk.customers.records_names import NOWHERE, Name, Place, alike, day_alike, read_name, read_place, shared_words

# What an agreement says in bits, and what a disagreement takes away.
_BIRTHDAY, _BIRTHDAY_ALIKE = 12.0, 7.0
_ADDRESS, _ADDRESS_ALIKE, _STREET = 9.0, 6.0, 2.0
_TOWN, _OTHER_TOWN, _OTHER_ADDRESS = 2.0, -1.0, -3.0
_EMAIL, _PHONE, _OTHER_CONTACT = 12.0, 10.0, -1.5
_HOUSEHOLD_MOST = 16.0
_INITIAL = 2.0
_ALIKE = 0.75
_OTHER_FAMILY, _OTHER_GIVEN = -6.0, -6.0
_RAREST, _COMMONEST = 12.0, 3.0
# A name this many others have is a name of its own, not a typing error.
_ESTABLISHED = 3
_NEED_AT_LEAST = 13.0
_NEED_MORE_THAN_EVEN = 4.0


@dataclass(frozen=True, slots=True)
class Compared:
    """A customer as it is compared. birthday: ISO or ""; emails and phones in the form they are compared in."""

    id: int
    name: Name
    birthday: str = ""
    place: Place = NOWHERE
    emails: frozenset[str] = frozenset()
    phones: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Likeness:
    """How much speaks for two customers being one. reasons: name, name_alike, name_part, birthday, birthday_alike,
    address, address_alike, town, email, phone. doubt: what speaks against it and would mostly mean two people, "given"
    for another first name, "birthday" for another birthday; empty where nothing does.
    """

    points: float
    reasons: tuple[str, ...] = ()
    doubt: str = ""


NOT_THE_SAME = Likeness(-math.inf)


def compared(
    customer_id: int,
    name: str,
    kind: str = "person",
    birthday: str | None = None,
    address: str = "",
    city: str = "",
    emails: Iterable[str] = (),
    phones: Iterable[str] = (),
) -> Compared:
    """A customer made ready for comparing."""
    return Compared(
        customer_id,
        read_name(name, kind == "organisation"),
        birthday or "",
        read_place(address, city),
        frozenset(emails),
        frozenset(phones),
    )


@dataclass(frozen=True, slots=True)
class _Names:
    """How two names agree."""

    points: float
    reasons: tuple[str, ...]
    other_given: bool = False
    other_family: bool = False


class Scorer:
    """Knows how common each name is among all customers."""

    def __init__(self, customers: Sequence[Compared]) -> None:
        self._all = len(customers)
        self._given = Counter(word for one in customers for word in set(one.name.given))
        self._words = Counter(part for one in customers for word in set(one.name.words) for part in _parts(word))
        # As many pairs are ruled out by chance as there are customers; below that a pair is not worth showing.
        self.need = max(_NEED_AT_LEAST, math.log2(max(self._all, 2)) + _NEED_MORE_THAN_EVEN)

    def likeness(self, one: Compared, other: Compared) -> Likeness:
        """What speaks for the two being one; NOT_THE_SAME where something rules it out."""
        if one.name.organisation != other.name.organisation or _other_person(one.name, other.name):
            return NOT_THE_SAME
        birthday = day_alike(one.birthday, other.birthday) if one.birthday and other.birthday else ""
        named = self._names(one.name, other.name)
        if named is None:
            return NOT_THE_SAME
        reasons = list(named.reasons)
        if birthday in ("same", "alike"):
            reasons.append("birthday" if birthday == "same" else "birthday_alike")
        household = self._household(one, other, reasons)
        doubt = "birthday" if birthday == "differs" else "given" if named.other_given else ""
        if not _believed(one, other, named, reasons, doubt):
            return NOT_THE_SAME
        personal = {"same": _BIRTHDAY, "alike": _BIRTHDAY_ALIKE}.get(birthday, 0.0)
        return Likeness(named.points + personal + min(household, _HOUSEHOLD_MOST), tuple(reasons), doubt)

    def _weight(self, *words: str) -> float:
        """Bits that agreeing on the commoner of these words is worth."""
        count = max(self._words[part] for word in words for part in _parts(word))
        return min(_RAREST, max(_COMMONEST, math.log2((self._all + 1000) / (count + 1))))

    def _names(self, one: Name, other: Name) -> _Names | None:
        """The better of the ways to read the two names; None where they have nothing in common."""
        if one.organisation:
            return self._organisations(one.given, other.given)
        straight = self._persons(one, other)
        if straight is not None and not straight.other_given and not straight.other_family:
            return straight
        readings = [straight]
        if other.given:  # the family name first
            readings.append(self._persons(one, Name((other.family,), "".join(other.given))))
        if not one.given or not other.given:  # a single word may be either name
            readings.append(self._persons(_as_given(one), _as_given(other)))
        if len(one.words) != len(other.words):  # a blank too many or too few
            readings.append(self._run_together(one, other))
        found = [reading for reading in readings if reading is not None]
        return max(found, key=lambda reading: (not reading.other_given, reading.points), default=None)

    def _persons(self, one: Name, other: Name) -> _Names | None:
        given, how_given = self._best_given(one.given, other.given)
        known = one.family and other.family
        how_family = alike(one.family, other.family) if known else "missing"
        if not how_family and not how_given:
            return None
        points = given
        if how_family in ("same", "alike"):
            weight = self._weight(one.family, other.family)
            points += weight if how_family == "same" else _ALIKE * weight
        else:
            points += {"initial": _INITIAL, "": _OTHER_FAMILY}.get(how_family, 0.0)
        levels = {how_given, how_family}
        if levels == {"same"}:
            return _Names(points, ("name",))
        if levels <= {"same", "alike"}:
            return _Names(points, ("name_alike",))
        said = ("name_part",) if levels & {"same", "alike"} else ()
        return _Names(points, said, other_given=not how_given, other_family=not how_family)

    def _run_together(self, one: Name, other: Name) -> _Names | None:
        """Names that are one once blanks are left out: Ja ck Matthews."""
        from rapidfuzz.distance import OSA

        mine = "".join(one.words)
        for theirs in ("".join(other.words), other.family + "".join(other.given)):
            if OSA.distance(mine, theirs) <= (2 if len(mine) >= 10 else 1):
                return _Names(_ALIKE * (self._weight(one.family) + _COMMONEST), ("name_alike",))
        return None

    def _best_given(self, one: Sequence[str], other: Sequence[str]) -> tuple[float, str]:
        """Points and level of the given names; the level is empty where both are known and differ."""
        if not one or not other:
            return 0.0, "missing"
        best = (_OTHER_GIVEN, "")
        for word in one:
            for other_word in other:
                how = alike(word, other_word)
                if how == "alike" and self._both_established(word, other_word):
                    how = ""
                if how:
                    weight = self._weight(word, other_word)
                    points = {"same": weight, "alike": _ALIKE * weight, "initial": _INITIAL}[how]
                    best = max(best, (points, how))
        if best[1] == "same" and one[0] != other[0]:
            return best[0], "alike"  # a second name agrees, the first is missing on one side
        return best

    def _both_established(self, one: str, other: str) -> bool:
        """Whether both are names of others as well, and so not typing errors of each other: Lena, Lina."""
        return min(self._given[one], self._given[other]) > _ESTABLISHED

    def _organisations(self, one: Sequence[str], other: Sequence[str]) -> _Names | None:
        """All words of the shorter name must be in the longer one; branches of one firm differ in a word."""
        shorter, longer = sorted((one, other), key=len)
        points, left = 0.0, list(longer)
        exact = len(one) == len(other)
        for word in shorter:
            found = next((name for name in left if alike(word, name) == "same"), None)
            found = found or next((name for name in left if alike(word, name) == "alike"), None)
            if found is None:
                return None
            left.remove(found)
            exact = exact and found == word
            points += self._weight(word, found) * (1.0 if found == word else _ALIKE)
        reason = "name" if exact else "name_part" if left else "name_alike"
        return _Names(points - len(left) * 2.0, (reason,))

    def _household(self, one: Compared, other: Compared, reasons: list[str]) -> float:
        points = 0.0
        level, worth = _addresses(one.place, other.place)
        points += worth
        if level:
            reasons.append(level)
        if one.place.town and other.place.town:
            same = shared_words(one.place.town.split(), other.place.town.split()) > 0
            points += _TOWN if same else _OTHER_TOWN
            if same and not level:
                reasons.append("town")
        for mine, theirs, reason, bits in (
            (one.emails, other.emails, "email", _EMAIL), (one.phones, other.phones, "phone", _PHONE),
        ):  # fmt: skip
            if mine & theirs:
                points += bits
                reasons.append(reason)
            elif mine and theirs:
                points += _OTHER_CONTACT
        return points


def _believed(one: Compared, other: Compared, named: _Names, reasons: Sequence[str], doubt: str) -> bool:
    """Whether what disagrees may be a mistake: only where all else agrees that could."""
    at_home = "address" in reasons or "address_alike" in reasons
    if named.other_family:  # as after a marriage: with a birthday and an address or contact of one's own
        return "birthday" in reasons and not doubt and (at_home or bool({"email", "phone"} & set(reasons)))
    if not doubt:
        return True
    if named.other_given and doubt == "birthday":
        return False
    if _own(one.emails, other.emails) or _own(one.phones, other.phones) or not at_home:
        return False  # each has an address of their own: two people who know each other
    if doubt == "given":
        return "birthday" in reasons
    return bool({"name", "name_alike"} & set(reasons))


def _parts(word: str) -> Sequence[str]:
    """A double name is as common as the commoner of its parts."""
    return (word, *word.split("-")) if "-" in word else (word,)


def _own(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one and other and not one & other)


def _as_given(name: Name) -> Name:
    return name if name.given else Name((name.family,), "")


def _other_person(one: Name, other: Name) -> bool:
    """Mr and Mrs, elder and younger: said on both sides, or the younger on one."""
    if one.sex and other.sex and one.sex != other.sex:
        return True
    return one.generation != other.generation


def _addresses(one: Place, other: Place) -> tuple[str, float]:
    """(reason, bits) of two addresses; nothing where one is not known."""
    if not one.words or not other.words:
        if one.number and one.number == other.number and one.codes & other.codes:
            return "address_alike", _STREET
        return "", 0.0
    known = bool(one.number and other.number)
    same_number = known and one.number == other.number
    fewer = min(len(one.words), len(other.words))
    share = _share(one.words, other.words, fewer)
    if same_number and share >= 0.8:
        return "address", _ADDRESS
    # The number of a house in one postcode mostly says which house it is, whatever became of the street.
    if same_number and (share >= 0.5 or one.codes & other.codes):
        return "address_alike", _ADDRESS_ALIKE
    if share >= 0.8 and (not known or (fewer >= 2 and _number_alike(one.number, other.number))):
        return "address_alike", _ADDRESS_ALIKE
    return ("", _STREET) if share >= 0.5 else ("", _OTHER_ADDRESS)


def _share(one: Sequence[str], other: Sequence[str], fewer: int) -> float:
    """Share of the words of the shorter address that the other has as well; blanks may be in wrong places."""
    share = shared_words(one, other) / fewer
    if share < 0.8:
        from rapidfuzz import fuzz

        if fuzz.ratio("".join(one), "".join(other), score_cutoff=85.0):
            return 1.0
    return share


def _number_alike(one: str, other: str) -> bool:
    """Whether one house number may be a typing error of the other: two digits swapped, one added or left out."""
    shorter, longer = sorted((one, other), key=len)
    if len(shorter) == len(longer):
        return len(one) > 1 and one == other[::-1]
    return len(longer) - len(shorter) == 1 and any(
        longer[:at] + longer[at + 1 :] == shorter for at in range(len(longer))
    )
