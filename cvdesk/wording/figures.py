"""Figures in words, all under one name; each subject has its own file (METHOD 1.4, 6)."""

from __future__ import annotations

from cvdesk.wording.changes import change, score_change, share_change
from cvdesk.wording.counts import answers, counted_in
from cvdesk.wording.headlines import HasNet, HasValue, headline, net_sentence
from cvdesk.wording.names import (
    BURDENS,
    kind_name,
    less_is_better,
    lever_caption,
    lever_meaning,
    lever_name,
    outcome_name,
    severity_name,
    stage_name,
)
from cvdesk.wording.ranges import interval, likely, percent_interval, two_ends
from cvdesk.wording.shares import hundredths, in_percent, of_100, of_100_short, of_100_with_range, worth_it
from cvdesk.wording.strength import (
    CLEAR_FROM,
    NEED_FACTOR,
    ROUGH_FROM,
    chance_alone,
    in_full,
    missing,
    more_than_chance,
    strength,
    why_not,
    with_strength,
)
from cvdesk.wording.values import median_days

__all__ = [
    "BURDENS", "CLEAR_FROM", "NEED_FACTOR", "ROUGH_FROM", "HasNet", "HasValue", "answers", "chance_alone", "change",
    "counted_in", "headline", "hundredths", "in_full", "in_percent", "interval", "kind_name", "less_is_better",
    "lever_caption", "lever_meaning", "lever_name", "likely", "median_days", "missing", "more_than_chance",
    "net_sentence", "of_100", "of_100_short", "of_100_with_range", "outcome_name", "percent_interval", "score_change",
    "severity_name", "share_change", "stage_name", "strength", "two_ends", "why_not", "with_strength", "worth_it",
]  # fmt: skip
