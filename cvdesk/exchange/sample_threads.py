"""What the sample's customers began to speak of: two things nobody filed yet, one theme that grows and one that is new.

It takes the place of words about nothing in particular; who said something, when and with which rating stays.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from cvdesk.db import Operation
from cvdesk.exchange.sample_words import Story, Wording, texts
from cvdesk.themes import store_checks
from cvdesk.themes.store_filing import Answer, file_entry

# By the owner; or by words that mean something else here.
_FILED = ({"state": "confirmed", "by": "owner"}, {"state": "suggested", "by": "words", "score": 0.6})
_OWNER, _STAFF = "", "Priya"  # nobody says who is at the desk, or one of the staff
_SECOND = 12  # so many of the check's comments were answered by a second person
_OTHERWISE = 5  # and this one otherwise
_ABOUT_NOTHING = ("praise", "comment")
_YEAR, _RECENT = 364, 30  # days
_LEFT = 160  # unfiled comments of a year: enough to look for new themes in them
_UNFILED = """
SELECT count(*) FROM entries WHERE text <> '' AND date BETWEEN ? AND ?
AND NOT EXISTS (SELECT 1 FROM entry_themes WHERE entry_id = entries.id)
"""
_UNSAID = """
SELECT id, text FROM entries WHERE text <> '' AND date BETWEEN ? AND ? AND kind IN ('praise', 'comment')
AND NOT EXISTS (SELECT 1 FROM entry_themes WHERE entry_id = entries.id) ORDER BY position DESC
"""


def spin(told: Sequence[dict[str, Any]], story: Story, rng: random.Random) -> None:
    """Puts the threads' words into feedback that has no theme. `told`: in order of time."""
    words = Wording(rng)
    free = [item for item in told if not item["theme"] and item["kind"] in _ABOUT_NOTHING]
    for thread in texts("threads")["thread"]:
        first, last = ((story.today - timedelta(days=ago)).isoformat() for ago in thread["days"])
        fitting = [
            item for item in free
            if first <= item["date"] <= last and (item["person"] is not None or not thread["named"])
        ]  # fmt: skip
        chosen = _of_many(fitting, thread["count"], thread["named"], rng)
        free = [item for item in free if not any(item is one for one in chosen)]
        said = thread["texts"]
        start = rng.randrange(len(said))
        for place, item in enumerate(chosen, start=start):
            item["text"] = words.filled(said[place % len(said)], story.today)
            item |= {
                "theme": thread["theme"],
                "kind": thread["kind"],
                "mood": thread.get("mood", ""),
                **_FILED[thread.get("wrong", False)],
            }


def _of_many(fitting: list[dict[str, Any]], count: int, each_once: bool, rng: random.Random) -> list[dict[str, Any]]:
    """So many of them at random, in order of time; `each_once`: of as many customers."""
    rng.shuffle(fitting)
    if each_once:
        fitting = list({id(item["person"]): item for item in fitting}.values())
    return sorted(fitting[:count], key=lambda item: (item["date"], item["time"]))


def settle(op: Operation, story: Story) -> None:
    """Files words about nothing in particular as the owner did in her last hour of filing: about none of the themes."""
    threads = {said for thread in texts("threads")["thread"] for said in thread["texts"]}
    first, last = (story.today - timedelta(days=ago) for ago in (_YEAR, _RECENT))
    there = op.value(_UNFILED, (first.isoformat(), story.today.isoformat()))
    left = [row["id"] for row in op.rows(_UNSAID, (first.isoformat(), last.isoformat())) if row["text"] not in threads]
    for entry_id in left[: max(0, there - _LEFT)]:
        file_entry(op, entry_id, Answer(()))


def answer_check(op: Operation, story: Story) -> None:
    """Answers last month's check as the owner and, in part, one of the staff did, who sees some things otherwise."""
    wrong = {said for thread in texts("threads")["thread"] if thread.get("wrong") for said in thread["texts"]}
    drawn = store_checks.draw(op, store_checks.month_to_check(story.today))
    for check in drawn:
        store_checks.answer(op, drawn, check, None if check.text in wrong else check.said_id, _OWNER)
    for place, check in enumerate(drawn[:_SECOND]):
        truth = None if check.text in wrong or place == _OTHERWISE else check.said_id
        store_checks.answer(op, drawn, check, truth, _STAFF)
