"""Two small dialogs: targets with opening hours, and how a complaint is handled."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QCheckBox, QWidget

from cvdesk.complaints.form_targets import TargetsForm
from cvdesk.complaints.store_due import open_and_overdue
from cvdesk.complaints.store_targets import save_targets, targets
from cvdesk.kit.dialog import Dialog
from cvdesk.kit.session import Session
from cvdesk.kit.theme import LARGE, MEDIUM, SMALL, WIDE, Theme
from cvdesk.kit.widgets import CARD_TITLE, NOTE, TEXT, TITLE, button, column, label, line
from cvdesk.wording import _, ngettext
from cvdesk.wording.numbers import whole

_NARROW, _WIDE = 460, 800


class TargetsDialog(Dialog):
    """Within how many days, which days count, and when the business is open."""

    def __init__(self, session: Session, now: str, parent: QWidget | None = None) -> None:
        theme = session.theme
        super().__init__(theme.px(_NARROW), parent)
        self._narrow, self._wide = theme.px(_NARROW), theme.px(_WIDE)
        self._session = session
        title = _("Targets and opening hours")
        self.setWindowTitle(title)
        box = column(self, MEDIUM, (WIDE, WIDE, WIDE, LARGE))
        box.addWidget(label(theme, title, TITLE, strong=True))
        self.form = TargetsForm(theme, targets(session.file), session.today(), lambda: now)
        box.addWidget(self.form)
        waiting, _late = open_and_overdue(session.file, session.today())
        words = ngettext(
            "Give the {count} open complaint new dates, too", "Give the {count} open complaints new dates, too", waiting
        )
        self.move_open = QCheckBox(words.format(count=whole(waiting)))
        self.move_open.setVisible(waiting > 0)
        box.addWidget(self.move_open)
        row = line(SMALL)
        self.save = button(theme, _("Save"), self._save, "main")
        self.save.setDefault(True)
        row.addStretch(1)
        row.addWidget(button(theme, _("Cancel"), self.close))
        row.addWidget(self.save)
        box.addLayout(row)
        self.form.edited.connect(self._edited)
        self._edited()
        self.form.days["acknowledge", "serious"].setFocus()

    def _edited(self) -> None:
        self.save.setEnabled(not self.form.problem())
        width = self._wide if self.form.asks_hours else self._narrow
        if width != self._width:
            self._width = width
            self.fit()

    def _save(self) -> None:
        if self.form.problem():
            return
        work = partial(save_targets, chosen=self.form.targets(), move_open=self.move_open.isChecked())
        label_words = _("Targets for complaints")
        self._session.run(label_words, work, say=_("Targets saved"))
        self.close()


def handling() -> tuple[tuple[str, str], ...]:
    """How a complaint is handled, step by step, as ISO 10002 advises small businesses: name and what to do."""
    return (
        (_("Take it in"), _("Make it easy to complain. Write down the customer's own words, the day and the product. "
                            "Nobody is worse off for having complained.")),
        (_("Acknowledge"), _("Say at once, or within the days of your target, that you have it and who sees to it.")),
        (_("Assess"), _("Look at it fairly: is it right, how serious is it, why did it happen? The one complained "
                        "about does not judge alone.")),
        (_("Resolve"), _("Put it right as fast as its severity asks. Keep the customer informed while it takes time: "
                         "a note records it.")),
        (_("Tell the customer"), _("Say what you found and what you did, and what can be done if that is not enough.")),
        (_("Close"), _("Note whether the customer accepts it. If not, say who else can help, and keep the case.")),
        (_("Learn"), _("Look at causes, repeats and costs each month: Trends, Reports and the register show them. "
                       "Remove what keeps coming back.")),
    )  # fmt: skip


class HandlingDialog(Dialog):
    """The steps of handling a complaint."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme.px(560), parent)
        title = _("How a complaint is handled")
        self.setWindowTitle(title)
        box = column(self, MEDIUM, (WIDE, WIDE, WIDE, LARGE))
        box.addWidget(label(theme, title, TITLE, strong=True))
        about = _("These steps follow the international standard for handling complaints, ISO 10002, in substance.")
        box.addWidget(label(theme, about, TEXT, tone="quiet", wrap=True))
        for number, (name, words) in enumerate(handling(), start=1):
            pair = column(None, 0)
            pair.addWidget(label(theme, f"{number}.  {name}", CARD_TITLE, strong=True))
            pair.addWidget(label(theme, words, TEXT, wrap=True))
            box.addLayout(pair)
        note = _("Clocks run from the day a complaint comes in: in all days, or only in those on which you are open.")
        box.addWidget(label(theme, note, NOTE, tone="faint", wrap=True))
        row = line(SMALL)
        row.addStretch(1)
        close = button(theme, _("Close"), self.close, "main")
        row.addWidget(close)
        box.addLayout(row)
        close.setFocus()


__all__ = ["HandlingDialog", "TargetsDialog", "handling"]
