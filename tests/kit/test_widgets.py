"""The few widgets pages are made of: plain text always, chips that wrap, choices, content that scrolls, forms."""

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from cvdesk.kit.form import Form, choice_field, date_field, text_field, words_field
from cvdesk.kit.widgets import (
    Choice,
    Elided,
    Flow,
    RowButton,
    button,
    clear,
    label,
    line,
    scrolled,
    set_tone,
    tooltip,
)
from tests.desk import name_of

MARKUP = "<b>Bread & Butter</b><img src='/etc/hostname'>"


def shown(qtbot, widget, width=300, height=200):
    qtbot.addWidget(widget)
    widget.resize(width, height)
    widget.show()
    qtbot.waitExposed(widget)
    return widget


def test_what_customers_typed_is_never_read_as_markup(qtbot, theme):
    for made in (label(theme, MARKUP), Elided(theme, MARKUP)):
        shown(qtbot, made, 900)
        assert made.textFormat() == Qt.TextFormat.PlainText
        assert made.text() == MARKUP
        assert made.width() >= made.fontMetrics().horizontalAdvance(MARKUP)
    assert tooltip(MARKUP) == "<qt>&lt;b&gt;Bread &amp; Butter&lt;/b&gt;&lt;img src=&#x27;/etc/hostname&#x27;&gt;</qt>"


def test_what_a_button_says_when_pointed_at_is_read_out_without_marks(qtbot, theme):
    made = shown(qtbot, button(theme, "File it"))
    made.setToolTip(tooltip("Key: Enter"))
    read = QAccessible.queryAccessibleInterface(made)
    assert read is not None
    assert read.text(QAccessible.Text.Description) == "Key: Enter"
    assert max(map(len, tooltip("rather a lot of words " * 20).splitlines())) <= 72


def test_an_ampersand_stays_in_buttons_and_choices(qtbot, theme):
    made = shown(qtbot, button(theme, "Bread & Butter"))
    assert made.text() == "Bread && Butter"
    assert made.accessibleName() == "Bread & Butter"
    assert made.shortcut().isEmpty()
    choice = shown(qtbot, Choice(theme, "Product", [(1, "Bread & Butter")], 1))
    assert choice.text() == "Bread && Butter"
    assert choice.menu().actions()[0].text() == "Bread && Butter"


def test_a_text_that_does_not_fit_ends_in_dots_and_says_all_in_its_tooltip_and_name(qtbot, theme):
    whole = "the quick brown fox jumps over the lazy dog " * 3
    made = shown(qtbot, Elided(theme, whole), 120, 30)
    assert made.text().endswith("…")
    assert name_of(made) == " ".join(whole.split())
    assert whole.strip() in " ".join(made.toolTip().split())
    made.resize(4_000, 30)
    assert made.text() == " ".join(whole.split())
    assert made.toolTip() == ""


def test_a_button_calls_without_arguments_by_mouse_and_by_space(qtbot, theme):
    pressed: list[object] = []
    made = shown(qtbot, button(theme, "Press", lambda: pressed.append(1)))
    qtbot.mouseClick(made, Qt.MouseButton.LeftButton)
    made.setFocus()
    qtbot.keyClick(made, Qt.Key.Key_Space)
    assert pressed == [1, 1]


def test_the_keyboard_draws_one_frame_around_a_line_and_nothing_in_it(qtbot, theme):
    made = shown(qtbot, RowButton("What it opens", lambda: None, line()))
    made.setFixedSize(120, 40)
    made.setFocus()
    by_mouse = made.grab().toImage()
    made.window().setAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange)
    assert made.grab().toImage() == by_mouse


def test_a_line_to_press_has_a_name_and_is_as_tall_as_what_is_in_it(qtbot, theme):
    pressed: list[object] = []
    inner = line()
    inner.addWidget(label(theme, "words", 21))
    made = shown(qtbot, RowButton("What it opens", lambda: pressed.append(1), inner))
    assert name_of(made) == "What it opens"
    assert made.sizeHint().height() >= 21
    qtbot.mouseClick(made, Qt.MouseButton.LeftButton)
    assert pressed == [1]


def test_a_tone_gives_a_text_its_colour(qtbot, theme):
    made = shown(qtbot, label(theme, "words"))
    set_tone(made, "bad")
    assert made.palette().color(made.foregroundRole()) == theme.colour("bad")
    set_tone(made, "")
    assert made.palette().color(made.foregroundRole()) == theme.colour("text")


class TestChoice:
    OPTIONS = ((None, "Any"), (1, "One"), (2, "Two"))

    @pytest.fixture
    def choice(self, qtbot, theme):
        return shown(qtbot, Choice(theme, "Number", self.OPTIONS, None))

    def checked(self, choice):
        return [action.text() for action in choice.menu().actions() if action.isChecked()]

    def test_it_says_what_it_is_about_and_what_is_chosen(self, choice):
        assert name_of(choice) == "Number: Any"
        assert self.checked(choice) == ["Any"]

    def test_choosing_tells_the_value_once(self, qtbot, choice):
        told: list[object] = []
        choice.chosen.connect(told.append)
        choice.menu().actions()[2].trigger()
        choice.menu().actions()[2].trigger()
        assert told == [2]
        assert choice.value == 2
        assert choice.text() == "Two"
        assert self.checked(choice) == ["Two"]

    def test_what_is_offered_may_be_renewed_while_one_is_being_chosen(self, qtbot, choice):
        choice.chosen.connect(lambda value: choice.offer([(7, "Seven"), (value, "Still two")], value))
        choice.menu().actions()[2].trigger()
        assert [action.text() for action in choice.menu().actions()] == ["Seven", "Still two"]
        assert self.checked(choice) == ["Still two"]

    def test_offering_does_not_tell(self, qtbot, choice):
        with qtbot.assertNotEmitted(choice.chosen):
            choice.offer(self.OPTIONS, 1)
        assert choice.text() == "One"

    def test_it_opens_and_chooses_by_keys(self, qtbot, choice):
        choice.setFocus()
        qtbot.keyClick(choice, Qt.Key.Key_Space)
        qtbot.waitUntil(choice.menu().isVisible)
        while choice.menu().activeAction() is not choice.menu().actions()[1]:
            qtbot.keyClick(choice.menu(), Qt.Key.Key_Down)
        qtbot.keyClick(choice.menu(), Qt.Key.Key_Return)
        assert choice.value == 1
        assert not choice.menu().isVisible()


