"""What customers speak of: the themes by the share of different customers who mention them."""

from __future__ import annotations

from cvdesk.catalogue.records import Filter
from cvdesk.kit.view import View
from cvdesk.wording import _


class RankView(View):
    """The ranking of the page's filter."""

    key = "ranking"
    watches = frozenset({"entries", "entry_themes", "themes", "complaints", "complaint_themes", "customers", "factors",
                         "purchases", "assessments", "touches", "settings"})  # fmt: skip

    @classmethod
    def title(cls) -> str:
        """The tab's name."""
        return _("What customers speak of")

    def show_for(self, chosen: Filter) -> None:
        """Asks for what the filter stands for, and shows it."""

    def select(self, theme_id: int) -> None:
        """Brings a theme into view, as soon as there is one."""

    def select_first(self) -> None:
        """Selects the theme on top."""

    def _build(self) -> None:
        self.box.addStretch(1)
