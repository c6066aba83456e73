"""Care, gestures."""

from __future__ import annotations

from cvdesk.catalogue.records import Filter
from cvdesk.kit.view import View
from cvdesk.wording import _


class GesturesView(View):
    """Nothing is shown here yet."""

    key = "gestures"

    @classmethod
    def title(cls) -> str:
        """The tab's name."""
        return _("Gestures")

    def _build(self) -> None:
        self.box.addStretch(1)

    def show_for(self, chosen: Filter) -> None:
        """Asks for nothing yet."""
