"""The four parts of value and what they are made of, with the owner's own guess beside."""

from __future__ import annotations

from cvdesk.pdf import styles
from cvdesk.pdf.bars import Range
from cvdesk.pdf.blocks import Band, Flowable, Heading, Text
from cvdesk.pdf.table import Cell, Col, Named, Row, Table
from cvdesk.reports import report_words as words
from cvdesk.reports.records import StrategyReport
from cvdesk.reports.report_section import MOST_ROOM, opening
from cvdesk.stats.intervals import Estimate
from cvdesk.value.records import FactorScore, LeverCard
from cvdesk.wording import _
from cvdesk.wording.figures import interval, lever_meaning, lever_name, strength, why_not
from cvdesk.wording.numbers import number, percent, signed, whole

MOST_DIFFERENCES = 4
PER_END = 2  # factors of each part named in the main part: so many highest, so many lowest


def levers(report: StrategyReport, paper: str = "a4") -> list[Flowable]:
    """The second page: levers, the factors that matter most in each, and where owner and customers differ."""
    if not _any_score(report):
        return []
    rows = []
    for card in report.scorecard.levers:
        rows.append(_lever_row(card))
        rows += [_factor_row(score) for score in _telling(card)]
    story: list[Flowable] = [
        *opening(report, words.lever_title(report), _("What value is made of"), dated=True),
        Text(_reading(report), styles.BODY, after=10),
        _lever_table(rows, paper),
    ]
    return [*story, *_differences(report)]


def factor_table(report: StrategyReport) -> list[Flowable]:
    """Appendix: every factor with its weight and what a point of it is worth."""
    if not _any_score(report):
        return []
    rows = []
    for card in report.scorecard.levers:
        whole_lever = card.estimate
        rows.append(Row((
            _lever_label(card.lever), _value(whole_lever), interval(whole_lever), whole(whole_lever.n),
            _weight(card.multiplier / 4), "", strength(whole_lever.n) or why_not(whole_lever),
        ), strong=True))  # fmt: skip
        rows += [_full_row(score) for score in card.factors]
    columns = (
        Col(_("What customers value"), 30), Col(_("Score"), 9, styles.RIGHT), Col(_("Likely"), 13),
        Col(_("Answers"), 9, styles.RIGHT), Col(_("Weight"), 9, styles.RIGHT),
        Col(_("A point moves value by"), 13, styles.RIGHT), Col(_("How sure"), 17),
    )  # fmt: skip
    return [
        *opening(report, _("Every factor"), _("Appendix: every factor"), room=MOST_ROOM),
        Text(
            _("Costs and drawbacks keep their direction: less is better. The weight of a factor is its share of its "
              "part of value; that of a part is its share of the whole. {weights}").format(weights=_weights(report)),
            styles.BODY, after=10,
        ),
        Table(columns, rows, styles.COMPACT, padding=2.6),
    ]  # fmt: skip


def _weights(report: StrategyReport) -> str:
    return {
        "customers": _("Weights come from what customers say matters to them."),
        "owner": _("Weights are your own ratings of what matters."),
        "equal": _("All factors weigh the same until somebody says what matters more."),
    }[report.scorecard.weights_from]


def _any_score(report: StrategyReport) -> bool:
    return any(score.estimate.value is not None for score in words.factor_scores(report))


def _telling(card: LeverCard) -> list[FactorScore]:
    """The lightest and the heaviest factors, in the order of the question bank."""
    shown = [score for score in card.factors if score.estimate.value is not None]
    shown.sort(key=lambda score: (score.estimate.value or 0, score.key))
    ends = shown if len(shown) <= 2 * PER_END else shown[:PER_END] + shown[-PER_END:]
    chosen = {score.key for score in ends}
    return [score for score in card.factors if score.key in chosen]


def _reading(report: StrategyReport) -> str:
    sentences = [
        _("Each line shows where the score most likely lies, from 1 to 5; the dot is the mean of the answers."),
        _("Worth and benefits: more is better. Costs and drawbacks: less is better."),
    ]
    if any(score.owner is not None for score in words.factor_scores(report)):
        sentences.append(_("The diamond is your own guess."))
    sentences.append(_("Of each part the two highest and the two lowest are shown; the appendix has all."))
    return " ".join(sentences)


def _columns() -> tuple[Col, ...]:
    return (
        Col(_("What customers value"), 34), Col(_("from 1 to 5"), 30), Col(_("Score"), 7, styles.RIGHT),
        Col(_("Likely"), 13), Col(_("Answers"), 9, styles.RIGHT), Col(_("How sure"), 11),
    )  # fmt: skip


def _lever_label(lever: str) -> Named:
    return Named(lever_name(lever), lever_meaning(lever))


def _lever_table(rows: list[Row], paper: str) -> Table:
    """On the shorter paper the rows stand closer, so that the differences below keep to the same page."""
    if paper == "letter":
        return Table(_columns(), rows, styles.COMPACT, padding=2.8)
    return Table(_columns(), rows, padding=3.4)


def _lever_row(card: LeverCard) -> Row:
    cells = _cells(_lever_label(card.lever), card.estimate, card.lever, card.owner, True)
    return Row(cells, strong=True)


def _factor_row(score: FactorScore) -> Row:
    return Row(_cells(score.label, score.estimate, score.lever, score.owner, False))


def _cells(label: str | Named, found: Estimate, lever: str, guess: float | None, strong: bool) -> tuple[Cell, ...]:
    if found.value is None or found.low is None or found.high is None:
        return (label, "", "", why_not(found), whole(found.n), "")
    drawn = Range(found.value, found.low, found.high, lever, guess, strong)
    return (label, drawn, number(found.value), interval(found), whole(found.n), strength(found.n))


def _full_row(score: FactorScore) -> Row:
    found = score.estimate
    return Row((
        score.label, _value(found), interval(found), whole(found.n), _weight(score.weight),
        signed(score.points, 2) if score.points else "", strength(found.n) or why_not(found),
    ))  # fmt: skip


def _value(found: Estimate) -> str:
    return "" if found.value is None else number(found.value)


def _weight(share: float) -> str:
    return percent(share) if share else ""


def _differences(report: StrategyReport) -> list[Flowable]:
    found = words.different_views(report)[:MOST_DIFFERENCES]
    if not found:
        if report.scorecard.guessed_on is None:
            return [Band(_("Score your own guess on the Value page, and this page shows where customers see it "
                           "differently."), before=16)]  # fmt: skip
        return []
    columns = (Col("", 34), Col("", 66))
    rows = [Row((label, sentence)) for label, sentence in found]
    return [Heading(_("Where you and your customers see it differently")), Table(columns, rows)]
