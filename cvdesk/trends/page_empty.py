"""What is said of a figure that has nothing to show yet: one sentence, one button."""

from __future__ import annotations

from dataclasses import dataclass

from cvdesk.catalogue.records import LEVERS
from cvdesk.wording import _

_FROM_SHEETS = frozenset({"net", *LEVERS, "worth_it", "satisfaction", "ease", "nps"})
_OF_CASES = frozenset({"complaints", "days", "acknowledging"})


@dataclass(frozen=True, slots=True)
class Nothing:
    """A sentence, the words of the button below it, and what that opens."""

    sentence: str
    button: str
    opens: tuple[str, str]


def nothing_yet(key: str) -> Nothing:
    """What a series without a single point still needs, by its key."""
    sort = key.partition(":")[0]
    if sort == "factor" or key in _FROM_SHEETS:
        sentence = _("A month shows here as soon as five customers have answered in it.")
        return Nothing(sentence, _("Score a customer's answers"), ("page", "value"))
    if key == "response_rate":
        sentence = _("The share of those who answer shows here as soon as you have asked ten customers in a month.")
        return Nothing(sentence, _("Ask customers"), ("page", "surveys"))
    if sort in ("theme", "theme_bad"):
        sentence = _("Nothing you have confirmed in this time is about it.")
        return Nothing(sentence, _("File feedback"), ("page", "themes"))
    if key in _OF_CASES:
        sentence = _("The months show here as soon as there are complaints in your log.")
        return Nothing(sentence, _("Log a complaint"), ("page", "complaints"))
    sentence = _("The months show here as soon as there is enough in your log.")
    return Nothing(sentence, _("Log feedback"), ("page", "feedback"))
