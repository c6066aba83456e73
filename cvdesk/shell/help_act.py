"""How a plan is found and how sure it is; what is kept of vouchers and of who may be written to."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from cvdesk.kit.theme import Theme
from cvdesk.shell.help import TopicsHelp
from cvdesk.wording import _

Topics = tuple[tuple[str, tuple[str, ...]], ...]


def topics() -> Topics:
    """(title, paragraphs), plans first."""
    return _plans() + _care()


def _plans() -> Topics:
    return (
        (
            _("What an action brings"),
            (
                _(
                    "An action moves what customers value by some points, for the customers it reaches, if it works. A "
                    "bit, half and most of a problem stand for 15, 40 and 70 per cent of what is still missing on the "
                    "scale; under More you give points of your own: low, likely and high."
                ),
                _(
                    "Two actions about the same thing do not add up: the second finds less left to mend. Hopes count "
                    "70 per cent until five of your own actions have been measured; then they count as much as came of "
                    "them so far, at least a quarter and at most one and a half times. Harm, as of a dearer price, "
                    "counts in full."
                ),
            ),
        ),
        (
            _("What must be fixed"),
            (
                _(
                    "Whatever touches safety, privacy or the law, or gives one customer in twenty serious trouble, is "
                    "no matter of choice. It stands on top, is paid first, and what it mends is taken as mended."
                ),
            ),
        ),
        (
            _("The best plan"),
            (
                _(
                    "Under your budget and hours every possible choice of up to 20 actions is looked at, also what "
                    "needs or rules out something else. Above 20 a search is made that may miss the very best; the "
                    "page says so. Of equal plans the cheaper is taken."
                ),
                _(
                    "Double down counts more what you do better than the best rival, Catch up what they do better, "
                    "Balanced neither. What each brings is always said in plain customer value. Your own ticks are "
                    "set beside the best plan."
                ),
            ),
        ),
        (
            _("How sure it is"),
            (
                _(
                    "What customers weigh, how they score you, how much an action moves and whether it works are not "
                    "known exactly. 5,000 times all of it is drawn from what is likely, always the same draws, and the "
                    "best plan of each is found; where more than 512 plans are possible, among the 500 best. An action "
                    "in 80 of 100 of these plans is a safe bet, in 50 it depends, below that it is left out."
                ),
                _(
                    "What to expect counts the chance of failing; its range is that of nineteen in twenty draws. What "
                    "to find out first is what would change the plan most if you knew it. Before and after is not an "
                    "experiment: other things change, too."
                ),
            ),
        ),
        (
            _("What was promised"),
            (
                _(
                    "When you decide on a plan, what was expected is written down and never changed. Over time holds "
                    "it against what came: an action needs six months before it and four after, and a time to settle."
                ),
            ),
        ),
    )


def _care() -> Topics:
    return (
        (
            _("Who may be written to"),
            (
                _(
                    "Nobody who said no, or has the tag Do not contact, stands on a list, in a letter or in an e-mail "
                    "draft. Whoever was never asked may be answered about what they said themselves, and nothing else. "
                    "The program sends nothing: you print, or open the draft and send it."
                ),
            ),
        ),
        (
            _("Who was told"),
            (
                _(
                    "Among those who raised something are all whose feedback or complaints about it were filed in the "
                    "24 months before it was done; praise does not count. Whoever says it again after being told waits "
                    "again."
                ),
            ),
        ),
        (
            _("Vouchers count once"),
            (
                _(
                    "A used voucher is noted in the file and in a journal beside the program's own data, with its "
                    "code, its day and what it gives; a name stands there only if you wrote it into what it gives. "
                    "When an older copy of the file comes back, the vouchers used since are named and stay used. The "
                    "journal is of this computer: another one does not know it."
                ),
            ),
        ),
    )


class ActHelp(TopicsHelp):
    """How plans and care work."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, _("How plans are found"), topics(), parent)
