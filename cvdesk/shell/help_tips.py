"""Nine habits of businesses whose customers stay, each with its place in the program."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QWidget

from cvdesk.kit.session import Session
from cvdesk.kit.theme import LARGE, MEDIUM, TIGHT
from cvdesk.kit.widgets import CARD_TITLE, TEXT, Flow, button, column, label, scrolled
from cvdesk.shell.help import HelpPage
from cvdesk.wording import _

_HEIGHT = 560
Places = tuple[tuple[str, str, object], ...]  # what the button says, and what it opens


@dataclass(frozen=True, slots=True)
class Tip:
    """One habit: what it is, how the program helps, and where."""

    title: str
    words: str
    places: Places


def tips() -> tuple[Tip, ...]:
    """The nine habits."""
    return (
        Tip(
            _("Speak to people"),
            _(
                "Keep in touch lists whom nobody has spoken to for six months, and whose turn it is by the rhythm you "
                "set for a customer or a tag. Any contact counts, whoever began it."
            ),
            ((_("Keep in touch"), "care", ("view", "touch")),),
        ),
        Tip(
            _("Be there on several channels"),
            _(
                "Phone, counter, e-mail, reviews: whatever way it came, everything about a customer stands on one "
                "timeline, and each customer is reached the way they like."
            ),
            ((_("Customers"), "page", "customers"), (_("Feedback"), "page", "feedback")),
        ),
        Tip(
            _("Help new customers to a good start"),
            _(
                "A checklist by product, with days for each step. You see who is stuck, and a welcome sheet can be "
                "printed for them."
            ),
            ((_("Onboarding"), "care", ("view", "onboarding")),),
        ),
        Tip(
            _("Help customers reach what they want"),
            _(
                "Write down what a customer wants to get done and how you help. It comes up when its day is near. Who "
                "may be about to leave is listed with the reasons."
            ),
            ((_("Keep in touch"), "care", ("view", "touch")),),
        ),
        Tip(
            _("Look for patterns in problems"),
            _(
                "Themes says how many different customers share a problem, such as “30% of customers”, and what "
                "grows. Trends says which changes are more than chance."
            ),
            ((_("Themes"), "page", "themes"), (_("Trends"), "page", "trends")),
        ),
        Tip(
            _("Tell people that they were heard"),
            _(
                "Once something is done, Tell them lists who had raised it, in their own words: a call list, letters "
                "or e-mail drafts. For everybody else there is a poster: you said, we did."
            ),
            ((_("Tell them"), "care", ("view", "loop")), (_("Poster"), "care", ("poster", None))),
        ),
        Tip(
            _("Surprise them now and then"),
            _(
                "Small gestures within a budget of the month, with ideas from your notes, and a look at whether they "
                "are shared fairly."
            ),
            ((_("Gestures"), "care", ("view", "gestures")),),
        ),
        Tip(
            _("Reward who stays"),
            _(
                "Years with you and purchases reach a reward: a printed voucher whose code counts once. Nothing is "
                "celebrated while a serious complaint is open."
            ),
            ((_("Loyalty"), "care", ("view", "loyalty")),),
        ),
        Tip(
            _("Bring customers together"),
            _(
                "Who speaks well of you, with their consent noted; groups and events; who sent whom; and answers to "
                "what many ask."
            ),
            ((_("Community"), "care", ("view", "community")),),
        ),
    )


class TipsHelp(HelpPage):
    """The nine habits, one below the other; a button opens the place of each."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session.theme, _("Nine habits that keep customers"), 760, parent)
        theme = session.theme
        content = QWidget()
        inside = column(content, TIGHT, (0, 0, LARGE, 0))
        for number, tip in enumerate(tips(), start=1):
            inside.addWidget(label(theme, f"{number}.  {tip.title}", CARD_TITLE, strong=True))
            inside.addWidget(label(theme, tip.words, TEXT, tone="quiet", wrap=True))
            holder = QWidget()
            flow = Flow(TIGHT)
            holder.setLayout(flow)
            for text, table, record in tip.places:
                name = _("{tip}: open {place}").format(tip=tip.title, place=text)
                flow.addWidget(
                    button(theme, text, self._opening(session, table, record), "plain", "arrow-right", name=name)
                )
            inside.addWidget(holder)
            inside.addSpacing(MEDIUM)
        inside.addStretch(1)
        area = scrolled(content)
        area.setMinimumHeight(theme.px(_HEIGHT))
        area.setAccessibleName(self.windowTitle())
        self.box.addWidget(area, 1)
        self.finish()

    def _opening(self, session: Session, table: str, record: object) -> Callable[[], None]:
        def go() -> None:
            self.close()
            session.open(table, record)

        return partial(go)
