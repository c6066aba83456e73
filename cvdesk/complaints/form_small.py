"""Forms of one field: the number of an earlier complaint, the name of a view."""

from __future__ import annotations

from cvdesk.kit.drafts import DraftForm
from cvdesk.kit.form import text_field
from cvdesk.kit.theme import Theme
from cvdesk.wording import _


class LinkForm(DraftForm):
    """Which earlier complaint this one repeats."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.number = text_field("", _("For example 12"))
        self.field("number", _("Number of the earlier complaint"), self.number)

    def wanted(self) -> int | None:
        """The number typed; None where it is none."""
        typed = self.number.text().strip().lstrip("#")
        return int(typed) if typed.isdecimal() and len(typed) < 10 else None

    def problems(self) -> dict[str, str]:
        """What is wrong, by field."""
        return {"number": _("Write the number of a complaint.")} if self.wanted() is None else {}


class ViewForm(DraftForm):
    """The name under which what limits the list is kept."""

    def __init__(self, theme: Theme, proposal: str) -> None:
        super().__init__(theme)
        self.name = text_field(proposal)
        self.name.selectAll()
        self.field("name", _("Name of the view"), self.name)

    def problems(self) -> dict[str, str]:
        """What is wrong, by field."""
        return {} if self.name.text().strip() else {"name": _("Give it a name, such as “Serious, mine”.")}


__all__ = ["LinkForm", "ViewForm"]
