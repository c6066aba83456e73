"""Rows that become entries."""

from __future__ import annotations

from datetime import date
from operator import itemgetter

from cvdesk.db import Queries
from cvdesk.db.staging import Staging
from cvdesk.exchange.already import Already
from cvdesk.exchange.blocks import Blocks
from cvdesk.exchange.cells import RejectedRow
from cvdesk.exchange.intake import BATCH, Intake, clock_of
from cvdesk.exchange.plan import Plan
from cvdesk.exchange.values import kind_of, nothing
from cvdesk.wording import _

# Column -> the field it comes from; those no column of the list fills are not staged at all.
_ENTRY = {
    "date": "date", "time": "", "customer_id": "", "channel_id": "channel", "kind": "kind", "rating": "rating",
    "rating_raw": "rating", "rating_scale": "rating", "text": "text", "offering_id": "offering", "segment_id": "",
    "source_id": "id",
}  # fmt: skip
_ABOUT = ("entry_id", "theme_id", "main", "state", "by")


class FeedbackIntake(Intake):
    """Rows that become entries."""

    def __init__(self, db: Queries, plan: Plan, blocks: Blocks, staging: Staging, today: date) -> None:
        super().__init__(db, plan, blocks, staging, today)
        self._already = Already(db, "entries", self.former)
        cells = self.cells
        self._day = self.memo("date", lambda row: cells.day(row, "date"))
        self._clock = self.memo("time", lambda row: clock_of(cells.text(row, "time")))
        self._rating = self.memo("rating", cells.rating)
        self._channel = self.named("channel", self.channels)
        self._offering = self.named("offering", self.offerings)
        self._kind = self.memo("kind", lambda row: kind_of(cells.text(row, "kind")) or "comment")
        self._themes = self.memo("theme", lambda row: self._themes_of(cells.text(row, "theme")))
        self._no_theme = self.memo("theme", lambda row: self.nothing(cells.text(row, "theme")))
        self._id = self.place("id")
        self._ids = blocks.stretch("entries")
        staged = [name for name, field in _ENTRY.items() if not field or field in plan.mapping]
        self._keep = itemgetter(0, *(place for place, name in enumerate(_ENTRY, start=1) if name in staged))
        self._entries = self._batch("entries", tuple(staged))
        self._at = tuple(map(self.place, ("date", "time", "text", "rating", "theme", "channel", "offering", "kind")))

    def take(self, row: list[str]) -> str:
        """Takes one row in."""
        date_at, time_at, text_at, rating_at, theme_at, channel_at, offering_at, kind_at = self._at
        day, time = self._day[row[date_at]]
        if day is None:
            raise RejectedRow(_("the date is missing"))
        if time is None:
            time = self._clock[row[time_at]]
        text = self._words(row[text_at])
        rating, raw, scale = self._rating[row[rating_at]]
        if not text and not raw and self._no_theme[row[theme_at]]:
            raise RejectedRow(_("neither words nor a rating"))
        customer, others, person = self._customers(row)
        source_id = self.cells.text(row, "id") if row[self._id] else ""
        if not self._already.empty or source_id:
            candidates = others if person is not None else [customer]
            if self._already.there(source_id, candidates, day, text, raw):
                return "skipped"
        if person is not None:
            customer = self._make(row, person, others)
        if rating is None and raw is not None:
            self._unrated(raw)
        entry = next(self._ids)
        segments = self.crowd.known.segments
        self._entries.append(self._keep((
            entry, day, time, customer, self._channel[row[channel_at]], self._kind[row[kind_at]], rating, raw,
            scale if raw else None, text, self._offering[row[offering_at]],
            segments.get(customer) if segments and customer is not None else None, source_id or None,
        )))  # fmt: skip
        if len(self._entries) >= BATCH:
            self._flush("entries")
        if row[theme_at]:
            for place, theme in enumerate(self._themes[row[theme_at]]):
                about = (self._blocks.next("entry_themes"), entry, theme, int(place == 0), "confirmed", "owner")
                self._stage("entry_themes", _ABOUT, about)
        return "added"

    def _unrated(self, raw: str) -> None:
        if nothing(raw):
            self.tally.blank += 1
        elif any(mark.isdigit() for mark in raw):
            self.tally.out_of_range += 1
        else:
            self.tally.unreadable += 1
