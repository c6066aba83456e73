"""Strategy, actions."""

from __future__ import annotations

from cvdesk.catalogue.records import Filter
from cvdesk.kit.view import View
from cvdesk.wording import _


class ActionsView(View):
    """Nothing is shown here yet."""

    key = "actions"

    @classmethod
    def title(cls) -> str:
        """The tab's name."""
        return _("Actions")

    def _build(self) -> None:
        self.box.addStretch(1)

    def show_for(self, chosen: Filter) -> None:
        """Asks for nothing yet."""
