"""What a monthly look proposes: findings, what can be judged now, and candidates for the one thing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from cvdesk.catalogue import store as catalogue
from cvdesk.catalogue.records import Filter, Period
from cvdesk.complaints.store_due import NEXT_DUE, OVERDUE
from cvdesk.db import BusinessFile, Queries
from cvdesk.reports.records_look import MOST_PROPOSED, Candidate, Finding, Judged, Look, State, last_day
from cvdesk.reports.store_look import look, looks
from cvdesk.reports.words_look import burden, changed, counted, edge, nothing_mentioned, praise
from cvdesk.stats.intervals import Estimate
from cvdesk.strategy import words_actions, words_kept
from cvdesk.strategy.records import Action
from cvdesk.strategy.records_kept import Outcome, Reached
from cvdesk.themes.records_rank import Ranked, Ranking
from cvdesk.wording import _

DAYS = 90  # as Home's figures
BURDENS = ("costs", "drawbacks")
_MOST_SIGNALS = 3
_MOST_JUDGED = 6
_TELLING = ("worked", "worse", "nothing", "unclear", "more", "less")
_LATE = f"""
SELECT complaints.id, complaints.number, complaints.text, customers.name, {NEXT_DUE} AS due FROM complaints
LEFT JOIN customers ON customers.id = complaints.customer_id WHERE {OVERDUE} ORDER BY due, complaints.id LIMIT ?
"""
_LATE_COUNT = f"SELECT count(*) FROM complaints WHERE {OVERDUE}"
_UNANSWERED = "SELECT count(*) FROM entries WHERE needs_answer = 1 AND answered IS NULL"
_MONTH = """
SELECT (SELECT count(*) FROM entries WHERE date BETWEEN ?1 AND ?2) AS entries,
  (SELECT count(*) FROM complaints WHERE date BETWEEN ?1 AND ?2) AS complaints
"""


@dataclass(frozen=True, slots=True)
class Late:
    """A complaint past its date."""

    id: int
    number: int
    words: str
    customer: str
    due: date


@dataclass(frozen=True, slots=True)
class New:
    """What waits beside what is to be filed. late: the first few of them; since: first day of what is new."""

    since: date
    late: tuple[Late, ...]
    late_count: int
    unanswered: int


@dataclass(frozen=True, slots=True)
class ToJudge:
    """What can be judged now, and how many actions and goals cannot yet."""

    now: tuple[Judged, ...]
    later: int


def new_since(db: Queries, month: date, today: date, most: int = 3) -> New:
    """What is new since the last look that was finished: from the day after it, else from the month's first day."""
    with db.snapshot():
        before = next((one for one in looks(db) if one.month < month and one.finished is not None), None)
        since = month
        if before is not None and before.finished is not None:
            since = min(month, before.finished + timedelta(days=1))
        late = tuple(
            Late(row["id"], row["number"], row["text"], row["name"] or "", date.fromisoformat(row["due"]))
            for row in db.rows(_LATE, (today.isoformat(), most))
        )
        return New(since, late, int(db.value(_LATE_COUNT, (today.isoformat(),))), int(db.value(_UNANSWERED)))


def findings(file: BusinessFile, month: date, today: date) -> tuple[Finding, ...]:
    """At most five sentences worth keeping in mind, each with its figures; fewer where there is little to say.

    What really changed comes first (METHOD 3.5), then the burden, the praise and the edge over others, each with its
    interval. Takes seconds in a large file where nobody has looked at the series today: beside the window.
    """
    told = _changes(file, today)
    period = Period.last_days(DAYS, today)
    told += [one for one in (*_mentions(file, Filter(period), today), _edge(file, Filter(period), today)) if one]
    if len(told) < MOST_PROPOSED:
        told += _month_counts(file, month, today)
    return tuple(told[:MOST_PROPOSED])


def _changes(file: BusinessFile, today: date) -> list[Finding]:
    from cvdesk.trends import store_radar

    last = store_radar.kept(file)
    if last is None or last.at != today:
        last = store_radar.sweep(file, today) if file.read_only else store_radar.sweep_and_keep(file, today)
    if last is None:
        return []
    names = {one.key: one.id for one in catalogue.named(file, "themes")}
    found = []
    for one in last.found[:_MOST_SIGNALS]:
        kind, _colon, key = one.series.partition(":")
        theme = names.get(key) if kind.startswith("theme") else None
        said = _("{figure}: {change}.").format(figure=one.title, change=one.headline)
        figure = changed(one.sentence, last.looked_at, last.by_chance)
        found.append(Finding(f"signal:{one.series}", said, figure, one.lever, "series", one.series, theme))
    return found


