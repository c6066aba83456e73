"""Telling customers in the window: choosing, writing, noting, and never against their wish."""

from __future__ import annotations

import email
from collections.abc import Iterator
from datetime import date
from email import policy
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from cvdesk.care.form_loop import ToldDialog
from cvdesk.care.page_loop import LoopView
from cvdesk.catalogue.records import Business
from cvdesk.customers.store_permission import set_permission
from cvdesk.db import BusinessFile
from cvdesk.exchange.new import make_business
from cvdesk.kit import ask, mail
from tests.care.test_loop import TODAY, act, add, say, theme
from tests.pages import Answers, catch_errors, make_session, said, settle


@pytest.fixture
def file(tmp_path: Path) -> Iterator[BusinessFile]:
    with make_business(tmp_path / "bakery.cvdesk", Business("Harbour Bakery")) as made:
        yield made


@pytest.fixture
def people(file: BusinessFile) -> dict[str, int]:
    about = theme(file)
    made = {name: add(file, name, answer, "Round 3") for name, answer in
            (("Ada", ""), ("Ben", "yes"), ("Cyd", "no"), ("Dee", "yes"), ("Eve", ""))}  # fmt: skip
    for name in ("Ada", "Ben", "Cyd"):
        say(file, made[name], about, f"{name} waited an hour")
    return made | {"theme": about, "action": act(file, about)}


@pytest.fixture
def show(qtbot, qapp):
    views: list[LoopView] = []

    def made(file: BusinessFile, width: int = 1150) -> LoopView:
        view = LoopView(make_session(qapp, file, TODAY))
        views.append(view)
        qtbot.addWidget(view)
        view.session.changed.connect(lambda _tables: view.show_for(view.session.filter))
        view.resize(width, 680)
        view.show()
        view.activateWindow()
        qtbot.waitExposed(view)
        view.show_for(view.session.filter)
        settle(qtbot, view.session)
        return view

    yield made
    for view in views:
        view.session.close()


def listed(view: LoopView) -> list[str]:
    rows = view.circle.table.rows
    return [rows.row(place).name for place in range(rows.rowCount())]


def dialog(view: LoopView) -> ToldDialog:
    found = [one for one in QApplication.topLevelWidgets() if isinstance(one, ToldDialog) and one.isVisible()]
    assert len(found) == 1
    return found[0]


def test_those_who_raised_it_are_ticked_and_the_others_stand_apart(file, people, show, qtbot) -> None:
    view = show(file)
    assert [row.title for row in view._rows] == ["A second till", "Queue"]
    assert listed(view) == ["Ada", "Ben"]
    assert [one.name for one in view.circle.people()] == ["Ada", "Ben"]
    qtbot.mouseClick(view.circle.tabs.button("likely"), Qt.MouseButton.LeftButton)
    assert listed(view) == ["Dee"]
    qtbot.mouseClick(view.circle.tabs.button("left_out"), Qt.MouseButton.LeftButton)
    assert listed(view) == ["Cyd", "Eve"]
    assert "Nobody waits" not in said(view)


