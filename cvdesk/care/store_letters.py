"""Who waits to be told of an action, and the letter for each of them, in the text the page Care keeps."""

from __future__ import annotations

from datetime import date

from cvdesk.care.letters import DRAFT, Message, kept_text, message
from cvdesk.care.records_loop import Circle
from cvdesk.care.store_loop_circle import circle
from cvdesk.catalogue import store as catalogue
from cvdesk.db import Queries
from cvdesk.errors import UserError
from cvdesk.wording import _

_DRAFT = "SELECT value FROM drafts WHERE key = ?"


def waiting(db: Queries, action_id: int, today: date) -> Circle:
    """Those who raised what an action is about and may be told. UserError where it is gone or nobody waits."""
    try:
        found = circle(db, ("action", action_id), today)
    except LookupError as error:
        raise UserError(_("This action was deleted meanwhile."), _("Choose another one.")) from error
    if not found.raised:
        raise UserError(
            _("Nobody waits to be told of “{action}”.").format(action=found.title),
            _("Only customers who said something about it, may be written to and were not told yet are listed."),
        )
    return found


def letters(db: Queries, action_id: int, today: date) -> tuple[Message, ...]:
    """A letter for each of them."""
    with db.snapshot():
        found = waiting(db, action_id, today)
        text, subject = kept_text(str(db.value(_DRAFT, (DRAFT,)) or ""))
        name = catalogue.business(db).name
        return tuple(message(text, subject, found, one, name) for one in found.raised)


__all__ = ["letters", "waiting"]