class TestFlow:
    @pytest.fixture
    def holder(self, qtbot, theme):
        made = QWidget()
        flow = Flow()
        made.setLayout(flow)
        for number in range(12):
            flow.addWidget(button(theme, f"Chip {number}"))
        return shown(qtbot, made, 320, 300)

    def test_chips_wrap_without_overlapping_and_stay_inside(self, holder):
        flow = holder.layout()
        places = [flow.itemAt(number).geometry() for number in range(flow.count())]
        assert len({place.y() for place in places}) > 1
        for number, place in enumerate(places):
            assert place.right() <= holder.width()
            assert not any(place.intersects(other) for other in places[:number])

    def test_it_needs_more_height_where_there_is_less_width(self, holder):
        flow = holder.layout()
        assert flow.heightForWidth(200) > flow.heightForWidth(320) > flow.heightForWidth(2_000)

    def test_clearing_lets_go_of_every_chip(self, qtbot, holder):
        holder.layout().clear()
        assert holder.layout().count() == 0
        qtbot.waitUntil(lambda: holder.findChildren(QPushButton) == [])


def test_clearing_a_layout_lets_go_of_what_is_inside_it_too(qtbot, theme):
    holder = QWidget()
    box = QVBoxLayout(holder)
    inner = line()
    inner.addWidget(label(theme, "one"))
    box.addLayout(inner)
    box.addWidget(label(theme, "two"))
    shown(qtbot, holder)
    clear(box)
    assert box.count() == 0
    qtbot.waitUntil(lambda: holder.findChildren(QLabel) == [])


def test_scrolling_content_is_as_tall_as_its_wrapped_texts_need_at_the_width_there_is(qtbot, theme):
    content = QWidget()
    box = QVBoxLayout(content)
    words = label(theme, "long words " * 60, wrap=True)
    box.addWidget(words)
    area = shown(qtbot, scrolled(content), 240, 120)
    qtbot.waitUntil(lambda: content.height() > 120)
    assert words.height() >= words.heightForWidth(words.width())
    tall = content.minimumHeight()
    area.resize(900, 120)
    qtbot.waitUntil(lambda: content.minimumHeight() < tall)
    assert area.focusPolicy() == Qt.FocusPolicy.NoFocus


class TestForm:
    @pytest.fixture
    def form(self, qtbot, theme):
        made = Form(theme)
        made.field("name", "Name", text_field("Ana"))
        made.field("since", "Since", date_field(QDate(2026, 3, 1)))
        made.field("kind", "Kind", choice_field([(None, "None"), (1, "Regular")], 1))
        made.field("words", "Words", words_field())
        return shown(qtbot, made, 400, 400)

    def test_every_field_has_the_name_of_its_label(self, form):
        assert [name_of(widget) for widget in form._fields.values()] == ["Name", "Since", "Kind", "Words"]

    def test_a_problem_stands_beside_its_field_which_gets_the_keyboard(self, qtbot, form):
        form.show_problems({"since": "That day is yet to come.", "words": "Say something."})
        notes = {key: note.text() for key, note in form._notes.items() if note.isVisible()}
        assert notes == {"since": "That day is yet to come.", "words": "Say something."}
        assert form.focusWidget() is form._fields["since"]
        assert form._fields["since"].accessibleDescription() == "That day is yet to come."
        form.show_problems({})
        assert not any(note.isVisible() for note in form._notes.values())
        assert form._fields["since"].accessibleDescription() == ""

    def test_enter_submits_from_a_line_but_not_from_words(self, qtbot, form):
        with qtbot.waitSignal(form.submitted):
            qtbot.keyClick(form._fields["name"], Qt.Key.Key_Return)
        form._fields["words"].setFocus()
        with qtbot.assertNotEmitted(form.submitted):
            qtbot.keyClick(form._fields["words"], Qt.Key.Key_Return)
        assert form._fields["words"].toPlainText() == "\n"

    def test_escape_leaves(self, qtbot, form):
        with qtbot.waitSignal(form.left):
            qtbot.keyClick(form._fields["words"], Qt.Key.Key_Escape)

    def test_tab_goes_through_the_fields_in_order_also_out_of_the_words(self, qtbot, form):
        form._fields["name"].setFocus()
        seen = {form.focusWidget(): None}
        for _step in range(5):  # a date is gone through day by month by year
            qtbot.keyClick(form.focusWidget(), Qt.Key.Key_Tab)
            seen[form.focusWidget()] = None
        assert list(seen) == list(form._fields.values())

    def test_years_are_shown_whole(self, form):
        assert form._fields["since"].text().endswith("2026")

    def test_a_choice_gives_the_value_not_the_words(self, form):
        assert form._fields["kind"].currentData() == 1
        assert isinstance(form._fields["name"], QLineEdit)
