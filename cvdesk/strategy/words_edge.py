"""What the value map says in one line: the picture beside it shows the rest."""

from __future__ import annotations

from cvdesk.value.records_rivals import MapData
from cvdesk.wording import _


def map_words(data: MapData) -> str:
    """Who gives the better value, and whether that is more than chance; what it rests on where it is a guess."""
    low, high = data.advantage.low, data.advantage.high
    if not data.tested:
        return _("This rests on a guess or a few visits.")
    if low is not None and low > 0:
        return _("Yours is clearly the better value.")
    if high is not None and high < 0:
        return _("{rival} is clearly the better value.").format(rival=data.competitor)
    return _("Nobody can tell yet which is the better value.")
