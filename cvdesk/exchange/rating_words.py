"""Ratings in words of several languages on 1-5; what a word is worth depends on the others in its column."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from cvdesk.catalogue.records import match_key

# From best to worst, on 1-5, where nothing else in the column says otherwise.
_RUNGS: tuple[tuple[str, float, str], ...] = (
    ("excellent", 5, (
        "excellent|outstanding|superb|perfect|amazing|exceptional|fantastic|best|ausgezeichnet|hervorragend|"
        "exzellent|perfekt|parfait|excelente|perfecto|perfecta|five|five star"
    )),
    ("very good", 4, "very good|great|sehr gut|tres bien|tres bon|tres bonne|muy bueno|muy buena|muy bien"),
    ("good", 4, "good|gut|bien|bon|bonne|bueno|buena|four|four star"),
    ("fair", 3, (
        "average|ok|okay|fair|acceptable|adequate|satisfactory|medium|so so|mixed|as expected|mittel|"
        "mittelmassig|befriedigend|durchschnittlich|moyen|moyenne|passable|correct|regular|aceptable|normal|three|"
        "three star"
    )),
    ("poor", 2, (
        "poor|bad|below average|weak|inadequate|needs improvement|schlecht|mangelhaft|ausreichend|mauvais|"
        "mauvaise|mediocre|malo|mala|mal|two|two star"
    )),
    ("very poor", 1, (
        "very poor|very bad|terrible|horrible|awful|worst|unacceptable|dreadful|sehr schlecht|ungenugend|"
        "katastrophal|furchtbar|tres mauvais|tres mauvaise|muy malo|muy mala|muy mal|pesimo|fatal|one|one star"
    )),
)  # fmt: skip
_FELT: tuple[tuple[float, str], ...] = (
    (5, (
        "very satisfied|extremely satisfied|completely satisfied|totally satisfied|strongly agree|completely agree|"
        "love it|very happy|delighted|very positive|much better|very pleased|extremely happy|"
        "sehr zufrieden|stimme voll zu|stimme voll und ganz zu|tres satisfait|tres satisfaite|tout a fait d accord|"
        "muy satisfecho|muy satisfecha|totalmente de acuerdo"
    )),
    (4, (
        "satisfied|somewhat satisfied|mostly satisfied|agree|somewhat agree|like it|happy|positive|above average|"
        "better|pleased|zufrieden|eher zufrieden|stimme zu|stimme eher zu|satisfait|satisfaite|plutot satisfait|"
        "d accord|plutot d accord|satisfecho|satisfecha|de acuerdo"
    )),
    (3, (
        "neutral|neither|neither satisfied nor dissatisfied|neither agree nor disagree|undecided|"
        "neither good nor bad|neither happy nor unhappy|teils teils|weder noch|weder zufrieden noch unzufrieden|"
        "neutre|ni satisfait ni insatisfait|ni d accord ni pas d accord|ni satisfecho ni insatisfecho|"
        "ni de acuerdo ni en desacuerdo"
    )),
    (2, (
        "dissatisfied|unsatisfied|somewhat dissatisfied|mostly dissatisfied|disagree|somewhat disagree|unhappy|"
        "negative|worse|unzufrieden|eher unzufrieden|stimme nicht zu|stimme eher nicht zu|insatisfait|insatisfaite|"
        "plutot insatisfait|pas d accord|insatisfecho|insatisfecha|en desacuerdo"
    )),
    (1, (
        "very dissatisfied|extremely dissatisfied|completely dissatisfied|very unsatisfied|strongly disagree|"
        "completely disagree|hate it|very unhappy|very negative|much worse|sehr unzufrieden|"
        "stimme uberhaupt nicht zu|tres insatisfait|tres insatisfaite|pas du tout d accord|muy insatisfecho|"
        "muy insatisfecha|totalmente en desacuerdo"
    )),
)  # fmt: skip
_RUNG_OF = {word: rung for rung, _value, words in _RUNGS for word in words.split("|")}
_USUAL = {
    **{word: value for _rung, value, words in _RUNGS for word in words.split("|")},
    **{word: value for value, words in _FELT for word in words.split("|")},
}


def plain(cell: str) -> str:
    """The words of a cell as they are compared: "4 - Good" and "Good (4)" are good."""
    return " ".join(re.sub(r"[^a-z ]+", " ", match_key(cell)).split())


def rating_words(cells: Iterable[str]) -> dict[str, float]:
    """Word -> stars for the words of a column that are ratings.

    Where the best is "very good", that is 5; in "excellent, very good, good, fair, poor" good is the middle.
    """
    words = {word for cell in cells if not cell.isascii() or not cell.isdigit() for word in (plain(cell),) if word}
    rungs = {_RUNG_OF[word] for word in words if word in _RUNG_OF}
    ladder = _ladder(rungs)
    return {word: ladder.get(_RUNG_OF.get(word, ""), _USUAL[word]) for word in sorted(words & _USUAL.keys())}


def _ladder(rungs: set[str]) -> Mapping[str, float]:
    if {"excellent", "very good", "good"} <= rungs:
        steps = [rung for rung, _value, _words in _RUNGS if rung != "very poor" or rung in rungs]
        return {rung: round(5 - 4 * place / (len(steps) - 1), 6) for place, rung in enumerate(steps)}
    if "very good" in rungs and "excellent" not in rungs:
        return {"very good": 5}
    return {}


def usual_value(cell: str) -> float | None:
    """What a word is worth by itself; None for words that are no rating."""
    return _USUAL.get(plain(cell))
