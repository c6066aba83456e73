"""The sample business: a bakery with fourteen months of customers, or a large file of any number of entries.

The same seed and the same day give the same content, ids included; nothing of it is real.
"""

from __future__ import annotations

import random
import tempfile
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from pathlib import Path
from typing import TypeVar

from cvdesk.db import BusinessFile, Operation
from cvdesk.db.ids import IdSource
from cvdesk.db.staging import Staging
from cvdesk.errors import UserError
from cvdesk.exchange import sample_shop as shop
from cvdesk.exchange.new import make_business
from cvdesk.exchange.sample_buys import habits, make_purchases
from cvdesk.exchange.sample_care import connect_actions, look_after, plan_once
from cvdesk.exchange.sample_cases import make_complaints
from cvdesk.exchange.sample_charts import ask_whether_it_worked, begin_phase
from cvdesk.exchange.sample_desk import furnish
from cvdesk.exchange.sample_earlier import make_earlier
from cvdesk.exchange.sample_feedback import make_entries
from cvdesk.exchange.sample_many import make_many, rows_of
from cvdesk.exchange.sample_minutes import make_minutes
from cvdesk.exchange.sample_people import make_people, make_touches
from cvdesk.exchange.sample_plan import make_plan
from cvdesk.exchange.sample_rivals import make_rivals
from cvdesk.exchange.sample_rows import SCHEMA, Rows, copy_all, ids_needed
from cvdesk.exchange.sample_sheets import make_sheets
from cvdesk.exchange.sample_surveys import Surveys
from cvdesk.exchange.sample_threads import answer_check, settle
from cvdesk.exchange.sample_words import Story
from cvdesk.wording import _

T = TypeVar("T")
MOST_ENTRIES = 1_000_000
_STORY_IDS = 100_000  # a table
# Ids follow the clock: the sample's are from before any midnight on earth, so that nothing counts as logged today.
_BEFORE = timedelta(days=2)
_DATED = ("customers", "entries")


def make_sample(path: Path, entries: int | None = None, seed: int = 1, today: date | None = None) -> None:
    """Makes the sample business as a file, complete or not at all. `entries`: a realistic file of that many instead.

    UserError for a file that is already there, a folder that cannot be written, or a number out of range.
    """
    if entries is not None and not 1 <= entries <= MOST_ENTRIES:
        raise UserError(
            _("A sample has 1 to 1,000,000 entries."),
            _("Give another number, or leave it out for the sample business."),
        )
    if path.exists():
        raise UserError(
            _("There is already a file called “{name}”.").format(name=path.name),
            _("Choose another name, or delete that file first."),
        )
    last_day = today or datetime.now(UTC).astimezone().date()
    try:
        with tempfile.TemporaryDirectory(prefix=".cvdesk-sample-", dir=path.parent) as folder:
            unfinished = Path(folder) / path.name
            _make(unfinished, Path(folder) / "incoming.sqlite", entries, seed, last_day)
            unfinished.rename(path)
    except OSError as error:
        raise UserError(
            _("“{name}” could not be made in “{folder}”.").format(name=path.name, folder=path.parent),
            _("Check that the folder exists, that you may write there and that there is room."),
        ) from error


def _make(path: Path, staged: Path, entries: int | None, seed: int, today: date) -> None:
    morning = datetime.combine(today, time(6), UTC)
    ids = IdSource(lambda: morning, random.Random(f"ids {seed} {today}"))
    rng = random.Random(f"{seed} {today} {entries}")
    with make_business(path, shop.business(), lambda: morning, ids) as file:
        # Everything is read inside operations: closing the writer, the only connection, then leaves one whole file.
        ready = _quietly(file, shop.set_up)
        each = _STORY_IDS if entries is None else rows_of(entries)
        earlier = IdSource(lambda: morning - _BEFORE, random.Random(f"rows {seed} {today}"))
        first = earlier.reserve(ids_needed(each))
        with Staging(staged) as staging:
            rows = Rows(staging, first, each)
            if entries is None:
                _tell(rows, ready, Story.ending(today), rng)
            else:
                make_many(rows, ready, today, entries, rng)
            rows.finish()
        _quietly(file, partial(copy_all, dated=_DATED if entries is None else _DATED[:1]), {SCHEMA: staged})
        if entries is None:
            _quietly(file, partial(furnish, today=today))
            _quietly(file, partial(_look_back, story=Story.ending(today)))
            _quietly(file, partial(_look_ahead, story=Story.ending(today), rng=random.Random(f"care {seed} {today}")))


def _tell(rows: Rows, ready: shop.Shop, story: Story, rng: random.Random) -> None:
    people = make_people(rows, ready, story, rng)
    bought = habits(ready, story, people, rng)
    make_touches(rows, ready, story, people, rng)
    said = make_entries(rows, ready, story, people, rng)
    make_complaints(rows, ready, story, people, said, rng)
    surveys = Surveys(rows, ready, story, rng)
    came_back, let_down = make_sheets(rows, ready, story, people, surveys, rng)
    make_minutes(rows, ready, story, surveys, rng)
    make_rivals(rows, ready, story, came_back, random.Random(f"rivals {rng.getrandbits(160)}"))
    make_purchases(rows, bought, let_down)
    make_plan(rows, ready, story, said)
    make_earlier(rows, ready, story, people, surveys, rng)
    surveys.finish()


def _look_back(op: Operation, story: Story) -> None:
    """What the owner did with the themes and charts of all that."""
    settle(op, story)
    answer_check(op, story)
    begin_phase(op, story)
    ask_whether_it_worked(op)


def _look_ahead(op: Operation, story: Story, rng: random.Random) -> None:
    """How the owner looks after customers, and the plan that was decided on before the last change."""
    connect_actions(op)
    look_after(op, story, rng)
    plan_once(op, story)


def _quietly(file: BusinessFile, work: Callable[[Operation], T], attach: dict[str, Path] | None = None) -> T:
    """Does a step that is no step of the person's work: there is nothing before it to go back to."""

    def quiet(op: Operation) -> T:
        result = work(op)
        op.rows("UPDATE operations SET state = 'dropped' WHERE id = ?", (op.id,))
        return result

    return file.run(_("Make the sample business"), quiet, attach=attach).result
