"""Care: who to keep in touch with, help on the way, tell, thank and bring together."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from cvdesk.kit.tabbed import Tab, TabbedPage
from cvdesk.kit.view import View
from cvdesk.kit.widgets import button
from cvdesk.wording import _


def _touch() -> type[View]:
    from cvdesk.care.page_touch import TouchView

    return TouchView


def _onboarding() -> type[View]:
    from cvdesk.care.page_onboarding import OnboardingView

    return OnboardingView


def _loop() -> type[View]:
    from cvdesk.care.page_loop import LoopView

    return LoopView


def _gestures() -> type[View]:
    from cvdesk.care.page_gestures import GesturesView

    return GesturesView


def _loyalty() -> type[View]:
    from cvdesk.care.page_loyalty import LoyaltyView

    return LoyaltyView


def _community() -> type[View]:
    from cvdesk.care.page_community import CommunityView

    return CommunityView


class CarePage(TabbedPage):
    """Each tab asks for itself, and only while it is seen."""

    key = "care"
    icon = "heart-handshake"
    tabs_of = (
        Tab("touch", lambda: _("Keep in touch"), _touch),
        Tab("onboarding", lambda: _("Onboarding"), _onboarding),
        Tab("loop", lambda: _("Tell them"), _loop),
        Tab("gestures", lambda: _("Gestures"), _gestures),
        Tab("loyalty", lambda: _("Loyalty"), _loyalty),
        Tab("community", lambda: _("Community"), _community),
    )
    shown_in: ClassVar[Mapping[str, str]] = {
        "customer": "touch",
        "check_in": "touch",
        "risk": "touch",
        "rhythm": "touch",
        "goal": "touch",
        "new_goal": "touch",
        "onboarding": "onboarding",
        "tell": "loop",
        "gesture": "gestures",
        "milestone": "loyalty",
        "voucher": "loyalty",
        "group": "community",
        "faq": "community",
        "advocates": "community",
        "referrals": "community",
        "poster": "community",
    }

    @classmethod
    def title(cls) -> str:
        """The page's name."""
        return _("Care")

    def purpose(self) -> str:
        """What the page is for."""
        return _("Keeping a customer costs far less than winning one")

    def _build(self) -> None:
        super()._build()
        self.calendar = button(self.theme, _("Calendar file…"), self._save_calendar, icon="calendar")
        self.add_action(self.calendar)

    def _save_calendar(self) -> None:
        from cvdesk.care.page_calendar import save_calendar

        save_calendar(self.session, self)
