"""The Surveys page, by keys and clicks: composing, handing out, the card, taking back."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QAccessible, QDragEnterEvent, QDropEvent
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QTableView,
)

from cvdesk.catalogue import store as catalogue
from cvdesk.catalogue import store_wording
from cvdesk.catalogue.records import Business
from cvdesk.catalogue.records_factors import Wording
from cvdesk.customers import store as customers
from cvdesk.customers.records import Contact, Customer
from cvdesk.db import BusinessFile
from cvdesk.exchange.new import make_business
from cvdesk.kit import ask, printing
from cvdesk.surveys import store, store_ask
from cvdesk.surveys.page import SurveysPage
from cvdesk.surveys.page_list_doings import droppable
from cvdesk.surveys.page_return import ReturnDialog
from cvdesk.surveys.records import Returned, Survey
from cvdesk.surveys.store_lists import asked_rows
from cvdesk.surveys.store_rounds import rounds
from cvdesk.value import store as value
from cvdesk.value.records import AnswerValue
from tests.pages import Answers, catch_errors, make_session, said, settle

TODAY = date(2026, 11, 21)
PEOPLE = ("Ana Ruiz", "Bo Lind", "Cy Twombly", "Dee Park")


@pytest.fixture
def file(tmp_path: Path) -> Iterator[BusinessFile]:
    with make_business(tmp_path / "bakery.cvdesk", Business("Harbour Bakery")) as made:
        yield made


def add_people(file: BusinessFile) -> list[int]:
    """Four customers who bought lately; all but the last have an address."""

    def work(op):
        made = []
        for name in PEOPLE:
            address = Contact("email", f"{name.split()[0].lower()}@x.org")
            one = store_save(op, name, () if name == PEOPLE[-1] else (address,))
            op.insert("purchases", {"customer_id": one, "date": TODAY.isoformat()})
            made.append(one)
        return made

    return file.run("People", work).result


def store_save(op, name, contacts):
    preferred = "Annie" if name == "Ana Ruiz" else ""
    return customers.save(op, Customer(name=name, contacts=contacts, preferred_name=preferred))


@pytest.fixture
def show(qtbot, qapp):
    pages: list[SurveysPage] = []

    def made(file: BusinessFile, today: date = TODAY) -> SurveysPage:
        session = make_session(qapp, file, today)
        page = SurveysPage(session)
        pages.append(page)
        qtbot.addWidget(page)
        page.resize(1110, 760)
        page.show()
        page.activateWindow()
        qtbot.waitExposed(page)
        qtbot.waitUntil(page.isActiveWindow)
        page.focus_first()
        settle(qtbot, session)
        return page

    yield made
    for page in pages:
        page.close()
        page.session.close()


def keyboard(page):
    return page.window().focusWidget()


def press(qtbot, page, *keys) -> None:
    for key in keys:
        qtbot.keyClick(keyboard(page), key)
    settle(qtbot, page.session)


def compose(qtbot, page, name: str, form: str = "minute") -> int:
    """Makes a survey with the keyboard and gives its id."""
    page.compose_new()
    qtbot.keyClicks(keyboard(page), name)
    page.composer.form.form.choose(form)
    qtbot.keyClick(keyboard(page), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, page.session)
    return page.board.listed[0].id


class Folder(Answers):
    """Chooses a folder as well."""

    def choose_folder(self, parent, title, folder):
        self.asked.append(title)
        return self.path


def test_the_first_survey_is_made_with_the_keyboard_alone(file, show, qtbot):
    page = show(file)
    assert "Ask your customers" in said(page)
    press(qtbot, page, Qt.Key.Key_Return)
    qtbot.keyClicks(keyboard(page), "Bread round")
    press(qtbot, page, Qt.Key.Key_Return)
    (survey,) = store.surveys(file)
    assert (survey.name, survey.form, len(survey.questions)) == ("Bread round", "minute", 6)
    assert keyboard(page) is page.board.table
    assert "One minute: 6 questions, about 1 minute" in said(page)


def test_a_survey_without_a_name_says_so_beside_the_field(file, show, qtbot):
    page = show(file)
    press(qtbot, page, Qt.Key.Key_Return, Qt.Key.Key_Return)
    assert "Give the survey a name" in said(page.composer)
    assert (store.surveys(file), keyboard(page)) == ([], page.composer.form.name)


def test_the_picture_of_the_form_follows_what_is_chosen(file, show, qtbot):
    page = show(file)
    page.compose_new()
    form, preview = page.composer.form, page.composer.preview
    qtbot.waitUntil(lambda: "1. How good was" in said(preview))
    form.form.choose("own")
    qtbot.waitUntil(lambda: "No question is chosen yet." in said(preview))
    form.picker.ticks["worth_it"].click()
    form.picker.ticks["quality"].click()
    qtbot.waitUntil(lambda: "1. All in all, was it worth" in said(preview))
    assert "2 questions" in said(preview)
    form.greeting.setPlainText("Say it <b>as it is</b>.")
    qtbot.waitUntil(lambda: "Say it <b>as it is</b>." in said(preview))


def test_questions_of_ones_own_choice_are_moved_with_the_keyboard(file, show, qtbot):
    page = show(file)
    page.compose_new()
    qtbot.keyClicks(keyboard(page), "Mine")
    picker = page.composer.form.picker
    page.composer.form.form.choose("own")
    for key in ("quality", "worth_it", "comment_change"):
        picker.ticks[key].click()
    picker.order.setFocus()
    picker.order.setCurrentRow(1)
    qtbot.keyClick(picker.order, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    picker.ticks["comment_change"].click()
    page.composer.save()
    settle(qtbot, page.session)
    (survey,) = store.surveys(file)
    assert [one.key for one in store.questions(file, survey)] == ["worth_it", "quality"]


def test_half_a_survey_survives_a_crash(file, show, qtbot):
    first = show(file)
    first.compose_new()
    qtbot.keyClicks(keyboard(first), "Bread r")
    first.composer.form.form.choose("short")
    first.composer.keep()
    settle(qtbot, first.session)
    page = show(file)
    assert page._stack.currentWidget() is page.composer
    assert (page.composer.form.name.text(), page.composer.form.form.value) == ("Bread r", "short")
    page.composer.forget()
    settle(qtbot, page.session)


def test_leaving_what_was_typed_is_asked_for(file, show, qtbot, monkeypatch):
    page = show(file)
    answers = Answers(yes=False)
    monkeypatch.setattr(ask, "prompts", answers)
    page.compose_new()
    qtbot.keyClicks(keyboard(page), "Bread")
    press(qtbot, page, Qt.Key.Key_Escape)
    assert (answers.asked, page._stack.currentWidget()) == (["Leave what you typed?"], page.composer)
    answers.yes = True
    press(qtbot, page, Qt.Key.Key_Escape)
    assert keyboard(page) is page.first


def test_paper_sheets_are_made_saved_and_taken_back(file, show, qtbot, monkeypatch, tmp_path):
    page = show(file)
    survey = compose(qtbot, page, "Bread round")
    monkeypatch.setattr(ask, "prompts", Answers(tmp_path / "forms"))
    page.hand_out(store.get(file, survey))
    page.handing.form.sheets.setText("3")
    page.handing.hand_out()
    settle(qtbot, page.session)
    assert len(store.sheets_of(file, survey)) == 3
    assert (tmp_path / "forms.pdf").read_bytes().startswith(b"%PDF")
    assert "3 sheets for whoever takes one" in said(page)
    page.session.undo()
    settle(qtbot, page.session)
    assert store.sheets_of(file, survey) == []
    assert "not handed out yet" in said(page)


def test_nothing_is_handed_out_where_nobody_says_whereto(file, show, qtbot, monkeypatch):
    page = show(file)
    survey = compose(qtbot, page, "Bread round")
    monkeypatch.setattr(ask, "prompts", Answers(None))
    page.hand_out(store.get(file, survey))
    page.handing.hand_out()
    settle(qtbot, page.session)
    assert store.sheets_of(file, survey) == []


@pytest.mark.parametrize("way", ["email", "pdf"])
def test_a_draft_for_each_customer_who_has_an_address(file, show, qtbot, monkeypatch, tmp_path, way):
    add_people(file)
    page = show(file)
    survey = compose(qtbot, page, "Bread round")
    monkeypatch.setattr(ask, "prompts", Folder(tmp_path))
    page.hand_out(store.get(file, survey))
    page.handing.form.way.choose(way)
    qtbot.waitUntil(lambda: page.handing.main.text() == "Ask 3 customers")
    assert "Left out: 1 without an e-mail address." in said(page)
    page.handing.hand_out()
    settle(qtbot, page.session)
    drafts = sorted(tmp_path.glob("*.eml"))
    assert [path.name for path in drafts] == ["001 Ana Ruiz.eml", "002 Bo Lind.eml", "003 Cy Twombly.eml"]
    message = message_from_bytes(drafts[0].read_bytes(), policy=policy.default)
    code = {row.name: row.code for row in asked_rows(file, store.get(file, survey))}["Ana Ruiz"]
    assert (message["To"], message["X-Unsent"]) == ("Ana Ruiz <ana@x.org>", "1")
    text = message.get_body(("plain",)).get_content()
    assert "Annie" in text
    attached = [part.get_content_type() for part in message.iter_attachments()]
    assert attached == (["application/pdf"] if way == "pdf" else [])
    assert way == "pdf" or code in text
    assert rounds(file, survey).rounds[0].choice == "all"


def test_nobody_is_asked_before_the_list_fits_what_is_chosen(file, show, qtbot, monkeypatch, tmp_path):
    add_people(file)
    page = show(file)
    survey = compose(qtbot, page, "Bread round")
    monkeypatch.setattr(ask, "prompts", Folder(tmp_path))
    page.hand_out(store.get(file, survey))
    page.handing.form.way.choose("email")
    qtbot.waitUntil(lambda: page.handing.main.text() == "Ask 3 customers")
    page.handing.form.how_many._choose("some")
    page.handing.form.count.setText("1")
    page.handing.hand_out()  # the list still holds three
    settle(qtbot, page.session)
    assert store.sheets_of(file, survey) == []
    qtbot.waitUntil(lambda: page.handing.main.text() == "Ask 1 customer" and page.handing.main.isEnabled())
    page.handing.hand_out()
    settle(qtbot, page.session)
    assert len(store.sheets_of(file, survey)) == 1


def test_some_at_random_are_drawn_by_the_given_source_and_by_hand_is_kept(file, show, qtbot, monkeypatch, tmp_path):
    add_people(file)
    page = show(file)
    survey = compose(qtbot, page, "Bread round")
    page.handing._rng = random.Random(3)
    page.hand_out(store.get(file, survey))
    form = page.handing.form
    form.way.choose("phone")
    qtbot.waitUntil(lambda: "Nobody fits." in said(page.handing))
    form.way.choose("email")
    form.how_many._choose("some")
    form.count.setText("2")
    qtbot.waitUntil(lambda: "2 of the 3 who fit, drawn at random" in said(page.handing))
    form.by_hand.click()
    qtbot.waitUntil(lambda: "the figures may flatter you" in said(page.handing))
    assert not page.handing.main.isEnabled()
    table = page.handing.people.table
    table.setFocus()
    qtbot.keyClick(table, Qt.Key.Key_Down)
    qtbot.keyClick(table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert page.handing.main.text() == "Ask 2 customers"
    monkeypatch.setattr(ask, "prompts", Folder(tmp_path))
    page.handing.hand_out()
    settle(qtbot, page.session)
    assert rounds(file, survey).by_hand
    assert "Some were picked by hand: the figures may flatter you." in said(page)


def test_the_rest_time_is_chosen_where_it_matters(file, show, qtbot):
    people = add_people(file)
    page = show(file)
    survey = compose(qtbot, page, "Bread round")
    made = store_ask.Round(TODAY - timedelta(days=40), "email", "all", 1, 1)
    file.run("Ask", lambda op: store_ask.hand_out(op, survey, made.day, made, people[:1]))
    page.hand_out(store.get(file, survey))
    page.handing.form.way.choose("email")
    qtbot.waitUntil(lambda: "1 asked lately" in said(page.handing))
    page.handing.form.rest._choose(30)
    qtbot.waitUntil(lambda: page.handing.main.text() == "Ask 3 customers")
    assert store_ask.rest_days(file) == 30


def handed(file, page, qtbot, **more):
    """A survey handed out to everybody eight days ago, and one answer."""
    people = add_people(file)
    survey = compose(qtbot, page, "Bread round")
    day = TODAY - timedelta(days=8)
    made = store_ask.Round(day, "email", "all", 4, 4)
    sheets = store.sheets(file, file.run("Ask", lambda op: store_ask.hand_out(op, survey, day, made, people)).result)
    words = next(one for one in store.questions(file, store.get(file, survey)) if one.kind == "text")
    answers = Returned({
        sheets[0].questions[0]: AnswerValue("answered", 4.0),
        words.version_id: AnswerValue("answered", None, "More <i>rye</i>"),
    })  # fmt: skip
    file.run("Take in", lambda op: store.take_in(op, sheets[0].id, answers, day + timedelta(days=1)))
    page.session.announce_all()
    settle(qtbot, page.session)
    return survey


def test_the_card_says_who_answered_and_in_which_words(file, show, qtbot):
    page = show(file)
    handed(file, page, qtbot)
    shown = said(page)
    assert "1 of 4" in shown
    assert "“More <i>rye</i>”" in shown
    page.asked.which._choose("waiting")
    assert [page.asked.table.rows.row(place).name for place in range(page.asked.table.rows.rowCount())] == [
        "Bo Lind", "Cy Twombly", "Dee Park",
    ]  # fmt: skip


def test_those_who_have_not_answered_are_reminded_once(file, show, qtbot, monkeypatch, tmp_path):
    page = show(file)
    handed(file, page, qtbot)
    monkeypatch.setattr(ask, "prompts", Folder(tmp_path))
    page.card.remind.click()
    settle(qtbot, page.session)
    assert [path.name for path in sorted(tmp_path.glob("*.eml"))] == ["001 Bo Lind.eml", "002 Cy Twombly.eml"]
    message = message_from_bytes((tmp_path / "001 Bo Lind.eml").read_bytes(), policy=policy.default)
    assert message["Subject"].startswith("A reminder: ")
    assert not hasattr(page.card, "remind")


def test_a_survey_with_sheets_out_keeps_its_questions_and_is_made_anew(file, show, qtbot):
    page = show(file)
    survey = handed(file, page, qtbot)
    page.compose(store.get(file, survey))
    assert not page.composer.form.form.isVisible()
    qtbot.keyClicks(keyboard(page), ", May")
    press(qtbot, page, Qt.Key.Key_Return)
    assert store.get(file, survey).name == "Bread round, May"
    page.compose(store.get(file, survey))
    page.composer._again.click()
    press(qtbot, page, Qt.Key.Key_Return)
    assert sorted(one.name for one in store.surveys(file)) == ["Bread round, May", "Bread round, May, again"]


def test_a_survey_ends_is_deleted_and_comes_back(file, show, qtbot):
    page = show(file)
    survey = handed(file, page, qtbot)
    page.doings.end(store.get(file, survey))
    settle(qtbot, page.session)
    assert "ended today" in said(page)
    assert not page.card.hand_out.isEnabled()
    press(qtbot, page, Qt.Key.Key_Delete)
    assert (store.surveys(file), file.value("SELECT count(*) FROM assessments")) == ([], 1)
    page.session.undo()
    settle(qtbot, page.session)
    assert (len(store.sheets_of(file, survey)), rounds(file, survey).rounds[0].count) == (4, 4)
    assert file.value("SELECT count(*) FROM assessments WHERE sheet_id IS NOT NULL") == 1


def test_who_is_rung_is_answered_for_in_the_guided_form(file, show, qtbot):
    people = add_people(file)
    page = show(file)
    survey = compose(qtbot, page, "Bread round")
    made = store_ask.Round(TODAY, "phone", "all", 1, 1)
    file.run("Ask", lambda op: store_ask.hand_out(op, survey, TODAY, made, people[:1]))
    page.session.announce_all()
    settle(qtbot, page.session)
    opened: list[tuple[str, object]] = []
    page.session.open_requested.connect(lambda table, record: opened.append((table, record)))
    page.asked.table.setFocus()
    page.asked.table.select_row(0)
    press(qtbot, page, Qt.Key.Key_Return)
    press(qtbot, page, Qt.Key.Key_Return)
    begun = file.value("SELECT id FROM assessments WHERE state = 'draft'")
    assert opened == [("assessments", begun)] * 2


def test_the_value_of_a_survey_is_one_press_away(file, show, qtbot):
    page = show(file)
    handed(file, page, qtbot)
    opened: list[tuple[str, object]] = []
    page.session.open_requested.connect(lambda table, record: opened.append((table, record)))
    page.card.see_value.click()
    assert opened == [("page", "value")]
    assert page.session.filter.period.start == TODAY - timedelta(days=8)


def test_forms_that_came_back_can_be_dropped_and_other_files_not(tmp_path):
    def mime(*names):
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(tmp_path / name)) for name in names])
        return data

    assert droppable(mime("a.pdf", "b.EML")) == [tmp_path / "a.pdf", tmp_path / "b.EML"]
    assert droppable(mime("a.pdf", "b.csv")) == []


def test_everything_the_keyboard_reaches_has_a_name(file, show, qtbot):
    page = show(file)
    survey = handed(file, page, qtbot)
    views = [lambda: None, page.compose_new, lambda: page.hand_out(store.get(file, survey))]
    for view in views:
        view()
        settle(qtbot, page.session)
        if page._stack.currentWidget() is page.handing:
            page.handing.form.way.choose("email")
        for kind in (QPushButton, QLineEdit, QPlainTextEdit, QTableView, QComboBox, QCheckBox, QRadioButton):
            for widget in page.findChildren(kind):
                if widget.isVisible():
                    name = QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)
                    assert name, f"{widget} {widget.objectName()}"


def test_a_file_that_may_only_be_read_is_shown_and_not_changed(file, show, qtbot, monkeypatch):
    page = show(file)
    handed(file, page, qtbot)
    monkeypatch.setattr(file, "read_only", True)
    errors = catch_errors(monkeypatch)
    page.refresh()
    settle(qtbot, page.session)
    press(qtbot, page, Qt.Key.Key_Delete)
    assert not hasattr(page.card, "hand_out")
    assert (len(store.surveys(file)), errors) == (1, [])


def test_a_form_dropped_on_the_page_is_looked_at(file, show, qtbot, tmp_path):
    page = show(file)
    handed(file, page, qtbot)
    path = tmp_path / "holiday.pdf"
    path.write_bytes(b"%PDF-1.4 not much of one")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    actions, buttons, keys = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    entering = QDragEnterEvent(page.rect().center(), actions, data, buttons, keys)
    QApplication.sendEvent(page, entering)
    assert entering.isAccepted()
    QApplication.sendEvent(page, QDropEvent(page.rect().center(), actions, data, buttons, keys))
    qtbot.waitUntil(lambda: bool(page.findChildren(ReturnDialog)))
    (dialog,) = page.findChildren(ReturnDialog)
    settle(qtbot, page.session)
    assert dialog.isVisible()
    dialog.close()


def test_a_sheet_opens_its_survey(file, show, qtbot):
    page = show(file)
    survey = handed(file, page, qtbot)
    compose(qtbot, page, "Another")
    page.show_record(store.sheets_of(file, survey)[0].id)
    settle(qtbot, page.session)
    assert "“More <i>rye</i>”" in said(page)


def test_a_question_added_meanwhile_can_be_chosen_and_nothing_typed_is_lost(file, show, qtbot):
    page = show(file)
    page.compose_new()
    qtbot.keyClicks(keyboard(page), "Bread")
    page.composer.form.form.choose("own")
    page.composer.form.picker.ticks["worth_it"].click()

    def add(op):
        question = op.insert("questions", {"key": "own_1", "kind": "yes_no", "place": 99, "own": 1})
        op.insert("question_versions", {"question_id": question, "series": 1, "language": "en",
                                        "wording": "Do you come by bicycle?", "anchors": "{}"})  # fmt: skip

    page.session.run("Question", add)
    settle(qtbot, page.session)
    form = page.composer.form
    form.picker.ticks["own_1"].click()
    assert (form.name.text(), form.picker.keys()) == ("Bread", ["worth_it", "own_1"])
    qtbot.waitUntil(lambda: "2. Do you come by bicycle?" in said(page.composer.preview))
    assert page.composer.typed


def test_editing_a_survey_loses_no_question_that_was_reworded_meanwhile(file, show, qtbot):
    asked = {one.key: one.version_id for one in catalogue.questions(file)}
    made = Survey(None, "Own", "own", (asked["worth_it"], asked["ease"]))
    survey = file.run("Survey", lambda op: store.save(op, made)).result

    def reword(op):
        sheet = value.start(op, "customer", "own", TODAY)
        value.answer(op, sheet, asked["worth_it"], 4.0)
        store_wording.reword(op, asked["worth_it"], Wording("Would you come again?"), same=False)

    file.run("Another wording", reword)
    page = show(file)
    page.compose(store.get(file, survey))
    assert page.composer.form.picker.keys() == ["worth_it", "ease"]
    page.composer.save()
    settle(qtbot, page.session)
    found = store.questions(file, store.get(file, survey))
    assert [one.wording for one in found][:1] == ["Would you come again?"]
    assert [one.key for one in found] == ["worth_it", "ease"]


def test_words_without_names_show_only_once_five_have_answered(file, show, qtbot):
    people = add_people(file)
    page = show(file)
    survey = compose(qtbot, page, "Quiet")
    file.run("Anonymous", lambda op: store.save(op, replace(store.get(op, survey), anonymous=True)))
    made = store_ask.Round(TODAY, "email", "all", 4, 4)
    asked = file.run("Ask", lambda op: store_ask.hand_out(op, survey, TODAY, made, people, blank=2)).result
    sheets = store.sheets(file, asked)
    words = next(one.version_id for one in store.questions(file, store.get(file, survey)) if one.kind == "text")

    def take(some):
        answers = Returned({words: AnswerValue("answered", None, "Too loud")})
        file.run("Take in", lambda op: [store.take_in(op, sheet.id, answers, TODAY) for sheet in some])
        page.session.announce_all()
        settle(qtbot, page.session)

    take(sheets[:4])
    assert "Too loud" not in said(page)
    assert "They show from 5 answers on" in said(page)
    take(sheets[4:5])
    assert said(page).count("Too loud") == 5


def test_sheets_go_to_the_printer(file, show, qtbot, monkeypatch, tmp_path):
    page = show(file)
    survey = compose(qtbot, page, "Bread round")
    asked = []

    class PdfPrinter:
        def choose(self, parent, pages, paper):
            asked.append((pages, paper))
            printer = printing.new_printer(paper)
            printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
            printer.setOutputFileName(str(tmp_path / "printed.pdf"))
            return printer

    monkeypatch.setattr(printing, "printers", PdfPrinter())
    page.hand_out(store.get(file, survey))
    page.handing.form.sheets.setText("2")
    page.handing.print.click()
    settle(qtbot, page.session)
    qtbot.waitUntil(lambda: (tmp_path / "printed.pdf").exists() and not page.session.readers.busy)
    assert (asked, len(store.sheets_of(file, survey))) == ([(2, "a4")], 2)


def test_without_a_question_the_list_of_questions_says_so_in_view(file, show, qtbot):
    page = show(file)
    page.compose_new()
    qtbot.keyClicks(keyboard(page), "Mine")
    page.composer.form.form.choose("own")
    page.composer.save()
    form = page.composer.form
    qtbot.waitUntil(lambda: not form.picker.order.visibleRegion().isEmpty())
    assert "Choose at least one question." in said(page.composer)
    assert store.surveys(file) == []
    assert form.picker.isAncestorOf(keyboard(page))
