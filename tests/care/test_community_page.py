"""Community in the window, by keys and clicks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QPushButton, QWidget

from cvdesk.care import store_community, store_faq, store_groups, store_poster
from cvdesk.care.page_calendar import CalendarDialog, save_calendar
from cvdesk.care.page_community import CommunityView
from cvdesk.care.page_community_invite import write_invitations
from cvdesk.care.records_community import Advocate, Faq, Gathering, Group, Pair, Referral
from cvdesk.catalogue.records import Business
from cvdesk.customers import store as customers
from cvdesk.customers.records import Contact, Customer
from cvdesk.db import BusinessFile
from cvdesk.exchange.new import make_business
from cvdesk.feedback import store as feedback
from cvdesk.feedback.records import Entry
from cvdesk.kit import ask
from cvdesk.kit.table import Table
from tests.pages import Answers, catch_errors, make_session, said, settle

TODAY = date(2026, 11, 21)
ROOMS = ("advocates", "groups", "referrals", "poster", "faq")


@pytest.fixture
def file(tmp_path: Path) -> Iterator[BusinessFile]:
    with make_business(tmp_path / "bakery.cvdesk", Business("Harbour Bakery")) as made:
        yield made


@pytest.fixture
def show(qtbot, qapp):
    views: list[CommunityView] = []

    def made(file: BusinessFile, room: str = "advocates") -> CommunityView:
        session = make_session(qapp, file, TODAY)
        view = CommunityView(session)
        views.append(view)
        session.changed.connect(lambda tables: view.show_for(session.filter) if tables & view.watches else None)
        qtbot.addWidget(view)
        view.resize(1040, 640)
        view.show()
        view.activateWindow()
        qtbot.waitExposed(view)
        qtbot.waitUntil(view.isActiveWindow)
        view.show_room(room)
        settle(qtbot, session)
        view.room(room).focus_first()
        return view

    yield made
    for view in views:
        view.close()
        view.session.close()


def keyboard(view) -> QWidget:
    return view.window().focusWidget()


def press(qtbot, view, *keys) -> None:
    for key in keys:
        qtbot.keyClick(keyboard(view), key)
        settle(qtbot, view.session)
        settle(qtbot, view.session)


def type_in(qtbot, view, text) -> None:
    qtbot.keyClicks(keyboard(view), text)


def click(qtbot, view, text) -> None:
    found = [one for one in view.findChildren(QPushButton) if one.isVisibleTo(view) and one.text().strip() == text]
    assert found, f"no button {text}: {[one.text() for one in view.findChildren(QPushButton)]}"
    qtbot.mouseClick(found[0], Qt.MouseButton.LeftButton)
    settle(qtbot, view.session)
    settle(qtbot, view.session)


def people(file, *names, **more) -> list[int]:
    def work(op):
        return [
            customers.save(op, Customer(name, may_write="yes", contacts=(Contact("email", f"{n}@x.org"),), **more))
            for n, name in enumerate(names)
        ]

    return file.run("P", work).result


def praise(file, who, times=2) -> None:
    file.run("E", lambda op: [
        feedback.save(op, Entry(TODAY, "Best rye in town", who, kind="praise", rating=5)) for _n in range(times)
    ])  # fmt: skip


def run(file, work, *args):
    return file.run("W", lambda op: work(op, *args)).result


def test_somebody_proposed_agrees_is_quoted_and_withdraws_in_one_press(file, show, qtbot):
    (anna,) = people(file, "Anna Bell")
    praise(file, anna)
    view = show(file)
    assert "– 2 times 5 stars" in said(view)
    assert "they have not agreed to be quoted" in said(view)
    click(qtbot, view, "They agreed…")
    press(qtbot, view, Qt.Key.Key_Space)  # their words may be used
    form = view.room("advocates").side.form
    assert form.day.text() == "21 Nov 2026"
    press(qtbot, view, Qt.Key.Key_Return)  # how is still missing
    assert "Say how they agreed" in said(view)
    type_in(qtbot, view, "at the counter")
    press(qtbot, view, Qt.Key.Key_Return)
    assert "May be quoted, without the name: agreed on 21 Nov 2026, at the counter." in said(view)
    assert store_community.quotes(file)[0].name == ""
    view.room("advocates").copy(store_community.quotes(file)[0])
    assert QGuiApplication.clipboard().text() == "“Best rye in town”"
    click(qtbot, view, "Withdraw consent")
    assert store_community.quotes(file) == ()
    assert "nothing of theirs goes on any paper" in said(view)
    view.session.undo()
    settle(qtbot, view.session)
    assert len(store_community.quotes(file)) == 2


def test_a_group_is_made_with_the_keyboard_and_its_event_is_attended_by_numbers(file, show, qtbot):
    people(file, "Anna Bell", "Bo Bell", "Cy Park")
    view = show(file, "groups")
    press(qtbot, view, Qt.Key.Key_Return)  # make the first group
    type_in(qtbot, view, "Panel")
    form = view.room("groups").side.form
    form.search.setText("bell")
    press(qtbot, view, Qt.Key.Key_Return)
    assert [row.members for row in store_groups.groups(file, TODAY)] == [2]
    click(qtbot, view, "New event…")
    type_in(qtbot, view, "Tasting")
    press(qtbot, view, Qt.Key.Key_Return)
    event = store_groups.gatherings(file)[0].gathering
    assert (event.name, event.date) == ("Tasting", TODAY)
    click(qtbot, view, "Invite “Panel”")
    view.room("groups").side.findChild(Table).setFocus()
    press(qtbot, view, Qt.Key.Key_3)
    qtbot.waitUntil(lambda: keyboard(view).accessibleName() == "Guests")
    press(qtbot, view, Qt.Key.Key_4)
    assert {one.name: one.state for one in store_groups.guests(file, event.id)} == {
        "Anna Bell": "came", "Bo Bell": "declined",
    }  # fmt: skip
    assert "1 came of 2 invited" in said(view)


def test_who_may_not_be_written_to_is_left_out_and_the_person_is_told(file, show, qtbot):
    anna, bo = people(file, "Anna Bell", "Bo Lind")
    file.run("N", lambda op: op.update("customers", bo, {"may_write": "no"}))
    group = run(file, store_groups.save_group, Group("Panel"), [anna, bo])
    event = run(file, store_groups.save_gathering, Gathering("Tasting", TODAY, group))
    view = show(file, "groups")
    heard: list[str] = []
    view.session.said.connect(lambda text, _undo: heard.append(text))
    click(qtbot, view, "Invite “Panel”")
    assert [one.name for one in store_groups.guests(file, event)] == ["Anna Bell"]
    assert "1 customer invited; 1 not, because you may not write to them" in heard[-1]


def test_invitations_are_written_as_drafts_into_a_folder(file, show, qtbot, monkeypatch, tmp_path):
    anna, bo = people(file, "Anna Bell", "Bo Lind")
    event = run(file, store_groups.save_gathering, Gathering("Tasting", TODAY))
    run(file, store_groups.invite, event, [anna, bo])
    monkeypatch.setattr(ask.prompts, "choose_folder", lambda *_args: tmp_path)
    view = show(file, "groups")
    room = view.room("groups")
    write_invitations(room, store_groups.gatherings(file)[0].gathering)
    settle(qtbot, view.session)
    click(qtbot, view, "Save")
    assert sorted(path.name for path in tmp_path.glob("*.eml")) == ["Anna Bell.eml", "Bo Lind.eml"]
    assert room.side.form is None


def test_who_sent_whom_is_noted_with_the_keyboard_and_thanked(file, show, qtbot):
    people(file, "Anna Bell")
    view = show(file, "referrals")
    press(qtbot, view, Qt.Key.Key_Return)
    type_in(qtbot, view, "Anna Bell")
    press(qtbot, view, Qt.Key.Key_Return)
    assert "Say whom they sent." in said(view)
    type_in(qtbot, view, "Her sister")
    press(qtbot, view, Qt.Key.Key_Return)
    assert "Anna Bell sent Her sister" in said(view)
    opened: list[object] = []
    view.session.open_requested.connect(lambda where, what: opened.append((where, what)))
    click(qtbot, view, "Give something…")
    assert opened == [("care", ("gesture", store_community.referrals(file)[0].referral.customer_id))]
    click(qtbot, view, "Thanked today")
    assert "Thanked on 21 Nov 2026" in said(view)


def test_a_line_of_the_poster_is_moved_left_off_and_saved_on_paper(file, show, qtbot, monkeypatch, tmp_path):
    for number in range(2):
        run(file, store_poster.save_pair, Pair(f"Said {number}", f"Did {number}", TODAY))
    view = show(file, "poster")
    monkeypatch.setattr(ask, "prompts", Answers(tmp_path / "poster"))
    press(qtbot, view, Qt.Key.Key_Home)
    qtbot.keyClick(keyboard(view), Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    settle(qtbot, view.session)
    assert [pair.said for pair in store_poster.pairs(file)] == ["Said 0", "Said 1"]
    assert view.room("poster").chosen().said == "Said 1"  # the selection goes along
    press(qtbot, view, Qt.Key.Key_Space)
    assert [pair.shown for pair in store_poster.pairs(file)] == [True, False]
    click(qtbot, view, "Save the poster…")
    assert (tmp_path / "poster.pdf").read_bytes().startswith(b"%PDF")


def test_a_poster_with_nothing_on_it_says_so(file, show, qtbot, monkeypatch, tmp_path):
    run(file, store_poster.save_pair, Pair("Said", "Did", TODAY, shown=False))
    view = show(file, "poster")
    monkeypatch.setattr(ask, "prompts", Answers(tmp_path / "poster.pdf"))
    shown = catch_errors(monkeypatch)
    click(qtbot, view, "Save the poster…")
    assert shown == ["There is nothing to put on the poster yet."]
    assert not (tmp_path / "poster.pdf").exists()


def test_a_question_that_recurs_is_answered_once_and_used_as_a_reply(file, show, qtbot, monkeypatch, tmp_path):
    for one in people(file, "Anna Bell", "Bo Lind", "Cy Park"):
        run(file, feedback.save, Entry(TODAY, "Do you make cakes without egg?", one, kind="question"))
    view = show(file, "faq")
    assert "Asked by 3 customers within 12 months" in said(view)
    click(qtbot, view, "Write the answer…")
    type_in(qtbot, view, "Yes, two days ahead.")
    qtbot.keyClick(keyboard(view), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, view.session)
    settle(qtbot, view.session)
    assert [(faq.question, faq.answer) for faq in store_faq.faqs(file, TODAY)] == [
        ("Do you make cakes without egg?", "Yes, two days ahead.")
    ]
    click(qtbot, view, "Use as a reply")
    assert file.value("SELECT text FROM snippets") == "Yes, two days ahead."
    monkeypatch.setattr(ask, "prompts", Answers(tmp_path / "faq"))
    click(qtbot, view, "Save for the web…")
    assert "Yes, two days ahead." in (tmp_path / "faq.html").read_text(encoding="utf-8")


def test_another_page_leads_to_an_event_a_question_and_a_theme(file, show, qtbot):
    event = run(file, store_groups.save_gathering, Gathering("Tasting", TODAY + timedelta(days=3)))
    run(file, store_groups.save_group, Group("Panel"))
    faq = run(file, store_faq.save_faq, Faq("Do you deliver?", "Yes"))
    view = show(file)
    view.show_record(("group", event))
    settle(qtbot, view.session)
    assert view.room("groups").chosen().gathering.name == "Tasting"
    view.show_record(("faq", faq))
    settle(qtbot, view.session)
    assert view.room("faq").chosen().id == faq
    view.show_record(("poster", None))
    settle(qtbot, view.session)
    assert view.room("poster").isVisibleTo(view)
    theme = file.value("SELECT id FROM themes LIMIT 1")
    view.show_record(("faq", ("theme", theme)))
    settle(qtbot, view.session)
    assert view.room("faq").side.form.record().theme_id == theme


@pytest.mark.parametrize("room", ROOMS)
def test_everything_the_keyboard_reaches_has_a_name_with_and_without_rows(file, show, qtbot, room):
    view = show(file, room)

    def nameless() -> list[str]:
        kinds = (QAbstractButton, QLineEdit)
        seen = (one for one in view.findChildren(QWidget) if one.isVisibleTo(view) and isinstance(one, kinds))
        reached = [one for one in seen if one.focusPolicy() & Qt.FocusPolicy.TabFocus]
        assert reached
        return [
            repr(one) for one in reached
            if not QAccessible.queryAccessibleInterface(one).text(QAccessible.Text.Name).strip()
        ]  # fmt: skip

    assert nameless() == []
    anna, bo = people(file, "Anna Bell", "Bo Lind")
    praise(file, anna)
    praise(file, bo)
    run(file, store_community.save_advocate, Advocate(anna, TODAY, True, True, TODAY, "by e-mail"))
    group = run(file, store_groups.save_group, Group("Panel"), [anna])
    event = run(file, store_groups.save_gathering, Gathering("Tasting", TODAY, group))
    run(file, store_groups.invite, event, [anna])
    run(file, store_community.save_referral, Referral(anna, TODAY, bo))
    run(file, store_poster.save_pair, Pair("Said", "Did", TODAY))
    run(file, store_faq.save_faq, Faq("Do you deliver?", "Yes"))
    view.show_room(room)
    settle(qtbot, view.session)
    assert nameless() == []


def test_the_calendar_file_is_saved_with_or_without_names(file, show, qtbot, monkeypatch, tmp_path):
    people(file, "Anna Bell", since=date(2025, 11, 25))
    view = show(file)
    monkeypatch.setattr(ask, "prompts", Answers(tmp_path / "desk"))
    dialog: CalendarDialog = save_calendar(view.session, view)
    dialog.save.click()
    settle(qtbot, view.session)
    assert b"Anna" in (tmp_path / "desk.ics").read_bytes()
    dialog = save_calendar(view.session, view)
    dialog.names.setChecked(False)
    dialog.save.click()
    settle(qtbot, view.session)
    assert b"Anna" not in (tmp_path / "desk.ics").read_bytes()
    assert b"BEGIN:VEVENT" in (tmp_path / "desk.ics").read_bytes()
