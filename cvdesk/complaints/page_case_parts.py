"""Parts of a case: the line of its stages, the steps taken, what it repeats, and what is attached to it."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from cvdesk.catalogue import files
from cvdesk.catalogue.files import Attached
from cvdesk.complaints.records import STAGES, Event, stage_name
from cvdesk.complaints.store_list import ComplaintRow
from cvdesk.complaints.store_repeats import Repeat
from cvdesk.db import BusinessFile
from cvdesk.errors import UserError
from cvdesk.kit import ask
from cvdesk.kit.side import REACH, pressed_line
from cvdesk.kit.theme import Theme
from cvdesk.kit.widgets import NOTE, SMALL, TEXT, TIGHT, Elided, button, column, label, line
from cvdesk.wording import _
from cvdesk.wording.numbers import day_short, money

if TYPE_CHECKING:
    from cvdesk.complaints.page_case import CaseCard


class StageLine(QWidget):
    """The six stages as dots on a line: done, now, still to come. The words stand below it."""

    def __init__(self, theme: Theme, stage: str) -> None:
        super().__init__()
        self._theme, self._now = theme, STAGES.index(stage)
        self.setFixedHeight(theme.px(18))
        self.setAccessibleName(
            _("Step {number} of {all}: {stage}").format(number=self._now + 1, all=len(STAGES), stage=stage_name(stage))
        )

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(200), self._theme.px(18))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme, middle, radius = self._theme, self.height() / 2, self._theme.px(5)
        step = (self.width() - 4 * radius) / (len(STAGES) - 1)
        places = [QPointF(2 * radius + place * step, middle) for place in range(len(STAGES))]
        for place in range(1, len(STAGES)):
            colour = "accent" if place <= self._now else "line"
            painter.setPen(QPen(theme.colour(colour), theme.px(2)))
            painter.drawLine(places[place - 1], places[place])
        for place, point in enumerate(places):
            painter.setPen(QPen(theme.colour("accent" if place <= self._now else "faint"), theme.px(2)))
            painter.setBrush(theme.colour("accent" if place <= self._now else "surface"))
            painter.drawEllipse(point, radius - 1, radius - 1)
            if place == self._now:
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawEllipse(point, radius + 2, radius + 2)
        painter.end()


def steps_taken(card: CaseCard) -> None:
    """Every step with day, time, who, note and cost; pressing one puts it right."""
    card.add_heading(_("Steps taken"))
    lines = column(None, 0)
    for event in card.shown.events:
        content = _event(card, event)
        if card.doings is None:
            content.setContentsMargins(REACH, TIGHT, REACH, TIGHT)
            lines.addLayout(content)
            continue
        name = _("{step}, {day}. Press to put it right").format(
            step=stage_name(event.stage), day=day_short(event.date, card.today)
        )
        lines.addWidget(pressed_line(name, partial(card.doings.change, event), content))
    card.box.addLayout(lines)


def _event(card: CaseCard, event: Event) -> QVBoxLayout:
    theme, case = card.theme, card.shown
    pair = column(None, 0)
    row = line(SMALL)
    row.addWidget(label(theme, stage_name(event.stage), TEXT))
    who = case.staff.get(event.staff_id, "") if event.staff_id is not None else ""
    when = " ".join(part for part in (day_short(event.date, card.today), (event.time or "")[:5]) if part)
    about = Elided(theme, " · ".join(part for part in (who, when) if part), NOTE, "faint")
    about.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    row.addWidget(about, 1)
    pair.addLayout(row)
    cost = money(event.cost_minor, case.currency) if event.cost_minor else ""
    note = " · ".join(part for part in (event.note, cost) if part)
    if note:
        pair.addWidget(Elided(theme, note, NOTE, "quiet"))
    return pair


def repeats(card: CaseCard) -> None:
    """The chain of complaints this one belongs to, and earlier ones that may have been about the same."""
    chain = card.shown.chain
    if chain:
        card.add_heading(_("The same came up before"))
        lines = column(None, 0)
        for row in chain:
            lines.addWidget(_case_line(card, row, row.id == card.complaint.id))
        card.box.addLayout(lines)
        if card.doings is not None and card.complaint.repeat_of is not None:
            unlink = button(card.theme, _("Take the link away"), card.doings.unlink, "plain")
            card.box.addWidget(unlink, 0, Qt.AlignmentFlag.AlignLeft)
    if card.shown.proposed and card.doings is not None and card.complaint.repeat_of is None:
        card.add_heading(_("Again?"))
        lines = column(None, 0)
        for repeat in card.shown.proposed:
            lines.addLayout(_proposal(card, repeat))
        card.box.addLayout(lines)


def _case_line(card: CaseCard, row: ComplaintRow, this: bool) -> QWidget:
    title = _("#{number}: {words}").format(number=row.number, words=row.words or _("No words noted"))
    note = " · ".join((day_short(row.date, card.today), _("this one") if this else stage_name(row.stage)))
    inner = column(None, 0)
    inner.addWidget(Elided(card.theme, title, TEXT, strong=this))
    inner.addWidget(Elided(card.theme, note, NOTE, "faint"))
    return pressed_line(f"{title}. {note}", partial(card.session.open, "complaints", row.id), inner)


def _proposal(card: CaseCard, repeat: Repeat) -> QVBoxLayout:
    """An earlier complaint with the button that links it."""
    assert card.doings is not None
    row, theme = repeat.row, card.theme
    why = _("same customer") if repeat.same_customer else _("same theme and product")
    title = _("#{number} was about the same").format(number=row.number)
    note = " · ".join((day_short(row.date, card.today), why))
    words = row.words or _("No words noted")
    inner = column(None, 0)
    for text, size, tone in ((title, TEXT, ""), (note, NOTE, "faint"), (words, NOTE, "quiet")):
        inner.addWidget(Elided(theme, text, size, tone))
    opens = pressed_line(
        _("Open #{number}: {words}").format(number=row.number, words=words),
        partial(card.session.open, "complaints", row.id),
        inner,
    )
    link = button(
        theme, _("Link"), partial(card.doings.link, row),
        name=_("Link: this complaint repeats #{number}").format(number=row.number),
    )  # fmt: skip
    beside = line(TIGHT, (0, 0, REACH, 0))
    beside.addWidget(opens, 1)
    beside.addWidget(link, 0, Qt.AlignmentFlag.AlignVCenter)
    box = column(None, 0)
    box.addLayout(beside)
    return box


def evidence(card: CaseCard) -> None:
    """Pictures, letters and saved e-mails that belong to the case."""
    if not card.shown.attached:
        return
    card.add_heading(_("Evidence"))
    for one in card.shown.attached:
        row = line(TIGHT)
        inner = line(SMALL)
        picture = QLabel()
        picture.setPixmap(card.theme.pixmap("file-text", "quiet", 16))
        inner.addWidget(picture)
        inner.addWidget(Elided(card.theme, one.name, TEXT, "accent"), 1)
        save = pressed_line(_("Save a copy of {name}").format(name=one.name), partial(_save_copy, card, one), inner)
        row.addWidget(save, 1)
        if card.doings is not None:
            name = _("Take {name} off").format(name=one.name)
            row.addWidget(button(card.theme, "", partial(card.doings.detach, one), "plain", "x", name=name))
        card.box.addLayout(row)


def _save_copy(card: CaseCard, one: Attached) -> None:
    """Writes a copy of an attachment where the person says."""
    path = ask.prompts.save_file(card.window(), _("Save a copy"), Path.home() / Path(one.name).name, _("All files (*)"))
    if path is None:
        return

    def write(file: BusinessFile) -> None:
        data = files.read(file, one.id).data
        try:
            path.write_bytes(data)
        except OSError as error:
            raise UserError(
                _("{name} could not be written.").format(name=path.name), _("Choose another folder, or make room.")
            ) from error

    session = card.session
    session.write_out(write, lambda _done: session.say(_("Saved as {name}").format(name=path.name)))


__all__ = ["StageLine", "evidence", "repeats", "steps_taken"]