def _mentions(file: BusinessFile, chosen: Filter, today: date) -> list[Finding]:
    """The burden and the praise most customers speak of."""
    from cvdesk.themes.store_rank import ranking

    ranked = ranking(file, chosen, today)
    burdens = [row for row in ranked.rows if row.figure.lever in BURDENS and row.figure.share.value is not None]
    burdens = [row for row in burdens if row.figure.customers]
    found = []
    if burdens:
        first = burdens[0].figure
        second = burdens[1].figure if len(burdens) > 1 else None
        said, figure = burden(first, second, chosen.period, ranked.active)
        found.append(Finding(f"burden:{first.theme}", said, figure, first.lever, "themes", str(first.id), first.id))
    praised = _best_praise(ranked)
    if praised is not None:
        one, share = praised
        said, figure = praise(one.figure, one.moods.praise, share, chosen.period, ranked.active)
        key = f"praise:{one.figure.theme}"
        found.append(Finding(key, said, figure, one.figure.lever, "themes", str(one.figure.id), one.figure.id))
    return found


def _best_praise(ranked: Ranking) -> tuple[Ranked, Estimate] | None:
    from cvdesk.stats.intervals import wilson

    known = [row for row in ranked.rows if row.moods.praise and row.figure.share.value is not None]
    if not known:
        return None
    best = max(known, key=lambda row: (row.moods.praise, row.figure.theme))
    return best, wilson(best.moods.praise, ranked.active)


def _edge(file: BusinessFile, chosen: Filter, today: date) -> Finding | None:
    """Where customers clearly get more from us than from another business."""
    from cvdesk.stats.rivals import DOUBLE_DOWN
    from cvdesk.value.store_rivals import against, competitors

    best = None
    for rival in competitors(file):
        if rival.id is None:
            continue
        for one in against(file, rival.id, chosen, today).edges:
            low = one.advantage.low
            clear = one.advice == DOUBLE_DOWN and low is not None and low > 0
            if clear and (best is None or (one.leverage or 0) > (best[1].leverage or 0)):
                best = rival, one
    if best is None:
        return None
    said, figure = edge(best[0].name, best[1], chosen.period)
    return Finding(f"edge:{best[1].key}", said, figure, best[1].lever, "factors", best[1].key)


def _month_counts(file: BusinessFile, month: date, today: date) -> list[Finding]:
    """How much came in: a fact, where there is little else to say."""
    row = file.row(_MONTH, (month.isoformat(), min(last_day(month), today).isoformat()))
    if row is None or not (row["entries"] or row["complaints"]):
        return []
    said = counted(row["entries"], row["complaints"], month)
    return [Finding("counts", said, nothing_mentioned(), "", "page", "feedback")]


def to_judge(db: Queries, month: date, today: date) -> ToJudge:
    """Actions that were begun and goals of the strategy that runs, as far as something can be said of them now.

    What an earlier look decided to keep or to stop is not asked again. Reads a series for each: beside the window.
    """
    from cvdesk.strategy.store_actions import actions
    from cvdesk.strategy.store_kept_now import over_time
    from cvdesk.strategy.store_measured import measured

    settled = {
        one.key
        for earlier in looks(db)
        if earlier.month < month
        for one in earlier.state.judged
        if one.decision in ("keep", "stop")
    }
    own = {one.key: one for one in look(db, month).state.judged}
    begun = [one for one in actions(db) if one.started is not None and one.status in ("started", "done")]
    outcomes = [one for one in measured(db, begun, today) if f"action:{one.id}" not in settled]
    running = over_time(db, today).running
    goals = [one for one in (running.goals if running is not None else ()) if f"goal:{one.goal.id}" not in settled]
    told = [_action(one) for one in outcomes if one.said in _TELLING]
    told += [_goal(one) for one in goals if one.progress != "unknown"]
    later = sum(one.said not in _TELLING for one in outcomes) + sum(one.progress == "unknown" for one in goals)
    there = {one.key for one in told}
    gone = [one for key, one in own.items() if key not in there]  # stopped in this look: still to be seen here
    marked = [replace(one, decision=own[one.key].decision) if one.key in own else one for one in told]
    return ToJudge((*gone, *marked)[:_MOST_JUDGED], later)


