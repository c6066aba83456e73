"""Whatever a series looks like, it is judged: a verdict, one sentence, and days that are the series' own."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from cvdesk.figures.kept import from_text, to_text
from cvdesk.trends.judge import judged, verdict_of
from cvdesk.trends.records import STEPS, VERDICTS, Verdict
from cvdesk.trends.records_series import Begun, Kind
from tests.trends.stretches import stretch

KINDS = {
    "score": Kind("rating", "Mean rating", "score"),
    "net": Kind("net", "Value", "net"),
    "share": Kind("csat", "Good ratings", "share", chart="p"),
    "theme": Kind("theme:taste", "Taste", "share", chart="p"),
    "rate": Kind("complaints", "Complaints", "rate", less_is_better=True, chart="u"),
    "between": Kind("complaints", "Days between complaints", "days", less_is_better=True, chart="between"),
    "count": Kind("entries", "Feedback logged", "count"),
}
LEVELS = {
    "score": st.floats(1, 5), "net": st.floats(-8, 8), "share": st.integers(0, 20).map(lambda k: k / 20),
    "theme": st.integers(0, 5).map(lambda k: k / 20), "rate": st.integers(0, 9).map(lambda k: 5.0 * k),
    "between": st.integers(0, 400).map(float), "count": st.integers(0, 90).map(float),
}  # fmt: skip


@st.composite
def phases(draw):
    """A phase of any kind, with gaps and twice as many answers at times; perhaps one before it."""
    name = draw(st.sampled_from(sorted(KINDS)))
    level = LEVELS[name] if name == "between" else st.one_of(LEVELS[name], LEVELS[name], st.none())
    values = draw(st.lists(level, min_size=1, max_size=45))
    counts = draw(st.lists(st.sampled_from([20, 40, 80]), min_size=len(values), max_size=len(values)))
    about = {"kind": KINDS[name], "step": draw(st.sampled_from(STEPS)), "n": counts}
    if draw(st.booleans()):
        return [stretch(values, **about)]
    begun = Begun(date(2030, 1, 1), "Anew", draw(st.sampled_from(["phase", "wording"])))
    return [stretch(values, **about), stretch(values[::-1], first=date(2030, 1, 1), begun=begun, **about)]


@settings(max_examples=120, deadline=None)
@given(phases())
def test_any_series_is_judged(stretches):
    last = stretches[-1]
    found = judged(stretches, [None] * len(last.points))
    verdict = found.verdict
    assert verdict.name in VERDICTS
    assert (verdict.name == "early") == (len(last.judged) < 8)
    assert found.sentence.endswith(".")
    assert "{" not in found.sentence
    assert all(caveat.endswith(".") and "{" not in caveat for caveat in found.caveats)
    assert len(set(found.caveats)) == len(found.caveats)
    if verdict.name in ("real", "possible", "unusual"):
        assert verdict.since in last.starts
        assert None not in (verdict.before, verdict.after, verdict.low, verdict.high, verdict.confidence)
        assert verdict.low <= verdict.high
    assert from_text(Verdict, to_text(verdict)) == verdict
    assert verdict_of(to_text(verdict)) == verdict


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(10, 50), min_size=8, max_size=45), st.integers(-5, 5), st.sampled_from([0.5, 2.0, 4.0]))
def test_the_verdict_does_not_depend_on_where_the_scale_begins_or_how_wide_it_is(values, shift, scale):
    count = KINDS["count"]
    one = judged([stretch([float(value) for value in values], kind=count)]).verdict
    other = judged([stretch([scale * value + shift for value in values], kind=count)]).verdict
    assert (other.name, other.since, other.seasonal) == (one.name, one.since, one.seasonal)
