"""Names and addresses in the form in which two customers are compared for being the same one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from cvdesk.catalogue.records import match_key

_HE = frozenset({"mr", "herr", "hr", "monsieur", "sir", "mister"})
_SHE = frozenset({"mrs", "ms", "miss", "mme", "frau", "fr", "madame", "mlle", "lady"})
_TITLES = _HE | _SHE | {"dr", "prof", "professor", "rev", "and", "und", "dipl", "ing"}
_GENERATIONS = {
    "jr": "younger", "junior": "younger", "jun": "younger", "ii": "younger", "iii": "third",
    "sr": "elder", "senior": "elder", "sen": "elder",
}  # fmt: skip
_PARTICLES = frozenset({"van", "von", "vom", "de", "del", "der", "den", "di", "da", "dos", "du", "la", "le", "el", "al",
                        "bin", "ibn", "ten", "ter", "zu", "st", "mac", "o"})  # fmt: skip
_LEGAL_FORMS = frozenset({"ltd", "limited", "plc", "llp", "llc", "inc", "corp", "co", "company", "gmbh", "ag", "kg",
                          "ug", "ev", "sarl", "sa", "sas", "srl", "spa", "bv", "nv", "ab", "as", "oy", "the",
                          "and",
                          "und"})  # fmt: skip
_SHORT = {
    "abby": "abigail", "alex": "alexander", "andy": "andrew", "tony": "anthony", "becky": "rebecca", "ben": "benjamin",
    "beth": "elizabeth", "bill": "william", "bob": "robert", "bobby": "robert", "cathy": "catherine",
    "charlie": "charles", "chris": "christopher", "chuck": "charles", "dan": "daniel", "danny": "daniel",
    "dave": "david", "debbie": "deborah", "dick": "richard", "don": "donald", "ed": "edward", "fred": "frederick",
    "greg": "gregory", "jack": "john", "jeff": "jeffrey", "jen": "jennifer", "jenny": "jennifer", "jim": "james",
    "jimmy": "james", "joe": "joseph", "johnny": "john", "kate": "katherine", "kathy": "katherine",
    "katie": "katherine", "ken": "kenneth", "larry": "lawrence", "liz": "elizabeth", "maggie": "margaret",
    "matt": "matthew", "meg": "margaret", "mick": "michael", "mike": "michael", "nick": "nicholas", "nell": "eleanor",
    "pam": "pamela", "pat": "patricia", "peggy": "margaret", "pete": "peter", "phil": "philip", "ray": "raymond",
    "rick": "richard", "rob": "robert", "ron": "ronald", "sam": "samuel", "sandy": "alexander", "steve": "stephen",
    "sue": "susan", "ted": "edward", "terry": "terence", "tim": "timothy", "tom": "thomas", "vicky": "victoria",
    "will": "william",
}  # fmt: skip
# Words that say what kind of road it is, not which one.
_ROADS = frozenset({"street", "st", "road", "rd", "avenue", "ave", "av", "lane", "ln", "drive", "dr", "court", "crt",
                    "ct",
                    "place", "pl", "close", "cl", "crescent", "cres", "cr", "circuit", "cct", "way", "terrace", "tce",
                    "square", "sq", "parade", "highway", "hwy", "strasse", "str", "weg", "platz", "allee", "gasse",
                    "rue", "via", "calle", "plaza", "rua", "apartment", "apt", "apmnt", "flat", "unit", "no",
                    "nr"})  # fmt: skip
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_SHORT_NUMBER = re.compile(r"\d{1,3}[a-z]?")
_LONG_NUMBER = re.compile(r"\d{1,5}[a-z]?")
_SOUNDS = str.maketrans("bfpvwcgjkqsxzdtlmnr", "1111122222222334556")


@dataclass(frozen=True, slots=True)
class Name:
    """A name taken apart. A single word is the family name; organisations have all their words in `given`."""

    given: tuple[str, ...] = ()
    family: str = ""
    generation: str = ""
    sex: str = ""
    organisation: bool = False

    @property
    def words(self) -> tuple[str, ...]:
        """All words in the order they are said."""
        return (*self.given, self.family) if self.family else self.given


@dataclass(frozen=True, slots=True)
class Place:
    """An address taken apart: house number, the words of street and house, codes such as the postcode, the town."""

    number: str = ""
    words: tuple[str, ...] = ()
    codes: frozenset[str] = field(default_factory=frozenset)
    town: str = ""


@lru_cache(maxsize=20_000)
def read_name(text: str, organisation: bool = False) -> Name:
    """Takes a name apart: "Alvarez, Maria", "Mr John van der Berg jr". Order, titles and accents do not matter."""
    first, comma, after = text.partition(",")
    spoken = f"{after} {first}" if comma and match_key(after) and not organisation else text
    words = _words(spoken)
    if organisation:
        kept = tuple(word for word in words if word not in _LEGAL_FORMS)
        return Name(kept or tuple(words), organisation=True)
    sexes = {"he" for word in words if word in _HE} | {"she" for word in words if word in _SHE}
    generation = next((_GENERATIONS[word] for word in words[1:] if word in _GENERATIONS), "")
    kept_words = [word for word in words if word not in _TITLES and word not in _GENERATIONS] or words
    family_from = len(kept_words) - 1
    while family_from > 1 and kept_words[family_from - 1] in _PARTICLES:
        family_from -= 1
    family = "".join(kept_words[family_from:])
    sex = sexes.pop() if len(sexes) == 1 else ""
    return Name(tuple(kept_words[:family_from]), family, generation, sex)


def read_place(address: str, town: str) -> Place:
    """Takes an address apart, whatever the order in which a country writes it."""
    words = _words(address.replace("/", " "))
    number, rest, codes = "", [], set()
    for place, word in enumerate(words):
        if not any(mark.isdigit() for mark in word):
            if word not in _ROADS:
                rest.append(word)
        elif not number and (_SHORT_NUMBER.fullmatch(word) or (place == 0 and _LONG_NUMBER.fullmatch(word))):
            number = word
        else:
            codes.add(word)
    return Place(number, tuple(rest), frozenset(codes), " ".join(_words(town)))


NOWHERE = Place()


def _words(text: str) -> list[str]:
    return _WORD.findall(match_key(text).replace("'", "").replace("’", ""))


@lru_cache(maxsize=200_000)
def alike(one: str, other: str) -> str:
    """How two words of names agree: same, alike (a typing error, a short form), initial, or "" for not at all."""
    if one == other:
        return "same"
    shorter, longer = sorted((one, other), key=len)
    if len(shorter) == 1:
        return "initial" if longer.startswith(shorter) else ""
    if _SHORT.get(one, one) == _SHORT.get(other, other):
        return "alike"
    if "-" in longer:
        parts, others = set(shorter.split("-")), set(longer.split("-"))
        if parts <= others or others <= parts:  # one of two names left out, or the two turned round
            return "alike"
    if longer.startswith(shorter) and len(shorter) >= 4:
        return "alike"
    return "alike" if _mistyped(shorter, longer) else ""


def _mistyped(shorter: str, longer: str) -> bool:
    """Whether one may be a typing error of the other: the longer the word, the more letters may be wrong."""
    allowed = 1 if len(longer) < 7 else 2 if len(longer) < 11 else 3
    if len(longer) - len(shorter) > allowed or len(shorter) < 3:
        return False
    if shorter[0] != longer[0] and shorter[-1] != longer[-1]:  # wrong at both ends: another name, and quickly told
        return False
    from rapidfuzz.distance import OSA

    wrong = OSA.distance(shorter, longer, score_cutoff=allowed)
    if wrong > allowed:
        return False
    # Errors at the beginning of a short word are rare; other names there are not (Gina, Tina).
    return len(longer) > 5 or shorter[0] == longer[0] or sorted(shorter) == sorted(longer)


@lru_cache(maxsize=100_000)
def sound(word: str) -> str:
    """What a word sounds like, roughly, as Soundex does: spellings of one name mostly share it."""
    plain = word.replace("ph", "f").replace("-", "")
    if not plain:
        return ""
    code = plain[0].translate(_SOUNDS) if plain[0] not in "lmnr" else plain[0]
    before = ""
    for mark in plain:
        heard = mark.translate(_SOUNDS)
        if heard.isdigit() and heard != before:
            code += heard
        before = heard
    return code[:4]


def day_alike(one: str, other: str) -> str:
    """How two days (ISO) agree: same, alike (one digit wrong, two swapped, day and month swapped), or "differs"."""
    if one == other:
        return "same"
    wrong = [place for place in range(10) if one[place] != other[place]]
    if len(wrong) == 1:
        return "alike"
    swapped = one[wrong[0]] == other[wrong[-1]] and one[wrong[-1]] == other[wrong[0]]
    neighbours = len(wrong) == 2 and wrong[1] - wrong[0] == 1
    turned = one[:5] == other[:5] and one[5:7] == other[8:] and one[8:] == other[5:7]
    return "alike" if (neighbours and swapped) or turned else "differs"


def shared_words(one: Sequence[str], other: Sequence[str]) -> int:
    """How many words of one have their like in the other, each used once."""
    left, count = list(other), 0
    for word in one:
        found = next((other_word for other_word in left if alike(word, other_word) in ("same", "alike")), None)
        if found is not None:
            left.remove(found)
            count += 1
    return count
