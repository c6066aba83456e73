"""How the program sorts, in a sentence, and what sorting again came to."""

from __future__ import annotations

from collections.abc import Sequence

from cvdesk.stats.intervals import Estimate
from cvdesk.themes.records_learn import Sorted, Standing
from cvdesk.wording import _, ngettext
from cvdesk.wording.numbers import whole


def _of_100(share: Estimate) -> str:
    return whole(round(100 * share.value)) if share.value is not None else ""


def standing_words(standing: Standing) -> str:
    """What suggestions rest on, with how often that is right where it was measured."""
    words, learned = _of_100(standing.lexicon_right), _of_100(standing.model_right)
    if standing.in_use and words and learned:
        said = _(
            "Sorted by your rules, by what you taught it (right {learned} of 100) "
            "and by the word list ({words} of 100)."
        )
        return said.format(learned=learned, words=words)
    if words and learned:
        said = _("Sorted by your rules and by the word list (right {words} of 100). {why}")
        return said.format(words=words, why=standing.why)
    return _("Sorted by your rules and by the word list. {why}").format(why=standing.why)


def sorted_words(done: Sorted) -> str:
    """What sorting again came to."""
    if not done.entries:
        return _("Nothing waits to be sorted.")
    said = ngettext(
        "Sorted {count} comment: {rule} by your rules, {words} by the word list, {model} by what you taught it; "
        "{left} by none of them",
        "Sorted {count} comments: {rule} by your rules, {words} by the word list, {model} by what you taught it; "
        "{left} by none of them",
        done.entries,
    )
    return said.format(
        count=whole(done.entries), rule=whole(done.rule), words=whole(done.words), model=whole(done.model),
        left=whole(done.unsorted),
    )  # fmt: skip


def filed_words(names: Sequence[str]) -> str:
    """What a comment was filed under, the main theme by name."""
    more = len(names) - 1
    if not more:
        return _("Filed under {theme}").format(theme=names[0])
    said = ngettext("Filed under {theme} and {count} more", "Filed under {theme} and {count} more", more)
    return said.format(theme=names[0], count=whole(more))


__all__ = ["filed_words", "sorted_words", "standing_words"]
