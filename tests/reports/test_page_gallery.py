"""Choosing on the Reports page: the list by keys and search, what it is about, sections, names; all remembered."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from cvdesk.catalogue.form_find import FindDialog
from cvdesk.errors import UserError
from cvdesk.kit.session import Session
from cvdesk.pdf.progress import page_made
from cvdesk.reports import kinds, page_make
from cvdesk.reports.kinds import KINDS
from cvdesk.reports.page import ReportsPage
from cvdesk.reports.page_look import LookDialog
from cvdesk.reports.page_out import file_name
from cvdesk.reports.records_kinds import Kind, Section
from tests.figures.shop import TODAY, chance_shop, new_shop
from tests.pages import catch_errors, make_session, settle


@pytest.fixture
def session(qapp, tmp_path):
    with chance_shop(tmp_path, 5) as shop:
        made = make_session(qapp, shop, TODAY)
        yield made
        made.close()


def open_page(qtbot, session: Session) -> ReportsPage:
    page = ReportsPage(session)
    qtbot.addWidget(page)
    page.resize(1110, 800)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    return page


def there(qtbot, page: ReportsPage) -> None:
    """Waits for the document that was chosen last."""
    qtbot.waitUntil(lambda: page.save_button.isEnabled(), timeout=20_000)
    settle(qtbot, page.session)


def still(qtbot, page: ReportsPage) -> None:
    """Waits until nothing is made or about to be made."""
    qtbot.waitUntil(lambda: not (page.maker.busy or page._soon.isActive()), timeout=20_000)
    settle(qtbot, page.session)


def sentence(page: ReportsPage) -> str:
    return "" if page.viewer.shows_pages else page.viewer.sentence.text()


def test_home_brings_the_monthly_look_up(qtbot, session):
    page = open_page(qtbot, session)
    page.show_record("look")
    (look,) = page.window().findChildren(LookDialog)
    assert look.isVisible()
    look.reject()
    there(qtbot, page)


def test_every_kind_there_is_stands_in_the_list_and_nothing_else(qtbot, session):
    page = open_page(qtbot, session)
    assert {line.key for line in page.left.gallery._lines} == {kind.key for kind in KINDS}
    for kind in KINDS:
        shown = page.left.gallery.button(kind.key)
        assert (shown.accessibleName(), shown.accessibleDescription()) == (kind.title(), kind.contents())


def test_arrow_keys_walk_the_list_and_the_last_one_walked_to_is_made(qtbot, session):
    page = open_page(qtbot, session)
    there(qtbot, page)
    page.focus_first()
    keys = list(page.left.gallery._buttons)
    assert QApplication.focusWidget() is page.left.gallery.button(keys[0])
    for _press in range(2):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Down)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Up)
    assert page.left.gallery.key == keys[1]
    assert QApplication.focusWidget() is page.left.gallery.button(keys[1])
    there(qtbot, page)
    assert page._finished.wanted.kind == keys[1]


def test_typing_finds_documents_by_what_is_in_them(qtbot, session):
    page = open_page(qtbot, session)
    gallery = page.left.gallery
    gallery.show_lines([*gallery._lines], gallery.key)
    gallery.field.show()
    gallery.field.setFocus()
    qtbot.keyClicks(gallery.field, "over time")
    assert list(gallery._buttons) == ["trends"]
    qtbot.keyClicks(gallery.field, "zzz")
    assert gallery.nothing.isVisible()
    qtbot.keyClick(gallery.field, Qt.Key.Key_Escape)
    assert len(gallery._buttons) == len(KINDS)


def test_a_document_that_needs_a_customer_asks_for_one(qtbot, session):
    page = open_page(qtbot, session)
    page.show_record("customer")
    still(qtbot, page)
    assert sentence(page) == "Which customer?"
    assert not page.save_button.isEnabled()
    page.limits.choices.choose_about()
    dialog = page.window().findChild(FindDialog)
    name = session.file.value("SELECT name FROM customers ORDER BY id LIMIT 1")
    qtbot.keyClicks(dialog.finder.field, name)
    qtbot.keyClick(dialog.finder.field, Qt.Key.Key_Return)
    there(qtbot, page)
    assert page.limits.choices.about_name == name
    assert page._shown.file_name.endswith(f"{name} {TODAY.isoformat()}")


def test_the_file_name_tells_a_document_without_names_from_the_one_with_them(qtbot, session):
    page = open_page(qtbot, session)
    there(qtbot, page)
    with_names = page._shown.file_name
    page.limits.choices.names._choose(False)
    there(qtbot, page)
    assert with_names == f"Corner shop Value strategy {TODAY.isoformat()}"
    assert page._shown.file_name == f"Corner shop Value strategy no names {TODAY.isoformat()}"
    page.show_record("summary")  # nobody can be named in it: there is nothing to tell apart
    there(qtbot, page)
    assert page._shown.file_name == f"Corner shop Summary {TODAY.isoformat()}"


def test_that_a_file_has_no_names_is_never_cut_off_with_a_long_name():
    name = file_name("Bakery " * 30, "Value strategy", "", "2026-11-21", "no names")
    assert name.endswith(" no names 2026-11-21")
    assert len(name) <= len(file_name("Bakery " * 30, "Value strategy", "", "2026-11-21")) + 1


def test_where_there_is_nothing_to_choose_from_it_says_so_and_leads_there(qtbot, qapp, tmp_path):
    with new_shop(tmp_path) as shop:
        session = make_session(qapp, shop, TODAY)
        page = open_page(qtbot, session)
        page.show_record("customer")
        still(qtbot, page)
        assert sentence(page) == "There is no customer yet whom this could be about."
        went = []
        session.open_requested.connect(lambda table, record: went.append((table, record)))
        qtbot.mouseClick(page.viewer._doings.itemAt(0).widget(), Qt.MouseButton.LeftButton)
        assert went == [("page", "customers")]
        session.close()


def test_another_page_opens_a_document_about_a_record(qtbot, session):
    page = open_page(qtbot, session)
    page.focus_first()
    known = session.file.value("SELECT id FROM customers ORDER BY id LIMIT 1")
    page.show_record(("customer", known))
    there(qtbot, page)
    assert page._finished.wanted.about == known
    assert page.left.gallery.button("customer").hasFocus(), "the keyboard goes along with what is chosen"
    assert not page.limits.filter_bar.isVisible()
    assert page.limits.unlimited.isVisible()


def test_a_long_name_of_what_a_document_is_about_is_cut_and_told_in_full(qtbot, session):
    name = "The Extraordinarily Long-Winded Association of Harbourside Friends and Neighbours"
    known = session.file.value("SELECT id FROM customers ORDER BY id LIMIT 1")
    session.file.run("Rename", lambda op: op.update("customers", known, {"name": name}))
    page = open_page(qtbot, session)
    page.show_record(("customer", known))
    there(qtbot, page)
    about = page.limits.choices.about
    assert about.text().endswith("…")
    assert about.geometry().right() <= page.limits.choices.width()
    assert about.accessibleName().endswith(name)


@pytest.mark.parametrize(
    ("kind", "table", "values"),
    [
        ("faq", "faqs", {"question": "Is there parking?", "answer": "Behind the house.", "shown": 1}),
        ("logging-sheet", "channels", {"key": "pigeon", "name": "Pigeon"}),
        ("team-sheet", "staff", {"name": "Ada"}),
    ],
)
def test_whatever_is_changed_elsewhere_makes_the_pages_anew(qtbot, session, kind, table, values):
    page = open_page(qtbot, session)
    page.show_record(kind)
    still(qtbot, page)
    before = page._finished
    session.run("Change", lambda op: op.insert(table, values))
    qtbot.waitUntil(lambda: page._finished is not None and page._finished is not before, timeout=15_000)
    before = page._finished
    there(qtbot, page)
    session.run("Keep", lambda op: op.insert("snoozes", {"sort": "look", "record_id": 1, "until": TODAY.isoformat()}))
    still(qtbot, page)
    assert page._finished is before


def test_a_document_about_something_deleted_since_says_so(qtbot, session, monkeypatch):
    errors = catch_errors(monkeypatch)
    event = session.file.run("Plan", lambda op: op.insert("gatherings", {"name": "Tasting", "date": "2026-11-28"}))
    page = open_page(qtbot, session)
    page.show_record(("guests", event.result))
    still(qtbot, page)
    session.run("Delete", lambda op: op.delete("gatherings", event.result))
    qtbot.waitUntil(lambda: "no longer there" in sentence(page), timeout=15_000)
    assert not page.save_button.isEnabled()
    assert errors == []


def test_choices_are_remembered_for_each_kind_when_the_page_is_made_again(qtbot, session):
    page = open_page(qtbot, session)
    page.show_record("complaints")
    page.limits.choices.names._choose(False)
    page.limits.choices.paper._choose("letter")
    page.show_record("value-strategy")
    assert page.wanted().names
    settle(qtbot, session)
    again = open_page(qtbot, session)
    assert again.wanted().kind == "value-strategy"
    again.show_record("complaints")
    assert (again.wanted().names, again.wanted().paper) == (False, "letter")


def slow_kind(monkeypatch, made, **more) -> Kind:
    """In place of the summary a document that is made by a function of the test."""
    old = kinds.kind_of("summary")
    kind = Kind("summary", "figures", old.title, old.contents, made, **more)
    monkeypatch.setitem(kinds._BY_KEY, "summary", kind)
    return kind


def test_sections_are_switched_off_and_on_in_a_menu_that_stays_open(qtbot, session, monkeypatch):
    asked = []

    def made(db, wanted):
        asked.append(wanted.left_out)
        raise UserError("No page.", "None at all.")

    sections = (Section("voices", lambda: "In their words"), Section("method", lambda: "How it is made"))
    slow_kind(monkeypatch, made, sections=sections)
    page = open_page(qtbot, session)
    page.show_record("summary")
    still(qtbot, page)
    menu = page.limits.choices._menu
    menu.popup(page.mapToGlobal(page.rect().center()))
    menu.setActiveAction(menu.actions()[0])
    qtbot.keyClick(menu, Qt.Key.Key_Space)
    assert menu.isVisible()
    menu.close()
    still(qtbot, page)
    assert asked == [frozenset(), frozenset({"voices"})]
    assert page.limits.choices.sections.text() == "1 section left out"
    assert sentence(page) == "No page. None at all."


def test_making_tells_how_far_it_is_and_can_be_cancelled(qtbot, session, monkeypatch):
    from threading import Event

    go_on = Event()
    ended = []

    def made(db, wanted):
        page_made(12)
        assert go_on.wait(20)
        try:
            page_made(13)
        except page_make.StoppedError:
            ended.append(True)
            raise
        raise AssertionError("was not stopped")

    slow_kind(monkeypatch, made)
    page = open_page(qtbot, session)
    page.show_record("summary")
    qtbot.waitUntil(lambda: sentence(page) == "Making the pages … 12 so far", timeout=20_000)
    page._stop()
    go_on.set()
    qtbot.waitUntil(lambda: ended == [True])
    assert sentence(page) == "Stopped before the pages were made."
    still(qtbot, page)
    assert not page.save_button.isEnabled()


def test_the_newest_wins_and_old_pages_stay_meanwhile(qtbot, session):
    page = open_page(qtbot, session)
    there(qtbot, page)
    page.preview.go_to(1)
    page.limits.choices.names._choose(False)
    assert page.viewer.shows_pages
    assert not page.save_button.isEnabled()
    page.limits.choices.names._choose(True)
    page.limits.choices.names._choose(False)
    there(qtbot, page)
    assert not page._finished.wanted.names
    assert page.preview.at == 1


def test_what_was_under_way_never_shows_in_place_of_what_was_chosen_since(qtbot, session):
    page = open_page(qtbot, session)
    qtbot.waitUntil(lambda: page.maker.busy, timeout=20_000)
    page.show_record("customer")
    assert not page.maker.busy
    still(qtbot, page)
    assert sentence(page) == "Which customer?"
    assert not page.save_button.isEnabled()


def test_a_bug_is_reported_and_leaves_a_way_to_try_again(qtbot, session, monkeypatch):
    shown = catch_errors(monkeypatch)

    def broken(db, wanted):
        raise ZeroDivisionError

    slow_kind(monkeypatch, broken)
    page = open_page(qtbot, session)
    page.show_record("summary")
    still(qtbot, page)
    assert sentence(page) == "The pages could not be made."
    assert len(shown) == 1
