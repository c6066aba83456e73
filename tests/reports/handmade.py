"""A report made by hand: Harbour Bakery in good shape, nothing read from a file."""

from __future__ import annotations

import datetime as dt
from typing import Any

from cvdesk.catalogue.records import Business, Filter, Letterhead, Period
from cvdesk.figures.records import (
    ComplaintFigures,
    CustomerFigures,
    FeedbackFigures,
    Figures,
    LeverFigure,
    Month,
    SurveyFigures,
    ValueFigures,
)
from cvdesk.reports.records import ComplaintLine, Quote, StrategyReport
from cvdesk.stats.intervals import Estimate, hidden, wilson
from cvdesk.stats.value import Guess, strength
from cvdesk.themes.records import ThemeFigure
from cvdesk.trends.records import Limits, Note, Point, Series
from cvdesk.value.records import FactorScore, LeverCard, Scorecard, compared

TODAY = dt.date(2026, 11, 21)
PERIOD = Period(dt.date(2026, 9, 1), TODAY)
FACTORS = {
    "worth": (("Solves the problem", 4.4, 4.0), ("Fits what I need", 4.2, 4.5), ("Quality", 4.6, 4.5),
              ("Same standard every time", 4.1, 4.5), ("Useful in practice", 4.3, None), ("Result lasts", 4.0, 3.0)),
    "benefits": (("Smooth journey", 3.9, 4.0), ("Helpful people", 4.5, 4.5), ("Treated as a person", 4.2, 4.0),
                 ("Listens and acts", 3.6, 4.5), ("Peace of mind", 3.9, 4.0), ("Feels good", 4.1, 4.0),
                 ("Proud to be a customer", 3.8, None)),
    "costs": (("Price for what you get", 3.1, 2.5), ("Charges on top", 2.0, 2.0), ("Time it takes", 2.9, 2.0),
              ("Effort for you", 2.6, 2.5), ("Getting to you", 3.0, 3.0), ("Stress and worry", 2.5, 2.0)),
    "drawbacks": (("Waiting and delays", 3.4, 2.0), ("Delivery and appointments", 3.5, 3.5),
                  ("Faults and mistakes", 2.4, 2.0), ("Red tape and systems", 2.2, 2.0), ("Having to chase", 2.6, 3.5),
                  ("Trouble left unresolved", 2.5, 2.0)),
}  # fmt: skip
THEMES = (
    ("Late delivery", "drawbacks", 57), ("Friendly counter", "benefits", 49), ("Sourdough quality", "worth", 44),
    ("Queue on Saturdays", "drawbacks", 31), ("Prices", "costs", 24), ("Card reader", "costs", 16),
    ("Sold out of rye", "drawbacks", 14), ("Evening collection", "benefits", 12),
)  # fmt: skip


def score(value: float, n: int = 182, reach: float = 0.18) -> Estimate:
    """A mean with an interval on 1-5; not shown below 5 answers."""
    return Estimate(value, max(1, value - reach), min(5, value + reach), n) if n >= 5 else hidden(n, 5)


def key(name: str) -> str:
    """The key of a factor or theme made by hand."""
    return name.lower().replace(" ", "-")


def scorecard(n: int = 182) -> Scorecard:
    """All factors answered by n customers."""
    cards = []
    for lever, factors in FACTORS.items():
        sign = 1 if lever in ("worth", "benefits") else -1
        scores = []
        for place, (label, value, guess) in enumerate(factors):
            found = score(value, n - place * 7 if n > 60 else n, 0.2 if n > 60 else 0.7)
            gap, verdict = compared(lever, guess, found)
            weight = 1 / len(factors)
            scores.append(
                FactorScore(
                    key(label), label, lever, found, strength(found.n), weight, sign * weight, guess, gap, verdict
                )
            )
        mean = sum(part[1] for part in factors) / len(factors)
        lever_score = score(mean, n, 0.14)
        cards.append(LeverCard(lever, lever_score, strength(n), 1.0, tuple(scores), 3.5))
    net = Estimate(2.8, 2.4, 3.1, n) if n >= 5 else hidden(n, 5)
    return Scorecard(
        net, 8.2 if n >= 5 else None, 5.4 if n >= 5 else None, 10, 10, n, wilson(round(n * 0.87), n), tuple(cards),
        "equal", "equal", Guess({}, 3.1, 8, 5), dt.date(2026, 10, 1),
    )  # fmt: skip


def figures(n: int = 182, active: int = 180) -> Figures:
    """The figures beside that scorecard."""
    card = scorecard(n)
    months = tuple(Month(f"2026-{month:02}", 4 + month % 4, 4.0) for month in range(1, 12))
    themes = tuple(
        ThemeFigure(place, key(name), name, lever, key(name), count + 9, count, 3, wilson(count, active))
        for place, (name, lever, count) in enumerate(THEMES)
    )
    levers = {part.lever: LeverFigure(part.estimate, {}) for part in card.levers}
    return Figures(
        filter=Filter(PERIOD), today=TODAY, rows_after=2, customers=CustomerFigures(214, active),
        feedback=FeedbackFigures(1284, 1190, 4.02, 210, wilson(1000, 1190), months, {"phone": 310}, {"5": 600}),
        complaints=ComplaintFigures(
            41, 3, 1, Estimate(22.8, 16.3, 30.9, active), Estimate(2.5, 1.9, 4.0, 38), months,
            {"late-delivery": 12, "card-reader": 9, "queue-on-saturdays": 4},
        ),
        surveys=SurveyFigures(card.worth_it, wilson(150, 182), wilson(140, 182), Estimate(25.5, 3, 44, 47), hidden(0)),
        themes=themes, value=ValueFigures(card.net, card.get, card.give, levers),
    )  # fmt: skip


