"""What to do next, from the figures alone: no gain is promised, each step names the figure that is its reason."""

from __future__ import annotations

from dataclasses import replace

from cvdesk.reports.records import Step, StrategyReport
from cvdesk.stats.intervals import NEED_PEOPLE
from cvdesk.themes.records import ThemeFigure
from cvdesk.value.records import FactorScore
from cvdesk.wording.leading import leads

BURDENS = ("costs", "drawbacks")
MOST_STEPS = 3
GOOD_GAIN = 3.5  # a gain below this is not yet a strength to keep


def next_steps(report: StrategyReport) -> tuple[Step, ...]:
    """At most three: what is overdue, what weighs most, what to keep; with too little data, how to get more."""
    steps = _overdue(report)
    keep = _keep(report)
    room = MOST_STEPS - len(steps) - (1 if keep else 0)
    steps += _problems(report)[:room]
    if keep is not None:
        steps.append(keep)
    return tuple((steps + _gathering(report))[:MOST_STEPS])


def to_keep(report: StrategyReport) -> Step | None:
    """The one thing to keep: the strongest gain, else the good thing most customers mention."""
    strongest = _keep(report)
    if strongest is not None:
        return strongest
    praised = [theme for theme in report.figures.themes if theme.lever not in BURDENS and theme.share.value]
    top = max(praised, key=lambda theme: (theme.customers, theme.theme), default=None)
    return None if top is None else replace(_theme_step(report, top), kind="praised")


def to_mend(report: StrategyReport) -> Step | None:
    """The one thing to mend: the burden most customers mention, else the factor with most room to move value."""
    return next(iter(_problems(report)), None)


def to_gather(report: StrategyReport) -> tuple[Step, ...]:
    """What would make figures possible, as long as they are not."""
    return tuple(_gathering(report))


def _overdue(report: StrategyReport) -> list[Step]:
    late = [line for line in report.open_complaints if line.overdue]
    if not late:
        return []
    waited = max((report.today - line.date).days for line in late)
    return [Step("overdue", "", "drawbacks", count=len(late), days=waited)]


def _problems(report: StrategyReport) -> list[Step]:
    """Most-mentioned burdens and the factors that hold Net back most, taking turns, each factor once."""
    themes = [
        theme for theme in report.figures.themes
        if theme.lever in BURDENS and theme.share.value and theme.customers >= NEED_PEOPLE
    ]  # fmt: skip
    themes.sort(key=lambda theme: (-theme.customers, theme.theme))
    factors = sorted(_factors(report), key=lambda score: (-_held_back(score), score.key))
    steps: list[Step] = []
    used: set[str] = set()
    for place in range(max(len(themes), len(factors))):
        if place < len(themes) and themes[place].factor not in used:
            used.add(themes[place].factor)
            steps.append(_theme_step(report, themes[place]))
        if place < len(factors) and factors[place].key not in used and _held_back(factors[place]) > 0:
            used.add(factors[place].key)
            score = factors[place]
            steps.append(Step("factor", score.label, score.lever, score=score.estimate))
    return steps


def _theme_step(report: StrategyReport, theme: ThemeFigure) -> Step:
    named = next((score for score in _factors(report) if score.key == theme.factor), None)
    score = named.estimate if named else None
    return Step("theme", theme.name, theme.lever, theme.share, score, theme.customers)


def _factors(report: StrategyReport) -> list[FactorScore]:
    return [score for card in report.scorecard.levers for score in card.factors if score.estimate.value is not None]


def _held_back(score: FactorScore) -> float:
    """How much Net there is to win: what a point is worth times the points that are left."""
    value = score.estimate.value
    if value is None:
        return 0.0
    left = value - 1 if score.lever in BURDENS else 5 - value
    return abs(score.points) * left


def _keep(report: StrategyReport) -> Step | None:
    """The strongest gain whose interval is wholly above the middle."""
    gains = [score for score in _factors(report) if score.lever not in BURDENS]
    strong = [s for s in gains if (s.estimate.value or 0) >= GOOD_GAIN and (s.estimate.low or 0) > 3]
    if not strong:
        return None
    best = max(strong, key=lambda score: (score.estimate.value or 0, score.key))
    first = leads(best.estimate, [score.estimate for score in gains if score is not best])
    return Step("keep", best.label, best.lever, score=best.estimate, count=best.estimate.n, leads=first)


def _gathering(report: StrategyReport) -> list[Step]:
    """What would make figures possible, as long as they are not."""
    steps = []
    if report.scorecard.headline_net.value is None:
        steps.append(Step("ask", "", "", count=report.scorecard.people))
    if report.figures.feedback.count < 20:
        steps.append(Step("log", "", "", count=report.figures.feedback.count))
    return steps
