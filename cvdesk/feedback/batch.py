"""Notes from paper, one after another: what stays as it is fills what a line does not say. Pure."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import asdict, dataclass, replace
from datetime import date

from cvdesk.feedback.capture import Captured


@dataclass(frozen=True, slots=True)
class Sticky:
    """What stays from note to note. Ids are the file's; `source` says where the notes come from."""

    date: dt.date
    channel_id: int | None = None
    offering_id: int | None = None
    theme_id: int | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Batch:
    """A batch as it is kept while it is worked on: what stays, the picture's path, and the entries made so far."""

    sticky: Sticky
    photo: str = ""
    entries: tuple[int, ...] = ()


def filled(captured: Captured, sticky: Sticky) -> Captured:
    """The line as it was understood; where it says no day, channel, product or theme, those that stay."""
    says = {part.kind for part in captured.parts if part.value is not None}
    themes, suggested = captured.themes, captured.suggested_themes
    if sticky.theme_id is not None and not themes:
        themes = (sticky.theme_id,)
        suggested = tuple(one for one in suggested if one != sticky.theme_id)
    return replace(
        captured,
        date=captured.date if "date" in says else sticky.date,
        channel_id=captured.channel_id if captured.channel_id is not None else sticky.channel_id,
        offering_id=captured.offering_id if captured.offering_id is not None else sticky.offering_id,
        themes=themes,
        suggested_themes=suggested,
    )


def as_draft(batch: Batch) -> str:
    """A batch as text, to be kept across a crash."""
    return json.dumps(asdict(batch) | {"sticky": asdict(batch.sticky) | {"date": batch.sticky.date.isoformat()}})


def from_draft(draft: str) -> Batch | None:
    """The batch kept as text; None where there is none, or one that another version wrote."""
    try:
        kept = json.loads(draft)
        sticky = Sticky(**kept["sticky"] | {"date": date.fromisoformat(kept["sticky"]["date"])})
        return Batch(sticky, str(kept["photo"]), tuple(int(one) for one in kept["entries"]))
    except (ValueError, TypeError, KeyError):
        return None
