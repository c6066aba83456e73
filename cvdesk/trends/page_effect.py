"""The tab "Did it work?": what was changed, and what came after it (METHOD 3.6)."""

from __future__ import annotations

from cvdesk.catalogue.records import Filter
from cvdesk.kit.view import View
from cvdesk.trends.store_notes import KeptNote
from cvdesk.wording import _


class EffectView(View):
    """At the left what was changed, at the right what the figures show of it."""

    key = "effect"
    watches = frozenset({"chart_notes", "actions", "effects", "phases", "entries", "complaints", "assessments"})

    @classmethod
    def title(cls) -> str:
        return _("Did it work?")

    def show_for(self, chosen: Filter) -> None:
        """Asks what was changed, and what the figures show of it."""

    def show_note(self, note: KeptNote, series: str) -> None:
        """Asks what came of a note, or of an action that was started, in a series by its key."""

    def _build(self) -> None:
        """Nothing to see yet."""
