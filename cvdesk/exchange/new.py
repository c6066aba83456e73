"""A new, empty business file, set up and ready."""

from __future__ import annotations

from pathlib import Path

from cvdesk.catalogue import store as catalogue
from cvdesk.catalogue.records import Business
from cvdesk.db import BusinessFile, Operation, create_file
from cvdesk.db.ids import Clock, IdSource, utc_now
from cvdesk.errors import UserError
from cvdesk.themes import store as themes
from cvdesk.wording import _


def make_business(path: Path, business: Business, clock: Clock = utc_now, ids: IdSource | None = None) -> BusinessFile:
    """Makes and opens the file of a new business. UserError for an empty name or a file that is already there."""
    if not business.name.strip():
        raise UserError(_("A business needs a name."), _("Give the name your customers know."))
    opened = create_file(path, clock, ids)

    def work(op: Operation) -> None:
        catalogue.set_up(op, business)
        themes.seed(op, catalogue.factors(op))
        # Setting up is no step of the person's work: there is nothing before it to go back to.
        op.rows("UPDATE operations SET state = 'dropped' WHERE id = ?", (op.id,))

    opened.run(_("Set up the business"), work)
    return opened
