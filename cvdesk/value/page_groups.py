"""The scorecard by product, group of customers, channel, form and quarter."""

from __future__ import annotations

from cvdesk.catalogue.records import Filter
from cvdesk.kit.widgets import EmptyState
from cvdesk.value.page_view import View
from cvdesk.wording import _


class GroupsView(View):
    """The scorecard by product, group of customers, channel, form and quarter."""

    key = "groups"
    watches = frozenset({"assessments", "answers"})

    @classmethod
    def title(cls) -> str:
        """The tab's name."""
        return _("By group")

    def show_for(self, chosen: Filter) -> None:
        """Says the tab's name as the title."""
        self.titled.emit(self.title(), "")

    def _build(self) -> None:
        self.box.addWidget(EmptyState(self.theme, _("There is nothing to show here yet.")), 1)
