"""Themes: what customers speak of, what is still to be filed, new themes, and how well the program files."""

from __future__ import annotations

from cvdesk.kit.page import Page
from cvdesk.wording import _


class ThemesPage(Page):
    """Tabs over the same filter; every figure opens the feedback behind it."""

    key = "themes"
    icon = "tags"
    figures = True
    watches = frozenset({"entries", "entry_themes", "themes", "theme_rules", "theme_checks", "customers", "factors"})

    @classmethod
    def title(cls) -> str:
        """The page's name."""
        return _("Themes")

    def refresh(self) -> None:
        """Asks again for what the open tab shows."""

    def _build(self) -> None:
        self.box.addStretch(1)
