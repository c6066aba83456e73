"""Rows that become entries."""

from __future__ import annotations

from datetime import date

from cvdesk.db import Queries
from cvdesk.db.staging import Staging
from cvdesk.exchange.already import Already
from cvdesk.exchange.blocks import Blocks
from cvdesk.exchange.cells import RejectedRow
from cvdesk.exchange.intake import Intake, clock_of
from cvdesk.exchange.plan import Plan
from cvdesk.exchange.values import kind_of, nothing
from cvdesk.wording import _

_ENTRY = (
    "date",
    "time",
    "customer_id",
    "channel_id",
    "kind",
    "rating",
    "rating_raw",
    "rating_scale",
    "text",
    "offering_id",
    "segment_id",
    "source",
    "source_id",
)


class FeedbackIntake(Intake):
    """Rows that become entries."""

    def __init__(self, db: Queries, plan: Plan, blocks: Blocks, staging: Staging, today: date) -> None:
        super().__init__(db, plan, blocks, staging, today)
        self._already = Already(db, "entries")

    def take(self, row: list[str]) -> str:
        """Takes one row in."""
        cells = self.cells
        day, time = cells.day(row, "date")
        if day is None:
            raise RejectedRow(_("the date is missing"))
        if time is None and cells.has("time"):
            time = clock_of(cells.text(row, "time"))
        text = self._words(row)
        rating, raw, scale = cells.rating(row)
        theme_cell = cells.text(row, "theme")
        if not text and not raw and nothing(theme_cell):
            raise RejectedRow(_("neither words nor a rating"))
        customer, others, person = self._customers(row)
        source_id = cells.text(row, "id")
        if source_id and (self._already.by_id(source_id, day, text) or self._already.twice_here(source_id, day, text)):
            return "skipped"
        candidates = others if person is not None else [customer]
        if candidates and self._already.by_words(candidates, day, text, raw, bool(source_id)) is not False:
            return "skipped"
        if person is not None:
            customer = self._make(row, person, others)
        if rating is None and raw is not None:
            self._unrated(raw)
        kind = kind_of(cells.text(row, "kind")) or "comment"
        entry = self._blocks.next("entries")
        segment = self.crowd.known.segments.get(customer) if customer is not None else None
        self._stage(
            "entries",
            _ENTRY,
            (
                entry,
                day,
                time,
                customer,
                self.channels.id_of(cells.text(row, "channel")),
                kind,
                rating,
                raw,
                scale if raw else None,
                text,
                self.offerings.id_of(cells.text(row, "offering")),
                segment,
                self._source,
                source_id or None,
            ),
        )
        for place, theme in enumerate(self._themes_of(theme_cell)):
            about = (self._blocks.next("entry_themes"), entry, theme, int(place == 0), "confirmed", "owner")
            self._stage("entry_themes", ("entry_id", "theme_id", "main", "state", "by"), about)
        return "added"

    def _unrated(self, raw: str) -> None:
        if nothing(raw):
            self.tally.blank += 1
        elif any(mark.isdigit() for mark in raw):
            self.tally.out_of_range += 1
        else:
            self.tally.unreadable += 1
