"""The wording of a question with the names it leaves open filled in."""

from __future__ import annotations

from cvdesk.wording import _


def filled_in(words: str, business: str, offer: str = "", owner: bool = False) -> str:
    """A question with the business, what was bought and the period in it; without an offering in general words."""
    names = {
        "{business}": business,
        "{offer}": offer or (_("what you offer") if owner else _("our product or service")),
        "{period}": _("the last 12 months"),
    }
    for mark, name in names.items():  # not str.format: a name may hold braces of its own
        words = words.replace(mark, name)
    return words
