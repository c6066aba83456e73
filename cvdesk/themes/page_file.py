"""Themes, to file: what nobody has confirmed yet, one comment after the other."""

from __future__ import annotations

from cvdesk.catalogue.records import Filter
from cvdesk.kit.view import View
from cvdesk.wording import _


class FileView(View):
    """One tab of the Themes page."""

    key = "file"
    watches = frozenset({"entries", "entry_themes", "themes", "theme_rules", "theme_checks"})

    @classmethod
    def title(cls) -> str:
        """The tab's name."""
        return _("To file")

    def show_for(self, chosen: Filter) -> None:
        """Asks for what the filter stands for, and shows it."""

    def _build(self) -> None:
        self.box.addStretch(1)
