"""Opens the form again that was open when the program ended without saving it."""

from __future__ import annotations

import json
from typing import Any

from cvdesk.complaints import store
from cvdesk.complaints.page_work import DRAFT, CaseWork
from cvdesk.complaints.records import Complaint
from cvdesk.kit.drafts import DraftForm
from cvdesk.wording import _


def restore(work: CaseWork) -> None:
    """Shows what was half typed, where it can still be saved; says so where it cannot."""
    session = work.session
    try:
        kept = json.loads(session.draft(DRAFT) or "{}")
    except ValueError:
        return
    if not isinstance(kept, dict) or session.file.read_only or not kept.get("fields"):
        return
    form, words = _again(work, kept)
    if form is None:
        session.save_draft(DRAFT, "")
        session.say(words)
        return
    work.continue_with(form, kept["fields"], words)


def _again(work: CaseWork, kept: dict[str, Any]) -> tuple[DraftForm | None, str]:
    """The form of a draft, and what to say above it; no form, and why not."""
    session, kind = work.session, kept.get("kind")
    was = _("You were writing this. It has not been saved yet.")
    if kind == "new":
        customer = session.file.value("SELECT id FROM customers WHERE id = ?", (kept.get("customer"),))
        return work.new(Complaint(date=session.today(), customer_id=customer)), was
    try:
        complaint = store.get(session.file, int(kept.get("id") or 0))
    except LookupError:
        if kind != "edit":
            return None, _("The complaint you were writing about was deleted meanwhile.")
        gone = _("The complaint you were changing was deleted meanwhile. Saved, it is a new one.")
        return work.new(Complaint(date=session.today())), gone
    if kind == "edit":
        return work.edit(complaint), was
    if kind == "step":
        return work.step(complaint, kept["stage"], kept.get("outcome")), was
    events = store.events(session.file, complaint.id or 0)
    event = next((one for one in events if one.id == kept.get("event")), None)
    if event is None:
        return None, _("The step you were changing was taken back meanwhile.")
    return work.change(complaint, event), was


__all__ = ["restore"]
