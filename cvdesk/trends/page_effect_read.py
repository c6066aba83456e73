"""What the tab "Did it work?" reads beside the window: what was changed, how it is asked about, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from cvdesk.catalogue.records import Filter
from cvdesk.db import Queries
from cvdesk.trends import store_effect, store_kinds
from cvdesk.trends.records_effect import EffectResult
from cvdesk.trends.store_kinds import SeriesGroup, SeriesKind
from cvdesk.trends.store_notes import KeptNote, notes

Key = tuple[int | None, int | None]  # the id of a note, that of an action


@dataclass(frozen=True, slots=True)
class Found:
    """Notes and actions, the newest first; the one asked about with what came of it, None where there are none."""

    subjects: tuple[KeptNote, ...]
    subject: KeptNote | None = None
    result: EffectResult | None = None
    groups: tuple[SeriesGroup, ...] = ()
    untouched: tuple[SeriesKind, ...] = ()


def key_of(note: KeptNote) -> Key:
    """What a note or action is found again by."""
    return note.id, note.action_id


def read(db: Queries, key: Key | None, series: str, chosen: Filter, today: date) -> Found:
    """Reads all of it. `key`: the note or action wanted; the newest that has begun where it is None or gone.

    `series`: the figure wanted; the one last asked about where it is empty. UserError for a figure that is gone.
    """
    subjects = tuple(notes(db))
    known = {key_of(note): note for note in subjects}
    begun = [note for note in subjects if note.date <= today]
    subject = known.get(key) if key is not None else None
    subject = subject or next(iter(begun or subjects), None)
    if subject is None:
        return Found(())
    groups = store_kinds.catalogue(db)
    ask = store_effect.usual(db, subject, series)
    if not series and ask.series not in {kind.key for group in groups for kind in group.kinds}:
        ask = store_effect.usual(db, subject, groups[0].kinds[0].key)  # its theme or factor went out of use
    untouched = store_effect.untouched_choices(groups, ask.series)
    if ask.untouched not in {kind.key for kind in untouched}:
        ask = replace(ask, untouched="")  # it went out of use as well
    return Found(subjects, subject, store_effect.effect(db, ask, today, chosen), groups, untouched)
