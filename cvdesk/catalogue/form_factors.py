"""Forms for what customers value: a factor with its question, and a question of the owner's own."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit

from cvdesk.catalogue.records import LEVERS
from cvdesk.catalogue.records_factors import (
    ANCHORS,
    OWN_KINDS,
    TYPES,
    FactorDraft,
    FactorSetUp,
    QuestionDraft,
    QuestionSetUp,
    Wording,
    as_keywords,
    kind_name,
    proposed,
    type_name,
)
from cvdesk.kit.form import Words, choice_field, text_field, words_field
from cvdesk.kit.side import SideForm
from cvdesk.kit.theme import Theme
from cvdesk.kit.widgets import NOTE, label
from cvdesk.wording import _
from cvdesk.wording.figures import lever_caption, lever_name

_PLACES = ("0", "1", "3", "5", "10")  # every answer that has words beside it on some scale, in order


class WordingForm(SideForm):
    """A question as it is asked. `used`: answers to its present wording exist, so a change may begin a new series."""

    def __init__(self, theme: Theme, before: Wording | None, used: bool) -> None:
        super().__init__(theme)
        self._before = before
        self._used = used
        self.customer: Words = words_field("", 3)
        self.owner: Words = words_field("", 3)
        self.anchors: dict[str, QLineEdit] = {}
        self.same: QComboBox = choice_field(
            [(False, _("No, it asks something else")), (True, _("Yes, only better said"))], False
        )
        self._same_note = label(
            theme,
            _("Something else begins a new series: answers so far are kept and not mixed with the new ones."),
            NOTE, tone="faint", wrap=True,
        )  # fmt: skip

    def add_wording(self) -> None:
        """Adds the fields of the wording below those the form has."""
        self.field("customer", _("The question to customers"), self.customer)
        names = _("{business} stands for your name, {offer} for what they bought.")
        self.rows.addRow(label(self.theme, names, NOTE, tone="faint", wrap=True))
        for place in _PLACES:
            self.anchors[place] = text_field()
            self.field(f"anchor_{place}", _("What {number} means").format(number=place), self.anchors[place])
        self.field("owner", _("The question to you, when you guess (may be empty)"), self.owner)
        self.field("same", _("Does it still ask the same?"), self.same)
        self.rows.addRow(self._same_note)
        self.customer.textChanged.connect(self._offer_series)
        for field in self.anchors.values():
            field.textChanged.connect(self._offer_series)

    def show_wording(self, wording: Wording, kind: str) -> None:
        """Fills the fields; only those of this kind of question show."""
        self.customer.setPlainText(wording.customer)
        self.owner.setPlainText(wording.owner)
        for place, field in self.anchors.items():
            field.setText(wording.anchors.get(place, ""))
            field.setCursorPosition(0)  # a long text shows its beginning
        self.show_kind(kind)
        self._offer_series()

    def show_kind(self, kind: str) -> None:
        """Shows the words beside answers that this kind of question has."""
        for place in self.anchors:
            self.show_field(f"anchor_{place}", place in ANCHORS[kind])

    def wording(self, kind: str) -> Wording:
        """The wording as typed."""
        anchors = {place: self.anchors[place].text() for place in ANCHORS[kind]}
        return Wording(self.customer.toPlainText(), self.owner.toPlainText(), anchors)

    @property
    def keeps_series(self) -> bool:
        """Whether the owner says that the question still asks the same."""
        return bool(self.same.currentData())

    def show_field(self, key: str, shown: bool) -> None:
        """Shows or hides a field with its label."""
        field = self._fields[key]
        for asked in self.findChildren(QLabel):
            if asked.buddy() is field:
                self.rows.setRowVisible(asked, shown)
        self.rows.setRowVisible(field, shown)

    def _offer_series(self, *_changed: object) -> None:
        """Asks what becomes of the series once the question reads otherwise and answers to it exist."""
        changed = False
        if self._before is not None and self._used:
            now = {place: field.text().strip() for place, field in self.anchors.items() if field.text().strip()}
            typed = " ".join(self.customer.toPlainText().split())
            changed = typed != self._before.customer or now != dict(self._before.anchors)
        self.show_field("same", changed)
        self.rows.setRowVisible(self._same_note, changed)


class FactorForm(WordingForm):
    """A factor: a new one of the owner's own, whose wording is proposed as its name is typed, or one to change."""

    def __init__(
        self, theme: Theme, before: FactorSetUp | None = None, used: bool = False, lever: str = "worth"
    ) -> None:
        super().__init__(theme, None if before is None else before.wording, used)
        self._proposal = Wording("")
        self.label = text_field(placeholder=_("for example Parking"))
        self.lever: QComboBox = choice_field([(key, _part(key)) for key in LEVERS], lever)
        self.type: QComboBox = choice_field([])
        self.keywords = text_field(placeholder=_("parking, car, space"))
        self.field("label", _("What customers value"), self.label)
        if before is None:
            self.field("lever", _("Part of value"), self.lever)
        self.field("type", _("What kind of thing it is"), self.type)
        self.add_wording()
        self.field("keywords", _("Words that point to it in feedback"), self.keywords)
        if before is not None:
            self.load(before)
        else:
            self._lever_chosen()
            self.show_wording(self._proposal, "scale5")
            self.label.textChanged.connect(self._propose)
            self.lever.currentIndexChanged.connect(self._lever_chosen)

    def load(self, factor: FactorSetUp) -> None:
        """Shows a factor as it is."""
        self.label.setText(factor.label)
        self.lever.setCurrentIndex(LEVERS.index(factor.lever))
        self._offer_types(factor.lever, factor.type)
        self.keywords.setText(", ".join(factor.keywords))
        self.keywords.setCursorPosition(0)
        self.show_wording(factor.wording, "scale5")

    def record(self) -> FactorDraft:
        """The factor as typed."""
        return FactorDraft(
            self.label.text(), str(self.lever.currentData()), str(self.type.currentData()), self.wording("scale5"),
            as_keywords(self.keywords.text()),
        )  # fmt: skip

    def _lever_chosen(self, *_place: object) -> None:
        self._offer_types(str(self.lever.currentData()))
        self._propose()

    def _offer_types(self, lever: str, chosen: str = "") -> None:
        self.type.clear()
        for kind in TYPES[lever]:
            self.type.addItem(type_name(kind), kind)
        self.type.setCurrentIndex(max(self.type.findData(chosen), 0))
        self.show_field("type", len(TYPES[lever]) > 1)

    def _propose(self, *_text: object) -> None:
        """Words the question anew, as long as the owner has not written one."""
        name = self.label.text()
        before, self._proposal = self._proposal, proposed(name, str(self.lever.currentData()))
        if not name.strip():
            self._proposal = replace(self._proposal, customer="", owner="")
        if self.customer.toPlainText() == before.customer:
            self.customer.setPlainText(self._proposal.customer)
        if self.owner.toPlainText() == before.owner:
            self.owner.setPlainText(self._proposal.owner)
        for place, text in self._proposal.anchors.items():
            if self.anchors[place].text() == before.anchors.get(place, ""):
                self.anchors[place].setText(text)


class QuestionForm(WordingForm):
    """A question about all of it: a new one of the owner's own, or one to word otherwise."""

    def __init__(self, theme: Theme, before: QuestionSetUp | None = None, used: bool = False) -> None:
        super().__init__(theme, None if before is None else before.wording, used)
        self._kind = "scale5" if before is None else before.kind
        self.kind: QComboBox = choice_field([(kind, kind_name(kind)) for kind in OWN_KINDS], self._kind)
        if before is None:
            self.field("kind", _("How it is answered"), self.kind)
            self.kind.currentIndexChanged.connect(self._kind_chosen)
        self.add_wording()
        self.show_wording(Wording("") if before is None else before.wording, self._kind)

    def record(self) -> QuestionDraft:
        """The question as typed."""
        return QuestionDraft(self._kind, self.wording(self._kind))

    def _kind_chosen(self, *_place: object) -> None:
        self._kind = str(self.kind.currentData())
        self.show_kind(self._kind)


def _part(lever: str) -> str:
    return _("{part}: {meaning}").format(part=lever_name(lever), meaning=lever_caption(lever))
