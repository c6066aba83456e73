"""What settles a line of "Needs you today" in place: done with one press, or put off until a day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QMenu, QPushButton

from cvdesk.care.store_snooze import snooze
from cvdesk.db import Operation
from cvdesk.feedback import store as feedback
from cvdesk.feedback.records import unanswered_safety
from cvdesk.kit.menus import offer
from cvdesk.kit.session import Session
from cvdesk.kit.widgets import button, tooltip
from cvdesk.shell.records_needs import Need
from cvdesk.wording import _
from cvdesk.wording.numbers import day_short

# What each sort is put off as; a safety mark and a change in the trends cannot be.
_PUT_OFF = {
    "complaints": "complaint", "promises": "promise", "answer": "answer", "told": "tell", "review": "review",
    "look": "look", "check_in": "check_in", "onboarding": "onboarding", "goal": "goal", "milestone": "milestone",
}  # fmt: skip
Settle = tuple[str, str, Callable[[Operation], object]]  # the button's text, what is said then, what is done


def done_button(session: Session, need: Need) -> QPushButton | None:
    """What settles it with one press; None where it has to be opened for that."""
    found = _settled(session, need)
    if found is None:
        return None
    text, said, work = found
    about = need.signal.title if need.signal is not None else need.words or need.customer

    def settle() -> None:
        made.setEnabled(False)  # pressed twice it would be said twice
        session.run(said, work, say=said)

    made = button(session.theme, text, settle, "plain", name=f"{text}: {about}")
    made.setEnabled(not session.file.read_only)
    return made


def _settled(session: Session, need: Need) -> Settle | None:
    today, staff = session.today(), session.staff_id
    if need.signal is not None:
        from cvdesk.trends.store_radar import mark_seen

        said = _("Seen: {series}").format(series=need.signal.title)
        return _("Seen"), said, partial(mark_seen, signal=need.signal)
    if need.own is None:
        return None
    if need.sort == "promises":
        return _("Kept"), _("Promise kept"), partial(feedback.keep_promise, entry_id=need.own, day=today)
    if need.sort == "safety" and not unanswered_safety(*need.answers):
        work = partial(feedback.close_safety, entry_id=need.own, day=today)
        return _("Dealt with"), _("Safety dealt with"), work
    if need.sort == "answer":
        return _("Answered"), _("Answered"), partial(feedback.mark_answered, entry_id=need.own, day=today)
    if need.sort == "complaints" and need.step == "acknowledge":
        from cvdesk.complaints import store as complaints

        step = partial(complaints.step, complaint_id=need.own, stage="acknowledged", date=today, staff_id=staff)
        return _("Acknowledged"), _("Complaint acknowledged"), step
    return _care_settled(need, need.own, today, staff)


def _care_settled(need: Need, own: int, today: date, staff: int | None) -> Settle | None:
    """A check-in that was made, a step that was taken."""
    if need.sort == "check_in":
        from cvdesk.care import store_touch
        from cvdesk.care.records_touch import Spoken

        spoken = Spoken(own, today, check_in=True)
        work = partial(store_touch.note_spoken, spoken=spoken, today=today, staff_id=staff)
        return _("Spoke to them"), _("Noted that you spoke"), work
    if need.sort == "onboarding":
        from cvdesk.care import store_onboarding

        tick = partial(store_onboarding.tick, step_id=own, day=today, staff_id=staff)
        return _("Done"), _("Step done"), tick
    return None


def later_button(session: Session, need: Need, title: str) -> QPushButton | None:
    """Puts it off until a day, from a small menu; None where that is not for it."""
    sort = _PUT_OFF.get(need.sort)
    if sort is None or need.own is None:
        return None
    own = need.own
    made = button(session.theme, "", None, "plain", "ellipsis", name=_("Later: {what}").format(what=title))
    made.setToolTip(tooltip(_("Later")))
    made.setFixedWidth(session.theme.px(28))
    made.setIconSize(QSize(session.theme.px(16), session.theme.px(16)))
    menu = QMenu(made)

    def put_off(until: date) -> None:
        said = _("Put off until {day}").format(day=day_short(until, session.today()))
        session.run(said, partial(snooze, sort=sort, record_id=own, until=until), say=said)

    days_on = (
        (_("Put off until tomorrow"), 1), (_("Put off for a week"), 7), (_("Put off for a month"), 30),
    )  # fmt: skip
    for text, days in days_on:
        until = session.today() + timedelta(days=days)
        offer(menu, text, partial(put_off, until))
    made.setMenu(menu)
    made.setEnabled(not session.file.read_only)
    return made
