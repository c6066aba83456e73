"""Care, community: who speaks for the business, groups and events, who sent whom, the poster, questions that recur."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget

from cvdesk.care.page_community_advocates import Advocates
from cvdesk.care.page_community_faq import Questions
from cvdesk.care.page_community_groups import Groups
from cvdesk.care.page_community_poster import PosterRoom
from cvdesk.care.page_community_referrals import Referrals
from cvdesk.care.page_community_room import Room
from cvdesk.catalogue.records import Filter
from cvdesk.kit.session import Session
from cvdesk.kit.view import View
from cvdesk.kit.widgets import SMALL, TEXT, Choice, Elided, line
from cvdesk.wording import _

_ROOMY = 900
_ROOMS: dict[str, Callable[[Session], Room]] = {
    "advocates": Advocates, "groups": Groups, "referrals": Referrals, "poster": PosterRoom, "faq": Questions,
}  # fmt: skip


class CommunityView(View):
    """Five rooms, of which one is shown; each is made and asks when it is first seen."""

    key = "community"
    watches = frozenset(
        {"advocates", "groups", "group_members", "gatherings", "attendances", "referrals", "faqs", "you_said",
         "customers", "entries", "entry_themes", "complaints", "assessments", "answers", "actions", "themes", "tags",
         "customer_tags", "settings"}
    )  # fmt: skip

    @classmethod
    def title(cls) -> str:
        """The tab's name."""
        return _("Community")

    def _build(self) -> None:
        self._made: dict[str, Room] = {}
        self._head = line(SMALL)
        self._titles = (
            ("advocates", Advocates.title()), ("groups", Groups.title()), ("referrals", Referrals.title()),
            ("poster", PosterRoom.title()), ("faq", Questions.title()),
        )  # fmt: skip
        self.choice = Choice(self.theme, _("Show"), self._titles, "advocates")
        self.choice.chosen.connect(self.show_room)
        self._head.addWidget(self.choice)
        self.about = Elided(self.theme, "", TEXT, "quiet")
        self._head.addWidget(self.about, 1)
        self.box.addLayout(self._head)
        self._rooms = QStackedWidget()
        self.box.addWidget(self._rooms, 1)

    def show_for(self, chosen: Filter) -> None:
        """Reads the room that is shown; what it shows does not depend on the filter."""
        self.show_room(self.choice.value)

    def room(self, key: str) -> Room:
        """A room, made now if it was not there yet. KeyError for an unknown one."""
        if key not in self._made:
            made = _ROOMS[key](self.session)
            self._made[key] = made
            self._rooms.addWidget(made)
            self._head.addWidget(made.tools)
        return self._made[key]

    def show_room(self, key: object) -> None:
        """Shows a room and reads it again."""
        shown = self.room(str(key))
        self.choice.offer(self._titles, key)
        self._rooms.setCurrentWidget(shown)
        for one in self._made.values():
            one.tools.setVisible(one is shown)
        self._say_purpose()
        shown.ask()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._say_purpose()

    def _say_purpose(self) -> None:
        """What the room is for, where there is room to say it."""
        roomy = self.width() > self.theme.px(_ROOMY)
        self.about.set_whole(_purposes()[str(self.choice.value)] if roomy else "")

    def show_record(self, record: object) -> None:
        """("group", id of a group or an event, or None), ("faq", id, ("theme", id) or None), or a room by its key."""
        sort, about = record if isinstance(record, tuple) else (str(record), None)
        rooms = {"group": "groups", "faq": "faq"}
        key = rooms.get(str(sort), str(sort))
        if key not in _ROOMS:
            return
        self.show_room(key)
        shown = self.room(key)
        if isinstance(shown, Questions) and isinstance(about, tuple):
            shown.select_theme(int(about[1]))
        elif isinstance(about, int):
            shown.select(about)
        shown.focus_first()

    def focus_first(self) -> None:
        """The choice of what to show."""
        self.choice.setFocus()


def _purposes() -> dict[str, str]:
    return {
        "advocates": _("Ask those who praise you, note what they agreed to, use their words"),
        "groups": _("Bring customers together"),
        "referrals": _("Thank those who send you customers"),
        "poster": _("Show everybody that they were heard"),
        "faq": _("Answer once what many ask"),
    }


__all__ = ["CommunityView"]
