"""Logging a line from the window: new themes and customers with it, and its draft gone in the same step."""

from __future__ import annotations

from dataclasses import replace

from cvdesk.catalogue.records import match_key
from cvdesk.db import Operation
from cvdesk.feedback import store
from cvdesk.feedback.capture import Captured
from cvdesk.themes import store as themes
from cvdesk.themes.records import Theme

# Half-typed work: the line, and what was changed by hand about it.
DRAFT = "capture"
CHANGED = "capture changed"


def save_line(
    op: Operation,
    captured: Captured,
    new_themes: tuple[tuple[str, Theme], ...] = (),
    staff_id: int | None = None,
    just_made: dict[str, int] | None = None,
) -> store.LoggedIds:
    """Saves the entry and forgets the draft in one step: a crash leaves one of the two, never both."""
    ids = save_read(op, captured, new_themes, staff_id, just_made)
    op.forget_draft(DRAFT)
    op.forget_draft(CHANGED)
    return ids


def save_read(
    op: Operation,
    captured: Captured,
    new_themes: tuple[tuple[str, Theme], ...] = (),
    staff_id: int | None = None,
    just_made: dict[str, int] | None = None,
    source: str = "",
) -> store.LoggedIds:
    """Saves a line as it was read, whichever line it was, with the themes to make.

    `just_made`: new customers of lines logged a moment ago, by name, which this line was not yet read against.
    """
    new = match_key(captured.customer_name)
    if just_made is not None and new in just_made:
        captured = replace(captured, customer_id=just_made[new], customer_name="")
    made = tuple(themes.add_theme_like(op, name, like.id) for name, like in new_themes)
    captured = replace(captured, themes=(*captured.themes, *made))
    ids = store.save_captured(op, captured, staff_id=staff_id, source=source)
    if just_made is not None and new and ids.customer_id is not None:
        just_made[new] = ids.customer_id
    return ids
