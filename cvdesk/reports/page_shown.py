"""The document on screen, as what is saved, printed, sent and kept of it."""

from __future__ import annotations

from cvdesk.catalogue import store as catalogue
from cvdesk.catalogue.records import Filter
from cvdesk.db import Queries
from cvdesk.kit.printing import page_sizes
from cvdesk.reports.kinds import KINDS, kind_of
from cvdesk.reports.page_make import Finished
from cvdesk.reports.page_out import Shown, file_name
from cvdesk.reports.records_kinds import Kind, Made
from cvdesk.reports.records_printed import Document, Printed
from cvdesk.reports.store_find import customer_of
from cvdesk.reports.store_printed import pdf_of
from cvdesk.wording import _

Pages = tuple[bytes, list[tuple[float, float]]]  # a PDF, and the sizes of its pages in points


def just_made(db: Queries, finished: Finished, about: str) -> Shown:
    """A document that was just made; `about`: the name of the record it is about, "" where it may not be named."""
    wanted = finished.wanted
    kind = kind_of(wanted.kind)
    business = catalogue.business(db).name
    period = wanted.filter.period if kind.periodic else None
    keep = Document(
        wanted.kind, kind.title(), wanted.today, len(finished.sizes), finished.made.pdf,
        " · ".join(part for part in (about, limits(db, wanted.filter) if kind.periodic else "") if part),
        None if period is None else period.start, None if period is None else period.end, wanted.paper,
        kind.people or (wanted.names and kind.named), customer_of(db, kind.about, wanted.about),
    )  # fmt: skip
    name = file_name(business, kind.title(), about, wanted.today.isoformat(), _mark(kind, keep.names))
    return Shown(
        kind.title(), business, name, finished.made, len(finished.sizes), wanted.paper, keep if kind.kept else None
    )


def from_before(db: Queries, printed: Printed, pages: Pages) -> Shown:
    """A document from before: it is in the file already."""
    business = catalogue.business(db).name
    about = printed.about if printed.customer_id is not None else ""
    kind = next((one for one in KINDS if one.key == printed.kind), None)
    name = file_name(business, printed.title, about, printed.made_on.isoformat(), _mark(kind, printed.names))
    return Shown(printed.title, business, name, Made(pages[0]), len(pages[1]), printed.paper)


def _mark(kind: Kind | None, names: bool) -> str:
    """Tells the file of a document without names from that of the same one with them."""
    return _("no names") if kind is not None and kind.named and not names else ""


def read_before(db: Queries, printed_id: int) -> Pages:
    """The pages of a kept document and their sizes. UserError where it is gone."""
    pdf = pdf_of(db, printed_id)
    return pdf, page_sizes(pdf)


def limits(db: Queries, chosen: Filter) -> str:
    """What limits a document beside its period, in words."""
    found = []
    for table, wanted in (
        ("offerings", chosen.offering), ("segments", chosen.segment), ("channels", chosen.channel),
        ("themes", chosen.theme),
    ):  # fmt: skip
        if wanted is not None:
            found += [one.name for one in catalogue.named(db, table) if one.id == wanted]
    return " · ".join(found)