def series() -> Series:
    """Fourteen months, two phases, the last month not over."""
    values = [1.1, 1.25, 0.98, 1.4, 1.2, 1.05, 0.9, 1.35, 1.2, 2.45, 2.6, 2.8, 2.65, 2.8]
    points = tuple(
        Point(dt.date(2025 + (9 + place) // 12, (9 + place) % 12 + 1, 1), value, 14, place == len(values) - 1)
        for place, value in enumerate(values)
    )
    return Series(
        "net", "Value", "net", points, (Limits(0, 8, 1.2, 0.55, 1.85, False), Limits(9, 13, 2.65, 2.2, 3.2, False)),
        (Note(dt.date(2026, 6, 20), "Evening collection opened"),), (9,),
        "A real change since about July: before +1.2, after +2.7.",
    )  # fmt: skip


def quote(text: str, who: str = "Maria Kovač", rating: float | None = 5, kind: str = "praise") -> Quote:
    """A remark."""
    return Quote(text, dt.date(2026, 11, 12), who, rating, kind, ("Sourdough quality",))


def complaint(number: int = 12, **given: Any) -> ComplaintLine:
    """An open complaint."""
    line: dict[str, Any] = {
        "number": number, "date": dt.date(2026, 11, 3), "who": "Tom Ashworth",
        "text": "The cake for the christening came two hours late, and nobody rang. We had to cut a shop cake.",
        "severity": "serious", "stage": "acknowledged", "outcome": None, "themes": ("Late delivery",),
        "due": dt.date(2026, 11, 13), "resolved": None, "overdue": True, "cost_minor": 4500,
    }  # fmt: skip
    return ComplaintLine(**{**line, **given})


PRAISE = (
    "The sourdough is the best on the coast, crust and all. We drive over from Whitby for it.",
    "Your girl at the counter remembered my order from last week. Little things like that.",
    "Evening collection has changed my week. I no longer race out of the office at four.",
    "Always a smile, always the same bread. Thank you.",
    "Ordered a gluten-free cake for my son, he ate the lot.\nHe has asked for the same one next year.",
)
TROUBLE = (
    "Delivery came at 11 instead of 8, third time this month. The café had no bread for breakfast.",
    "The card reader failed again, had to go to the cash machine in the rain.",
    "Twenty minutes on Saturday morning, and then the rye was sold out.",
    "Prices have gone up twice this year and nobody said a word.",
)


def report(n: int = 182, **changed: Any) -> StrategyReport:
    """The whole report of a business with n score sheets."""
    parts: dict[str, Any] = {
        "letterhead": Letterhead(Business("Harbour Bakery")), "filter": Filter(PERIOD),
        "limited_to": (), "today": TODAY,
        "figures": figures(n), "scorecard": scorecard(n), "trend": series(),
        "theme_names": {key(name): name for name, _lever, _count in THEMES},
        "praise": tuple(quote(text) for text in PRAISE),
        "trouble": tuple(quote(text, "Ben Osei", 2, "problem") for text in TROUBLE),
        "open_complaints": (
            complaint(), complaint(15, overdue=False, severity="minor", due=dt.date(2026, 11, 27), who=""),
        ),
    }  # fmt: skip
    return StrategyReport(**{**parts, **changed})


def empty_report(entries: int = 0) -> StrategyReport:
    """A business in its first week: no score sheets, a few remarks at most."""
    figures_now = Figures(
        filter=Filter(PERIOD), today=TODAY, rows_after=0, customers=CustomerFigures(entries, entries),
        feedback=FeedbackFigures(
            entries, entries, 4.3 if entries else None, 0, hidden(entries, 10),
            (Month("2026-11", entries, 4.3),) if entries else (), {}, {},
        ),
        complaints=ComplaintFigures(0, 0, 0, hidden(0), hidden(0), (), {}),
        surveys=SurveyFigures(hidden(0), hidden(0), hidden(0), hidden(0), hidden(0)),
        themes=tuple(
            ThemeFigure(place, key(name), name, lever, key(name), 1, 1, 0, hidden(entries, 10))
            for place, (name, lever, _count) in enumerate(THEMES[:2])
        ) if entries else (),
        value=ValueFigures(hidden(0, 5), None, None, {}),
    )  # fmt: skip
    cards = tuple(
        LeverCard(lever, hidden(0, 5), None, 1.0, tuple(
            FactorScore(key(label), label, lever, hidden(0, 5), None, 0, 0) for label, _v, _g in factors
        )) for lever, factors in FACTORS.items()
    )  # fmt: skip
    card = Scorecard(
        hidden(0, 5), None, None, 10, 10, 0, hidden(0, 10), cards, "equal", "equal", Guess({}, None, None, None), None
    )
    return report(
        figures=figures_now, scorecard=card, trend=None, open_complaints=(), trouble=(),
        praise=tuple(quote(text) for text in PRAISE[:entries]),
    )  # fmt: skip
