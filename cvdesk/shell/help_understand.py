"""How trends are judged, and how feedback finds its theme: what the program does, and how often it is wrong."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from cvdesk.kit.theme import Theme
from cvdesk.shell.help import TopicsHelp
from cvdesk.wording import _


def topics() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """(title, paragraphs), trends first."""
    return _trends() + _themes()


def _trends() -> tuple[tuple[str, tuple[str, ...]], ...]:
    return (
        (
            _("Ordinary ups and downs"),
            (
                _(
                    "Every figure goes up and down from month to month though nothing has changed. The shaded band is "
                    "the ordinary range, worked out from the first twelve months; from six on it is shown as "
                    "provisional. It then stays where it is, so that a slow change cannot carry it along."
                ),
                _(
                    "Shares and complaints have a band that is wider in months in which few people answered: fewer "
                    "people, more chance. The month that is still running is drawn hollow and never judged."
                ),
            ),
        ),
        (
            _("When a change is called real"),
            (
                _(
                    "Two things must come together: a month outside the range, eight months in a row on one side or "
                    "three of four near its edge; and a change that fewer than 5 of 100 shufflings of the same months "
                    "would show. In months of pure chance the first alone comes up on 26 of 100 charts, both together "
                    "on 3. A change of twice the usual spread is found in 64 of 100 cases after six months, in 94 "
                    "after twelve."
                ),
                _(
                    "A month outside the range alone is an unusual month: look for what happened. One of the two "
                    "signs without the other is a possible change, to be watched. Fewer than eight months are too few."
                ),
                _(
                    "Where neighbouring months resemble each other, 13 of 100 charts are called changed by chance "
                    "after a year, 17 after two; the page says so. From two years on the season is taken out "
                    "first; before that it cannot be told from a change, and the page says that, too."
                ),
            ),
        ),
        (
            _("Phases"),
            (
                _(
                    "When a change is clear, its cause known, wanted and meant to last, a new phase can be begun. It "
                    "gets a range of its own. Until it has eight months the verdict stands that opened it."
                ),
            ),
        ),
        (
            _("Did it work?"),
            (
                _(
                    "What you changed is judged from six months before and four after. The bad months that made you "
                    "act are left out: after a very bad month a better one comes by itself. If something you did not "
                    "touch changed just as much, it was not your doing. Even so it is no experiment: what else changed "
                    "in that time is listed."
                ),
            ),
        ),
        (
            _("What Home tells you"),
            (
                _(
                    "Once a day all figures are looked at. Among fifty figures one or two would look changed by chance "
                    "alone, so Home asks for more before it tells you, and shows the words that go with it."
                ),
            ),
        ),
    )


def _themes() -> tuple[tuple[str, tuple[str, ...]], ...]:
    return (
        (
            _("How feedback finds its theme"),
            (
                _(
                    "First your own words count (“always file this word here”), then a word list that comes with the "
                    "program, then what you have taught it. The word list is English; your own words and what you "
                    "teach work in any language. What it is not sure of stays unsorted."
                ),
                _(
                    "Learning begins at 50 filed comments and two themes with five each, and is used only where it is "
                    "right more often than the word list on what you filed yourself. It is learned anew each time and "
                    "never written to the file. It needs the extra “learning”."
                ),
                _(
                    "Figures count what you have confirmed. What the program only suggests is drawn hatched and "
                    "counted apart. Whether something is praise or a complaint is taken from the rating, or from you."
                ),
            ),
        ),
        (
            _("How often it is right"),
            (
                _(
                    "Measured on 800 sentences about restaurants whose themes people had labelled, none of them used "
                    "before. The first theme given was right, of those that got one: word list alone 36 of 100; after "
                    "50 corrections 81, after 100 85, after 300 89. It gave one to 76 of 100 sentences, after "
                    "50 corrections to 99. Of all themes the labels name it found 19, 61, 63 and 72 of 100."
                ),
                _(
                    "Always saying “food” would have been right on 73 of 100: these sentences are narrow, and the word "
                    "list is for any trade. On the sample business, 444 comments of every sort, the word list was "
                    "right on 52 of 100 and what was learned on 71. What yours is, the monthly check says."
                ),
                _(
                    "Whether a comment without a rating is praise is guessed only from your own rated comments, shown "
                    "as a guess, and never counted. On rated sentences from elsewhere it was right on 58 to 69 of 100 "
                    "after 300 ratings for shops, films and news, 77 for short messages; VADER, a well-known English "
                    "word list, on 62 to 71 and 96. After 1,000 ratings it was 60 to 71, and 81."
                ),
            ),
        ),
    )


class UnderstandHelp(TopicsHelp):
    """How trends and themes are judged."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, _("How trends and themes are judged"), topics(), parent)