def _action(one: Outcome) -> Judged:
    sentence = one.sentence or words_kept.against(one)
    said = words_kept.verdict(one.said)
    return Judged(f"action:{one.id}", one.name, said, sentence, words_kept.verdict_tone(one.said), "", one.status)


def _goal(one: Reached) -> Judged:
    said = words_kept.progress(one)
    tone = words_kept.goal_text_tone(one) or "quiet"
    return Judged(
        f"goal:{one.goal.id}", one.label, f"{said[:1].upper()}{said[1:]}", words_kept.goal(one), tone, "", "goal"
    )


def candidates(file: BusinessFile, month: date, today: date) -> tuple[Candidate, ...]:
    """At most five things to choose one from: what must be fixed, what findings point at, open actions by gain."""
    from cvdesk.strategy.store_actions import actions
    from cvdesk.strategy.store_must_fix import must_fix_proposals

    with file.snapshot():
        known = [one for one in actions(file) if one.status in ("idea", "planned")]
        state = look(file, month).state
        found = [_from_action(one, _("Must be fixed.")) for one in known if one.must_fix]
        for one in must_fix_proposals(file, today):
            table, number = one.made
            name = words_actions.shortened(one.name)
            found.append(Candidate(
                f"must:{table}:{number}", _("Put right: {name}").format(name=name), words_actions.must_fix_words(one),
                None, number if table == "themes" else None, number if table == "entries" else None, one.why,
            ))  # fmt: skip
        taken = {one.theme_id for one in known} | {one.theme for one in found}
        found += _from_findings(file, state, taken)
        found += _by_gain(file, [one for one in known if not one.must_fix], today)
        return _with_chosen(tuple(found), state, look(file, month))


def _from_action(one: Action, why: str) -> Candidate:
    return Candidate(f"action:{one.id}", one.name, why, one.id, one.theme_id, one.entry_id, one.must_fix_why,
                     one.staff_id)  # fmt: skip


def _from_findings(file: Queries, state: State, taken: set[int | None]) -> list[Candidate]:
    names = {one.id: one.name for one in catalogue.named(file, "themes")}
    found = []
    for one in state.findings:
        if one.theme is None or one.theme in taken or one.lever not in BURDENS or one.theme not in names:
            continue
        name = _("Do something about “{theme}”").format(theme=names[one.theme])
        found.append(Candidate(f"finding:{one.key}", name, one.said, None, one.theme))
        taken.add(one.theme)
    return found


def _by_gain(file: Queries, known: list[Action], today: date) -> list[Candidate]:
    from cvdesk.strategy.plan_rows import gain_of
    from cvdesk.strategy.store_basis import basis

    if not known:
        return []
    about = basis(file, today)
    gains: dict[int | None, float] = {} if about.why else {one.id: gain_of(about, [one]) for one in known}
    order: Callable[[Action], tuple[float, int]] = lambda one: (-gains.get(one.id, 0.0), -(one.id or 0))  # noqa: E731
    return [_from_action(one, _gain_words(gains.get(one.id))) for one in sorted(known, key=order)]


def _gain_words(gain: float | None) -> str:
    if gain is None:
        return _("An open action; too few answers to say what it may bring.")
    if gain < 0.005:
        return _("An open action; by what is known it would hardly move the value.")
    return _("May bring about {gain} of customer value, chance and caution counted in.").format(
        gain=words_kept.points(gain)
    )


def _with_chosen(found: tuple[Candidate, ...], state: State, now: Look) -> tuple[Candidate, ...]:
    """The one that was chosen stays among them, though it is begun or made by now."""
    one = state.one
    if one is None:
        return found[:MOST_PROPOSED]
    rest = tuple(it for it in found if it.action != now.action_id or it.action is None)
    chosen = Candidate(one.key, one.name, one.why, now.action_id)
    return (chosen, *(it for it in rest if it.name != one.name))[:MOST_PROPOSED]
