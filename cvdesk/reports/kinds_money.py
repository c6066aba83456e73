"""Documents for the accountant."""

from __future__ import annotations

from cvdesk.reports.records_kinds import Kind

KINDS: tuple[Kind, ...] = ()
