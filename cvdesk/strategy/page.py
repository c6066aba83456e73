"""Strategy: where the edge is, what may be done about it, the best mix under a budget, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from cvdesk.kit.tabbed import Tab, TabbedPage
from cvdesk.kit.view import View
from cvdesk.kit.widgets import button
from cvdesk.wording import _


def _plan() -> type[View]:
    from cvdesk.strategy.page_plan import PlanView

    return PlanView


def _actions() -> type[View]:
    from cvdesk.strategy.page_actions import ActionsView

    return ActionsView


def _whatif() -> type[View]:
    from cvdesk.strategy.page_whatif import WhatIfView

    return WhatIfView


def _kept() -> type[View]:
    from cvdesk.strategy.page_kept import KeptView

    return KeptView


class StrategyPage(TabbedPage):
    """Each tab asks for itself, and only while it is seen."""

    key = "strategy"
    icon = "target"
    tabs_of = (
        Tab("plan", lambda: _("Plan"), _plan),
        Tab("actions", lambda: _("Actions"), _actions),
        Tab("whatif", lambda: _("What if"), _whatif),
        Tab("kept", lambda: _("Over time"), _kept),
    )
    shown_in: ClassVar[Mapping[str, str]] = {"action": "actions", "make": "actions", "strategy": "kept"}

    @classmethod
    def title(cls) -> str:
        """The page's name."""
        return _("Strategy")

    def purpose(self) -> str:
        """What the page is for."""
        return _("Choose where to double down; the mix is your value strategy")

    def _build(self) -> None:
        super()._build()
        self.add_action(button(self.theme, _("Make the report"), self._report, "main"))

    def _report(self) -> None:
        self.session.open("page", "reports")

    def view_for(self, record: object) -> str:
        """An action by its id, as the search opens it; else as the page says."""
        return "actions" if isinstance(record, int) else super().view_for(record)
