"""Makes what stands in the middle of a score sheet: a card for each question, what matters most, the end."""

from __future__ import annotations

from cvdesk.catalogue.records import LEVERS, Question
from cvdesk.kit.theme import MEDIUM, TIGHT, Theme
from cvdesk.kit.widgets import TEXT, Card, label
from cvdesk.value.form_end import EndPanel
from cvdesk.value.form_matters import MattersPanel
from cvdesk.value.form_question import QuestionCard
from cvdesk.value.records_forms import IMPORTANCE, PARTS, POINTS
from cvdesk.value.records_sheet import SheetState
from cvdesk.value.records_wording import asked_wording, importance_question, points_question, type_line
from cvdesk.wording import _


def question_card(theme: Theme, state: SheetState, question: Question) -> QuestionCard:
    """A question as this sheet asks it, with the answer it has."""
    details, factor = state.details, state.asked.factor(question.factor_key)
    owner = details.guess
    offer = next((one.name for one in state.asked.offerings if one.id == details.offering_id), "")
    if details.rival:
        offer = _("their product or service")
    knows = details.kind == "customer" or details.way == "mystery"
    card = QuestionCard(
        theme,
        question,
        asked_wording(question, owner, details.rival or state.asked.business, offer),
        type_line(factor, owner) if factor is not None else "",
        (question.lever or "accent") if owner else "accent",  # no colours of good and bad for customers
        _("Does not apply") if knows else _("Don't know"),
        state.importance.get(factor.key, 0) if owner and factor is not None else None,
    )
    card.show_answer(state.answers.get(question.key))
    return card


def matters_panel(theme: Theme, state: SheetState) -> MattersPanel:
    """What matters most, of the things this sheet asks about."""
    rated, shared = state.asked.question(IMPORTANCE), state.asked.question(POINTS)
    owner, business = state.details.guess, state.asked.business
    made = MattersPanel(
        theme,
        importance_question(business, owner, rated.wording) if rated is not None else "",
        state.weighed(),
        points_question(business, owner, shared.wording) if shared is not None else "",
        owner,
    )
    made.show_given(state.ratings, state.points)
    return made


def end_panel(theme: Theme, state: SheetState) -> EndPanel:
    """The end of this sheet; after a customer's answers she may be asked about competitors she used as well."""
    details = state.details
    asks_rivals = details.kind == "customer" and details.competitor_id is None and not details.done
    return EndPanel(theme, state.open_count, details.guess, state.may_weigh, state.asked.rivals if asks_rivals else ())


def hidden_note(theme: Theme, state: SheetState, step: str) -> Card | None:
    """Says beside the owner's guess why nothing of customers' answers is seen; None on other sheets."""
    if not state.details.guess or state.details.done or step not in (*LEVERS, PARTS):
        return None
    note = Card(theme)
    words = _("Customers' answers and words stay hidden until you finish; then you see where you guessed right.")
    note.box.setContentsMargins(MEDIUM + TIGHT, MEDIUM, MEDIUM + TIGHT, MEDIUM)
    note.box.addWidget(label(theme, words, TEXT, tone="quiet", wrap=True))
    return note
