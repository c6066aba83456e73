"""What stands around the pages of every document: whose it is, what it is, when it was made."""

from __future__ import annotations

from datetime import date

from cvdesk.catalogue.records import Letterhead
from cvdesk.pdf.document import Furniture
from cvdesk.wording import _
from cvdesk.wording.numbers import month_long


def furniture(
    letterhead: Letterhead, title: str, made: date, paper: str = "a4", *, note: str = "", note_place: str = "",
    subject: str = "", corner: str = "",
) -> Furniture:  # fmt: skip
    """The furniture of a document. `corner`: what stands at the head's right, the title and its month if not given."""
    business, logo = letterhead.business, letterhead.logo
    return Furniture(
        business.name, title, corner or _("{title} · {month}").format(title=title, month=month_long(made)), note,
        subject or title, business.language.replace("_", "-"), made, paper, note_place, business.colour,
        logo.data if logo else b"", logo.media_type if logo else "",
    )  # fmt: skip