def test_space_and_a_click_tick_and_untick(file, people, show, qtbot) -> None:
    view = show(file)
    table = view.circle.table
    table.setFocus()
    table.select_row(0)
    qtbot.keyClick(table, Qt.Key.Key_Space)
    assert [one.name for one in view.circle.people()] == ["Ben"]
    place = table.visualRect(table.rows.index(1, 0)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert view.circle.people() == []
    assert not view.circle.tell.isEnabled()
    qtbot.mouseClick(view.circle.all, Qt.MouseButton.LeftButton)
    assert len(view.circle.people()) == 2


def test_the_letter_is_read_as_it_is_typed_and_kept(file, people, show, qtbot) -> None:
    view = show(file)
    text = view.circle.text
    view.circle.table.select_row(1)
    assert "Dear Ben," in text.preview.text()
    assert "“Ben waited an hour”" in text.preview.text()
    text.words.selectAll()
    qtbot.keyClicks(text.words, "Hello {name} {town}")
    assert text.preview.text() == "Hello Ben {town}"
    assert "{town}" in text.wrong.text()
    text.keep()
    settle(qtbot, view.session)
    assert LoopView(view.session).circle.text.words.toPlainText() == "Hello {name} {town}"


def test_narrow_text_and_letter_take_turns(file, people, show, qtbot) -> None:
    view = show(file, width=740)
    text = view.circle.text
    assert text.words.isVisible()
    assert not text.preview.isVisible()
    qtbot.mouseClick(text.tabs.button("read"), Qt.MouseButton.LeftButton)
    assert text.preview.isVisible()


def test_told_is_noted_for_all_ticked_and_taken_back_with_undo(file, people, show, qtbot) -> None:
    view = show(file)
    qtbot.mouseClick(view.circle.tell, Qt.MouseButton.LeftButton)
    asked = dialog(view)
    qtbot.keyClicks(asked.form.said, "Glad to hear it")
    qtbot.mouseClick(asked.save, Qt.MouseButton.LeftButton)
    settle(qtbot, view.session)
    settle(qtbot, view.session)
    assert listed(view) == []
    assert "Everybody who raised this was told." in said(view)
    rows = file.rows("SELECT customer_id, said FROM touches WHERE kind = 'told' ORDER BY customer_id")
    assert [tuple(row) for row in rows] == [(people[name], "Glad to hear it") for name in ("Ada", "Ben")]
    view.session.undo()
    settle(qtbot, view.session)
    settle(qtbot, view.session)
    assert listed(view) == ["Ada", "Ben"]


def test_a_day_to_come_is_shown_beside_the_field(file, people, show, qtbot) -> None:
    view = show(file)
    view.circle.tell.click()
    asked = dialog(view)
    asked.form.day.setDate(asked.form.day.date().addDays(1))
    asked.save.click()
    assert "This day is still to come." in said(asked)
    qtbot.keyClick(asked, Qt.Key.Key_Escape)
    assert file.value("SELECT count(*) FROM touches") == 0


def test_what_one_said_to_it_can_be_logged(file, people, show, qtbot) -> None:
    view = show(file)
    opened: list[tuple[str, object]] = []
    view.session.open_requested.connect(lambda table, record: opened.append((table, record)))
    view.circle.ticked = {people["Ada"]}
    view.circle.ticks_changed()
    view.circle.tell.click()
    asked = dialog(view)
    asked.log.setChecked(True)
    asked.save.click()
    settle(qtbot, view.session)
    assert opened == [("entries", ("new", people["Ada"], "Ada"))]


def test_drafts_lists_and_letters_reach_nobody_who_said_no_meanwhile(
    file, people, show, qtbot, monkeypatch, tmp_path
) -> None:
    view = show(file)
    answers = Answers(tmp_path / "out")
    answers.choose_folder = lambda *_given: tmp_path
    monkeypatch.setattr(ask, "prompts", answers)
    view.session.changed.disconnect()
    view.session.run("No", lambda op: set_permission(op, people["Ben"], "no", TODAY))
    settle(qtbot, view.session)
    assert [one.name for one in view.circle.people()] == ["Ada", "Ben"]
    for write, name in ((view.circle.out.calls, "calls.pdf"), (view.circle.out.letters, "letters.pdf")):
        answers.path = tmp_path / name
        write(False)
        settle(qtbot, view.session)
        text = "\n".join(page.extract_text() for page in PdfReader(tmp_path / name).pages)
        assert "Ada" in text
        assert "Ben" not in text
    view.circle.out.drafts()
    settle(qtbot, view.session)
    drafts = [email.message_from_bytes(path.read_bytes(), policy=policy.default) for path in tmp_path.glob("*.eml")]
    assert [str(one["To"]) for one in drafts] == ["Ada <ada@x.org>"]
    opened: list[object] = []
    monkeypatch.setattr(mail.desktop, "open", lambda url: opened.append(url) or True)
    ben = next(one for one in view.circle.people() if one.name == "Ben")
    assert not view.circle.out.open_draft(ben)
    assert opened == []


def test_drafts_open_one_after_the_other(file, people, show, qtbot, monkeypatch) -> None:
    view = show(file)
    opened: list[str] = []
    monkeypatch.setattr(mail.desktop, "open", lambda url: opened.append(url.path()) or True)
    view.circle.table.select_row(0)
    for _time in range(2):
        view.circle.drafts.menu().actions()[0].trigger()
    assert opened == ["ada@x.org", "ben@x.org"]


def test_nobody_ticked_any_more_may_be_written_to_is_said(file, people, show, qtbot, monkeypatch, tmp_path) -> None:
    view = show(file)
    shown = catch_errors(monkeypatch)
    monkeypatch.setattr(ask, "prompts", Answers(tmp_path / "letters.pdf"))
    view.session.changed.disconnect()
    for name in ("Ada", "Ben"):
        view.session.run("No", lambda op, name=name: set_permission(op, people[name], "no", TODAY))
    settle(qtbot, view.session)
    view.circle.out.letters(False)
    settle(qtbot, view.session)
    assert shown == ["There is nobody to write to."]
    assert not (tmp_path / "letters.pdf").exists()
    assert view.circle.letters.isEnabled()


def test_another_page_leads_here_also_to_what_is_not_listed(file, people, show, qtbot) -> None:
    view = show(file)
    other = act(file, theme(file, "Smell"), date(2026, 9, 9), name="New filter")
    view.show_record(("tell", ("action", other)))
    settle(qtbot, view.session)
    assert view.circle.title.text() == "New filter"
    assert "Nobody with a name raised this" in said(view)
    view.show_record(("tell", ("theme", people["theme"])))
    settle(qtbot, view.session)
    assert view.circle.title.text() == "Queue"
    view.show_record(("tell", ("action", 12345)))
    settle(qtbot, view.session)
    assert view.circle.title.text() == "No longer in the file"


def test_nothing_to_tell_yet_says_what_comes_here(file, show) -> None:
    view = show(file)
    assert "Once an action is done" in said(view)
    assert not view.circle.isVisible()


def test_everything_has_a_name_for_a_screen_reader(file, people, show) -> None:
    from tests.customers.test_page import unnamed

    assert unnamed(show(file)) == []
