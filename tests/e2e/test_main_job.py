"""The main job through the real window: from an empty folder to a printed strategy, and everything there next time."""

from contextlib import closing

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from shiboken6 import isValid

from cvdesk.db import open_file
from cvdesk.exchange.page_import import ImportDialog
from cvdesk.figures.store import gather
from cvdesk.shell.capture import CaptureDialog
from cvdesk.shell.newfile import NewFileDialog
from cvdesk.shell.welcome import Welcome
from cvdesk.value.form_question import ScaleButton
from cvdesk.wording.numbers import signed
from tests.desk import TODAY, button_named
from tests.pages import said

pytestmark = pytest.mark.display

CUSTOMERS = "Name,E-mail,Phone\n" + "".join(
    f"{name},{name.split()[0].lower()}@example.com,\n"
    for name in ("Maria Alvarez", "Tom Reed", "Ines Duarte", "Priya Shah", "Jo Park", "Sam Oak", "Lee Wong")
)
FEEDBACK = "date,customer,comment,rating,channel\n" + "".join(
    f"2026-{month:02}-{day:02},{name},{words},{stars},Phone\n"
    for month, day, name, words, stars in (
        (8, 3, "Tom Reed", "Lovely rye bread", 5),
        (9, 12, "Ines Duarte", "Queue was long again", 2),
        (10, 2, "Priya Shah", "Fair price for the cake", 4),
        (11, 9, "Jo Park", "Bread arrived late", 2),
    )
)
COMPLAINTS = "Date received,Customer,Complaint,Status\n2026-10-20,Sam Oak,The cake was squashed,open\n"


def import_list(running, path):
    """Brings a list in through the menu's dialog, as its file says."""
    running.person.paths.append(path)
    running.ctrl(Qt.Key.Key_I)
    dialog = running.window.findChild(ImportDialog)
    running.qtbot.keyClick(dialog.start.choose_button, Qt.Key.Key_Space)
    running.qtbot.waitUntil(lambda: dialog.form.main.isEnabled() and not running.window.session.readers.busy)
    running.qtbot.waitUntil(lambda: dialog.counted is not None)
    dialog.form.main.setFocus()
    running.qtbot.keyClick(dialog.form.main, Qt.Key.Key_Space)
    running.qtbot.waitUntil(lambda: dialog.stack.currentWidget() is dialog.ending, timeout=15_000)
    running.settle()
    dialog.ending.close_button.click()
    running.qtbot.waitUntil(lambda: not isValid(dialog))
    running.ready()


def new_business(running, path):
    """From the welcome to the window of a new business."""
    welcome = running.desk.welcome()
    running.qtbot.waitExposed(welcome)
    running.person.paths.append(path)
    welcome.new_button.click()
    dialog = welcome.findChild(NewFileDialog)
    running.qtbot.waitExposed(dialog)
    running.qtbot.keyClicks(dialog.name, "Harbour & Bakery")
    running.qtbot.keyClick(dialog.name, Qt.Key.Key_Return)
    running.ready()


def log(running, line):
    """Logs one line in the dialog that Ctrl+N opened."""
    bar = running.window.findChild(CaptureDialog).bar
    running.qtbot.keyClicks(bar.line, line)
    with running.qtbot.waitSignal(bar.logged) as logged:
        running.qtbot.keyClick(bar.line, Qt.Key.Key_Return)
    return logged.args[0]


