"""Whether customers who say it was worth it buy again."""

from __future__ import annotations

from cvdesk.catalogue.records import Filter
from cvdesk.kit.widgets import EmptyState
from cvdesk.value.page_view import View
from cvdesk.wording import _


class PaysView(View):
    """Whether customers who say it was worth it buy again."""

    key = "pays"
    watches = frozenset({"assessments", "answers"})

    @classmethod
    def title(cls) -> str:
        """The tab's name."""
        return _("Does value pay?")

    def show_for(self, chosen: Filter) -> None:
        """Says the tab's name as the title."""
        self.titled.emit(self.title(), "")

    def _build(self) -> None:
        self.box.addWidget(EmptyState(self.theme, _("There is nothing to show here yet.")), 1)
