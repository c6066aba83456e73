"""SQL of the Actions tab: everything it shows, read in one go."""

from __future__ import annotations

from datetime import date

from cvdesk.db import Queries
from cvdesk.strategy.records_board import Board
from cvdesk.strategy.store_about import about
from cvdesk.strategy.store_actions import actions
from cvdesk.strategy.store_must_fix import must_fix_proposals


def board(db: Queries, today: date) -> Board:
    """All actions, what the form offers, and what must be fixed and has no action yet."""
    with db.snapshot():
        return Board(actions(db), about(db, today), must_fix_proposals(db, today))
