"""Care, tell them."""

from __future__ import annotations

from cvdesk.catalogue.records import Filter
from cvdesk.kit.view import View
from cvdesk.wording import _


class LoopView(View):
    """Nothing is shown here yet."""

    key = "loop"

    @classmethod
    def title(cls) -> str:
        """The tab's name."""
        return _("Tell them")

    def _build(self) -> None:
        self.box.addStretch(1)

    def show_for(self, chosen: Filter) -> None:
        """Asks for nothing yet."""
