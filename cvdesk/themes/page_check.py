"""Themes, monthly check: how often the program files rightly, measured by the owner."""

from __future__ import annotations

from cvdesk.catalogue.records import Filter
from cvdesk.kit.view import View
from cvdesk.wording import _


class CheckView(View):
    """One tab of the Themes page."""

    key = "check"
    watches = frozenset({"entries", "entry_themes", "themes", "theme_rules", "theme_checks"})

    @classmethod
    def title(cls) -> str:
        """The tab's name."""
        return _("Monthly check")

    def show_for(self, chosen: Filter) -> None:
        """Asks for what the filter stands for, and shows it."""

    def _build(self) -> None:
        self.box.addStretch(1)
