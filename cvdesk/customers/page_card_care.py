"""The part about care on a customer's card: last contact, rhythm, first steps, goals, what they buy."""

from __future__ import annotations

from datetime import date
from functools import partial

from cvdesk.customers.records_contact import last_in_words, rhythm_in_words
from cvdesk.customers.store_card_care import CareOf, Steps
from cvdesk.customers.store_likes import Likes
from cvdesk.kit.session import Session
from cvdesk.kit.side import SideContent
from cvdesk.kit.widgets import TEXT, label
from cvdesk.wording import _
from cvdesk.wording.numbers import day_short


def add_care(
    content: SideContent, session: Session, customer_id: int, care: CareOf, likes: Likes, writable: bool
) -> None:
    """Adds the part to a card; what can be changed opens the page Care. Where nothing is known, little is said."""
    theme, today = session.theme, session.today()
    content.add_heading(_("Looking after them"))
    content.add(label(theme, last_in_words(care.last, today), TEXT, tone="quiet", wrap=True))
    if likes.usual:
        usual = _("Usually buys: {names}").format(names=", ".join(likes.usual))
        content.add(label(theme, usual, TEXT, tone="quiet", wrap=True))
    if likes.maybe:
        maybe = _("May like: {names}").format(names=", ".join(likes.maybe))
        content.add(label(theme, maybe, TEXT, tone="quiet", wrap=True))
    go = partial(session.open, "care")
    if writable or care.rhythm is not None:
        rhythm = rhythm_in_words(care.rhythm)
        said = _("Rhythm: {rhythm}. Change it").format(rhythm=rhythm)
        about = ("rhythm", customer_id) if writable else ("customer", customer_id)
        content.add_link(rhythm, "calendar", partial(go, about), said)
    if care.steps is not None:
        content.add_link(_steps(care.steps, today), "clipboard-list", partial(go, ("onboarding", customer_id)))
    for goal_id, goal, _help, due in care.goals:
        text = _("{goal} · {day}").format(goal=goal, day=day_short(due, today)) if due else goal
        content.add_link(text, "target", partial(go, ("goal", goal_id)), _("Goal: {goal}").format(goal=text))
    if writable:
        content.add_link(_("Add a goal"), "plus", partial(go, ("new_goal", customer_id)))


def _steps(steps: Steps, today: date) -> str:
    text = _("{name}: {done} of {all} steps").format(name=steps.name, done=steps.done, all=steps.count)
    late = steps.due is not None and steps.due < today
    return _("{steps}, late").format(steps=text) if late else text


__all__ = ["add_care"]