def fill_sheet(running, page, kind, keys, who=""):
    """Fills a score sheet in by keys alone, but for the button that begins it."""
    buttons = {"owner": page.start if page.start.isVisible() else page.score_own, "customer": page.score_customer}
    buttons[kind].click()
    qtbot = running.qtbot
    qtbot.waitUntil(lambda: isinstance(page.window().focusWidget(), ScaleButton))
    form = page.desk.form
    if who:
        field = form.fields.customer
        field.setFocus()
        qtbot.keyClicks(field, who)
        names = field.completer().popup()
        qtbot.keyClick(names if names.isVisible() else field, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: not names.isVisible())
        running.ready()
        form.focus_first()
        qtbot.waitUntil(lambda: isinstance(page.window().focusWidget(), ScaleButton))
    for step in form.steps:
        qtbot.waitUntil(lambda step=step: form.step == step and isinstance(page.window().focusWidget(), ScaleButton))
        answers = keys.get(step, "")
        for key in answers:
            qtbot.keyClick(page.window().focusWidget(), key)
        if form.step == step:  # with open questions; else the last answer has moved on
            qtbot.keyClick(form, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    if form.step == "end":
        qtbot.keyClick(page.window().focusWidget(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.desk.form is None or not page.desk.isVisible())
    running.settle()


def test_from_an_empty_folder_to_a_printed_strategy(running, qtbot, tmp_path):
    path = tmp_path / "shop.cvdesk"
    lists = {}
    for name, content in (("customers", CUSTOMERS), ("feedback", FEEDBACK), ("complaints", COMPLAINTS)):
        lists[name] = tmp_path / f"{name}.csv"
        lists[name].write_text(content)

    new_business(running, path)
    window, file = running.window, running.window.session.file
    assert "Value is shown once 5 customers have answered" in window.page().subtitle.accessibleName()

    for name, table, count in (
        ("customers", "customers", 7),
        ("feedback", "entries", 4),
        ("complaints", "complaints", 1),
    ):
        import_list(running, lists[name])
        assert file.value(f"SELECT count(*) FROM {table}") == count

    running.ctrl(Qt.Key.Key_N)
    qtbot.waitUntil(lambda: window.findChild(CaptureDialog) is not None)
    first = log(running, "maria alvarez: bread arrived late again, 2 stars, phone, yesterday, complaint")
    second = log(running, "tom reed: best croissant in town, 5 stars")
    assert first.complaint_id is not None
    assert second.complaint_id is None
    qtbot.keyClick(window.findChild(CaptureDialog).bar.line, Qt.Key.Key_Escape)
    running.settle()
    assert file.value("SELECT count(*) FROM entries") == 6
    assert window._badges["complaints"].text() == "2"

    page = window.show_page("value")
    running.settle()
    fill_sheet(running, page, "owner", {"worth": "443", "benefits": "344", "costs": "232", "drawbacks": "322"})
    for place, name in enumerate(("Maria Alvarez", "Tom Reed", "Ines Duarte", "Priya Shah", "Jo Park")):
        high = "545"[place % 3]
        answers = {"worth": f"4{high}4", "benefits": "344", "costs": "223", "drawbacks": f"2{3 - place % 2}2"}
        fill_sheet(running, page, "customer", answers | {"overall": "44"}, name)
    assert file.value("SELECT count(*) FROM assessments WHERE state = 'done' AND kind = 'customer'") == 5
    assert file.value("SELECT count(DISTINCT customer_id) FROM assessments WHERE kind = 'customer'") == 5

    figures = gather(file, window.session.filter, TODAY)
    assert figures.value.net.value is not None
    net = signed(figures.value.net.value)
    assert net in said(page)

    window.show_page("trends")
    running.settle()
    assert window.page().series_view.series.points[-1].value is not None

    reports = window.show_page("reports")
    qtbot.waitUntil(lambda: reports.save_button.isEnabled(), timeout=20_000)
    qtbot.waitUntil(lambda: 0 in reports.preview._drawn, timeout=20_000)
    pdf = tmp_path / "strategy.pdf"
    running.person.paths.append(pdf)
    with qtbot.waitSignal(window.session.said, timeout=20_000):
        reports.save_button.click()
    words = "\n".join(leaf.extract_text() for leaf in PdfReader(pdf).pages)
    assert "Harbour & Bakery" in words
    assert net in words
    assert f"{figures.value.levers['worth'].score.value:.1f}" in words

    window.show_page("home")
    running.settle()
    assert net in said(window.page())
    before = counts(file)
    window.close()
    running.desk.shown = None

    window = running.open(path)
    file = window.session.file
    assert counts(file) == before
    assert net in said(window.page())
    running.ctrl(Qt.Key.Key_Z)
    running.settle()
    assert counts(file) != before
    assert file.out_of_step() == []


def counts(file):
    """How many records of each kind there are."""
    tables = ("customers", "entries", "complaints", "assessments", "answers")
    done = {"done": file.value("SELECT count(*) FROM assessments WHERE state = 'done'")}
    return done | {table: file.value(f"SELECT count(*) FROM {table}") for table in tables}


def test_light_and_dark_can_be_changed_on_any_page(running, sample, qtbot):
    window = running.open(sample)
    for key in ("home", "customers", "feedback", "complaints", "value", "trends", "reports"):
        window.show_page(key)
        running.settle()
        before = window.page()
        with qtbot.waitSignal(before.destroyed):
            window.commands.use_appearance("light" if running.desk.theme.dark else "dark")
        running.settle()
        assert window.page().key == key
        assert window.page().isVisible()
        assert window._buttons[key].isChecked()
    window.say("Still here", True)
    assert window._toast.isVisible()
    running.ready()  # without a window manager, making the pages anew takes the keyboard from the window
    running.ctrl("1")
    assert window.page().key == "home"


def test_what_is_being_filled_in_outlives_a_change_of_appearance(running, sample, qtbot):
    window = running.open(sample)
    page = window.show_page("value")
    running.settle()
    page.start_guess()
    qtbot.waitUntil(lambda: isinstance(window.focusWidget(), ScaleButton))
    form = page.desk.form
    window.commands.use_appearance("dark")
    running.settle()
    assert window.page() is page
    assert page.desk.form is form
    assert form.isVisible()


def test_half_typed_words_outlive_a_change_of_appearance(running, sample):
    window = running.open(sample)
    window.show_page("feedback")
    running.type("maria alvarez: bread arr")
    window.commands.use_appearance("dark")
    running.settle()
    assert window.page().capture.line.text() == "maria alvarez: bread arr"


def test_a_second_window_says_who_holds_the_file_and_changes_nothing(running, sample):
    with closing(open_file(sample)):
        window = running.open(sample)
        assert window.session.file.read_only
        assert f"Open for reading only: {window.session.file.held_by} is using this file." in said(window)
        assert window.session.file.held_by
        feedback = window.show_page("feedback")
        running.settle()
        assert feedback.capture.line.isReadOnly()
        assert not feedback.capture.log_button.isEnabled()
        window.commands.undo()
        running.settle()
        told = running.person.heard()
        assert [what for what, _to_do, details in told if not details] == [f"“{sample.name}” is open for reading only."]


def test_a_file_that_is_none_is_explained_and_the_welcome_stays(running, qtbot, tmp_path):
    welcome = running.desk.welcome()
    qtbot.waitExposed(welcome)
    wrong = tmp_path / "notes.cvdesk"
    wrong.write_text("milk, eggs, flour")
    running.person.paths.append(wrong)
    welcome.open_button.click()
    ((what, to_do, details),) = running.person.heard()
    assert "notes.cvdesk" in what
    assert to_do
    assert details == ""
    assert running.desk.shown is welcome
    assert welcome.isVisible()


def test_the_same_file_again_stays_where_it_is(running, sample):
    window = running.open(sample)
    running.desk.open(sample)
    assert running.window is window
    assert not window.session.file.read_only


def test_another_file_takes_the_place_of_the_one_that_was_open(running, sample, tmp_path, qtbot):
    window = running.open(sample)
    window.show_page("feedback")
    running.type("good bread today")
    running.key(Qt.Key.Key_Return)  # still on its way to the disk when the file is left
    running.person.paths.append(tmp_path / "other.cvdesk")
    with qtbot.waitSignal(window.destroyed):
        running.desk.new()
        dialog = window.findChild(NewFileDialog)
        dialog.name.setText("Other")
        dialog.make()
    running.ready()
    assert running.window.session.file.path.name == "other.cvdesk"
    with closing(open_file(sample)) as file:
        assert file.value("SELECT text FROM entries ORDER BY id DESC LIMIT 1") == "good bread today"


def test_a_file_opened_lately_is_offered_and_opens(running, sample, qtbot):
    running.open(sample)
    with qtbot.waitSignal(running.window.destroyed):
        running.ctrl(Qt.Key.Key_W)
    welcome = running.desk.shown
    assert isinstance(welcome, Welcome)
    button_named(welcome, "Harbour Bakery").click()
    running.ready()
    assert running.window.session.file.path == sample


def test_no_count_stands_beside_the_pages_while_a_customer_answers(running, sample):
    window = running.open(sample)
    page = window.show_page("value")
    running.settle()
    badge = window._badges["complaints"]
    count = badge.text()
    assert count
    page.show_record("customer")
    assert badge.text() == ""
    page.leave_form()
    assert badge.text() == count
