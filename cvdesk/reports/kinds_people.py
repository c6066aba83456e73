"""Documents about one person or case, and what is sent to customers."""

from __future__ import annotations

from cvdesk.reports.records_kinds import Kind

KINDS: tuple[Kind, ...] = ()
