"""Whom to tell what was done, whose turn it is, what is due in care and strategy: for "Needs you today"."""

from __future__ import annotations

from datetime import date

from cvdesk.db import Queries
from cvdesk.shell.records_needs import Need


def care_needs(db: Queries, today: date) -> list[Need]:
    """What care and strategy wait for, unless it was put off."""
    return []
