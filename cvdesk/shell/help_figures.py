"""What the figures mean: how value is measured, how sure a figure is, and what it cannot say."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from cvdesk.kit.theme import Theme
from cvdesk.shell.help import TopicsHelp
from cvdesk.wording import _


def topics() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """(title, paragraphs), in the order in which an owner meets them."""
    return (
        (
            _("What is measured"),
            (
                _(
                    "Customers get worth (what the product does) and benefits (what comes with it). They give costs "
                    "(what everybody gives up) and drawbacks (what goes wrong). Each is rated from 1 to 5."
                ),
                _(
                    "Customer value is what they get less what they give: above 0 they get more than it takes out of "
                    "them. Of costs and drawbacks less is better."
                ),
                _(
                    "Only customers' score sheets make the figures, the latest of each customer. Your own guess stands "
                    "beside them and is never mixed in; one-minute forms are shown by themselves."
                ),
            ),
        ),
        (
            _("How sure a figure is"),
            (
                _(
                    "From 5 answers a figure is shown as an early hint, from 10 as rough, from 30 as clear. The two "
                    "numbers after it say between what the true figure very likely lies: in 95 of 100 such cases."
                ),
                _(
                    "Groups of fewer than 5 people are never shown, so that nobody can be recognised. A difference is "
                    "only called one where it is more than chance would give."
                ),
            ),
        ),
        (
            _("Feedback and complaints"),
            (
                _(
                    "They are not averaged with score sheets, since mostly those speak up who have a reason. But they "
                    "set a limit: if 12 of 180 customers told of trouble, that part cannot be better than this leaves."
                ),
            ),
        ),
        (
            _("What matters more"),
            (
                _(
                    "Once five customers have said what matters to them, their word weighs the figures; before that "
                    "yours does, or all count the same. You can choose on the scorecard."
                ),
                _(
                    "Your edge over a competitor is how far you are apart, times how much it matters. The edges add up "
                    "to the difference between the two values."
                ),
            ),
        ),
        (
            _("What no figure here can say"),
            (
                _(
                    "Answers come from those who answered, and ratings can be polite. What happened after a change did "
                    "not necessarily happen because of it. And a point of cost may weigh more than a point of worth: "
                    "“was it worth it?” is asked to check that."
                ),
            ),
        ),
    )


class FiguresHelp(TopicsHelp):
    """What the figures mean."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, _("What the figures mean"), topics(), parent)
