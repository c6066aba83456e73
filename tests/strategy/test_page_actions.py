"""The Actions tab: three answers make an action, steps are taken with one press, what must be fixed is proposed."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QMenu, QPushButton

from cvdesk.catalogue.records import Filter, Period
from cvdesk.complaints.page import ComplaintsPage
from cvdesk.complaints.records import Complaint
from cvdesk.complaints.store import save as save_complaint
from cvdesk.customers.records import Customer
from cvdesk.customers.store import save as save_customer
from cvdesk.feedback.page import FeedbackPage
from cvdesk.feedback.records import Entry
from cvdesk.feedback.store import save as save_entry
from cvdesk.kit.widgets import RowButton
from cvdesk.strategy.ideas import ideas
from cvdesk.strategy.page import StrategyPage
from cvdesk.strategy.page_actions_work import DRAFT
from cvdesk.strategy.records import Action, Lift
from cvdesk.strategy.records_about import MustFix
from cvdesk.strategy.store_actions import action, actions, save
from cvdesk.strategy.store_must_fix import must_fix_proposals
from cvdesk.themes.page_one import OnePanel
from cvdesk.themes.store import tag_entry
from cvdesk.themes.store_rank import ranking
from tests.desk import TODAY
from tests.pages import catch_errors, make_session, said, settle
from tests.themes.shop import make_shop, theme_id


@pytest.fixture
def file(tmp_path):
    return make_shop(tmp_path)


@pytest.fixture
def session(qtbot, qapp, file):
    made = make_session(qapp, file, TODAY)
    yield made
    made.close()


@pytest.fixture
def opened(session):
    """What other pages were asked for."""
    found = []
    session.open_requested.connect(lambda table, record: found.append((table, record)))
    return found


def show(qtbot, session):
    page = StrategyPage(session)
    qtbot.addWidget(page)
    page.resize(1060, 720)
    page.show()
    page.choose_view("actions")
    settle(qtbot, session)
    return page, page.view("actions")


def log(file, text, theme=None, customer=None, **values):
    def work(op):
        made = save_entry(op, Entry(date=TODAY - timedelta(days=3), text=text, customer_id=customer, **values))
        if theme is not None:
            tag_entry(op, made, theme_id(op, theme), "confirmed", "owner")
        return made

    return file.run("Log", work).result


def keep(file, made):
    return file.run("Save action", lambda op: save(op, made, TODAY)).result


def names(view):
    rows = view.table.rows
    return [rows.row(place).name for place in range(rows.rowCount())]


def answer(qtbot, view, name, problem="", removes="half"):
    form = view.work.form
    qtbot.keyClicks(form.name, name)
    if problem:
        qtbot.keyClicks(form.problem.lineEdit(), problem)
    qtbot.keyClicks(form.once.amount, "240")
    form.removes.buttons[removes].setFocus()
    qtbot.keyClick(form.removes.buttons[removes], Qt.Key.Key_Space)


def press_save(qtbot, session, view):
    qtbot.keyClick(view.work.form.name, Qt.Key.Key_Return)
    settle(qtbot, session)


def test_with_no_action_one_sentence_and_two_ways_to_begin(qtbot, session):
    _page, view = show(qtbot, session)
    assert "No action so far" in said(view)
    qtbot.mouseClick(view.first, Qt.MouseButton.LeftButton)
    assert view.work.form.isVisible()


def test_three_answers_typed_make_an_action(qtbot, session, file):
    _page, view = show(qtbot, session)
    view.show_record(("make", None))
    answer(qtbot, view, "Text message when late", "Waiting and delays")
    assert "points" in said(view.work.form)  # nobody has scored it yet: said as a change, not as a score
    press_save(qtbot, session, view)
    (made,) = actions(file)
    assert (made.name, made.cost_once_minor, made.removes) == ("Text message when late", 24000, "half")
    assert made.theme_id == theme_id(file, "waiting-and-delays")
    assert made.lifts == {"waiting": Lift(0.4, 0.8, pytest.approx(1.2))}
    assert names(view) == ["Text message when late"]
    assert "£240 once" in said(view.side)


def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_saved(qtbot, session, file):
    _page, view = show(qtbot, session)
    view.show_record(("make", None))
    form = view.work.form
    qtbot.keyClicks(form.once.amount, "a lot")
    form.due.setText("some day")
    press_save(qtbot, session, view)
    shown = said(form)
    for words in ("Say in a few words", "Write an amount", "Say which problem", "Write a day"):
        assert words in shown
    assert form.due.isVisible()  # it stands under "More", which opened
    assert actions(file) == ()


def test_an_unknown_problem_is_asked_for_again(qtbot, session):
    _page, view = show(qtbot, session)
    view.show_record(("make", None))
    answer(qtbot, view, "Rota", "Zebras")
    press_save(qtbot, session, view)
    assert "Choose one from the list" in said(view.work.form)


@pytest.mark.parametrize("table", ["entries", "complaints", "themes", "factors"])
def test_an_action_is_made_from_what_another_page_shows(qtbot, session, file, table):
    entry = log(file, "Queue out of the door", "waiting-and-delays")
    theme = theme_id(file, "waiting-and-delays")
    case = file.run(
        "Log", lambda op: save_complaint(op, Complaint(date=TODAY, text="Forty minutes", themes=(theme,)))
    ).result
    which = {"entries": entry, "complaints": case, "themes": theme, "factors": "waiting"}[table]
    page, view = show(qtbot, session)
    page.show_record(("make", (table, which)))
    words = {"entries": "Queue out of the door", "complaints": "Forty minutes"}.get(table, "")
    assert words in said(view.work.form)
    answer(qtbot, view, "Second till")
    press_save(qtbot, session, view)
    (made,) = actions(file)
    assert list(made.lifts or {}) == ["waiting"]
    assert made.entry_id == (entry if table == "entries" else None)
    assert made.theme_id == theme  # also of the factor: a theme of the same name knows who spoke of it
    assert ("#1" in made.note) == (table == "complaints")


def test_what_it_was_to_be_made_from_may_be_gone(qtbot, session, monkeypatch):
    shown = catch_errors(monkeypatch)
    page, _view = show(qtbot, session)
    page.show_record(("make", ("entries", 5)))
    assert shown == ["What this action was to be made from is gone."]


def test_a_safety_mark_makes_it_a_must_fix(qtbot, session, file):
    entry = log(file, "Glass in the bread", safety=True)
    page, view = show(qtbot, session)
    assert "Glass in the bread" in view.must.findChildren(RowButton)[0].accessibleName()
    view.must.findChildren(RowButton)[0].click()
    answer(qtbot, view, "Sieve the flour", "Faults", "most")
    view.work.form.problem.setCurrentText("Faults and mistakes")
    press_save(qtbot, session, view)
    (made,) = actions(file)
    assert (made.must_fix, made.must_fix_why, made.entry_id) == (True, "safety", entry)
    assert must_fix_proposals(file, TODAY) == ()
    assert not view.must.isVisibleTo(page)


def test_serious_trouble_of_many_must_be_fixed(file):
    def many(op):
        for number in range(40):
            who = save_customer(op, Customer(f"Customer {number}"))
            severity = "serious" if number < 3 else None
            late = save_entry(op, Entry(date=TODAY, text=f"Late {number}", customer_id=who, severity=severity))
            tag_entry(op, late, theme_id(op, "delivery-and-appointments"), "confirmed", "owner")

    file.run("Log", many)
    theme = theme_id(file, "delivery-and-appointments")
    (found,) = must_fix_proposals(file, TODAY)
    assert (found.why, found.made, found.customers, found.active) == ("serious", ("themes", theme), 3, 40)
    made = keep(file, Action("Second van", theme_id=theme))
    assert must_fix_proposals(file, TODAY) == ()
    file.run("Drop", lambda op: op.update("actions", made, {"status": "dropped"}))
    assert must_fix_proposals(file, TODAY) == (MustFix(found.why, found.made, found.name, 3, 40),)


def test_a_theme_of_privacy_is_proposed_once_somebody_spoke_of_it(file):
    def rename(op):
        op.update("themes", theme_id(op, "waiting-and-delays"), {"name": "Privacy at the desk"})

    file.run("Rename", rename)
    assert must_fix_proposals(file, TODAY) == ()
    log(file, "Everybody heard my address", "waiting-and-delays")
    assert [one.why for one in must_fix_proposals(file, TODAY)] == ["privacy"]


def test_steps_are_taken_with_one_press_and_undone(qtbot, session, file, opened):
    made = keep(file, Action("Rota", lifts={"waiting": Lift(0.1, 0.2, 0.3)}))
    _page, view = show(qtbot, session)
    for status in ("planned", "started"):
        view.side.buttons[status].click()
        settle(qtbot, session)
        assert action(file, made).status == status
    view.side.buttons["done"].click()
    qtbot.keyClicks(view.work.step_form.words, "Shorter queue")
    qtbot.keyClick(view.work.step_form.words, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, session)
    assert (action(file, made).status, action(file, made).result) == ("done", "Shorter queue")
    assert "Shorter queue" in said(view.side)
    view.side.buttons["tell"].click()
    assert opened[-1] == ("care", ("tell", ("action", made)))
    session.undo()
    settle(qtbot, session)
    assert action(file, made).status == "started"


def test_a_day_still_to_come_is_no_day_for_done(qtbot, session, file):
    made = keep(file, Action("Rota", status="started", lifts={"waiting": Lift(0.1, 0.2, 0.3)}))
    _page, view = show(qtbot, session)
    view.side.buttons["done"].click()
    view.work.step_form.date.setDate(view.work.step_form.date.date().addDays(1))
    qtbot.keyClick(view.work.step_form.words, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert "still to come" in said(view.work.step_form)
    assert action(file, made).status == "started"


def test_chips_and_words_limit_the_list(qtbot, session, file):
    lifts = {"waiting": Lift(0.1, 0.2, 0.3)}
    keep(file, Action("Second van", lifts=lifts))
    keep(file, Action("Night baker", status="started", lifts=lifts))
    keep(file, Action("Sieve", must_fix=True, must_fix_why="law", lifts=lifts))
    keep(file, Action("Old idea", status="dropped", lifts=lifts))
    _page, view = show(qtbot, session)
    assert names(view) == ["Sieve", "Night baker", "Second van"]
    assert view.list.chips["open"].text() == "All open 3"
    for chip, expected in (("must", ["Sieve"]), ("started", ["Night baker"]), ("dropped", ["Old idea"]), ("done", [])):
        view.list.chips[chip].click()
        assert names(view) == expected
    view.list.chips["open"].click()
    qtbot.keyClicks(view.list.search, "bak")
    assert names(view) == ["Night baker"]
    qtbot.keyClicks(view.list.search, "zzz")
    assert "No action fits." in said(view)


def test_an_overdue_action_says_so(qtbot, session, file):
    keep(file, Action("Rota", due=TODAY - timedelta(days=40), lifts={"waiting": Lift(0.1, 0.2, 0.3)}))
    page, view = show(qtbot, session)
    page.resize(1300, 720)
    QApplication.processEvents()
    model = view.table.rows
    texts = [model.data(model.index(0, column)) for column in range(model.columnCount())]
    assert any("overdue" in str(text) for text in texts)
    assert "overdue" in said(view.side)


def test_half_typed_comes_back_with_every_answer(qtbot, session, file):
    other = keep(file, Action("Van", lifts={"waiting": Lift(0.1, 0.2, 0.3)}))
    _page, view = show(qtbot, session)
    view.show_record(("make", ("factors", "waiting")))
    answer(qtbot, view, "Second till", removes="most")
    view.work.form.month.fill("saves 90")
    view.work.form.needs.choose([other])
    view.work.form.lifts.change.click()
    view.work.keep()
    settle(qtbot, session)
    kept = json.loads(file.draft(DRAFT))
    assert kept["fields"]["name"] == "Second till"
    view.work._side.form = None
    fresh_page, fresh = show(qtbot, session)
    form = fresh.work.form
    assert "Half typed before" in said(form)
    assert (form.name.text(), form.month.minor(), form.needs.ids()) == ("Second till", -9000, (other,))
    assert form.lifts.by_hand
    press_save(qtbot, session, fresh)
    assert file.draft(DRAFT) == ""
    assert {one.name for one in actions(file)} == {"Van", "Second till"}
    assert fresh_page is not None


def test_saving_an_action_again_changes_nothing(qtbot, session, file):
    made = Action(
        "Second van",
        note="a\nb",
        theme_id=theme_id(file, "waiting-and-delays"),
        removes="bit",
        lifts={"waiting": Lift(0.123456, 0.2, 0.3)},
        reach=1 / 3,
        chance=0.65,
        hours=1.25,
        cost_month_minor=-1234,
        due=TODAY,
    )
    made_id = keep(file, made)
    before = action(file, made_id)
    _page, view = show(qtbot, session)
    view.side.buttons["edit"].click()
    press_save(qtbot, session, view)
    assert action(file, made_id) == before


def test_a_dearer_price_makes_the_price_heavier(qtbot, session, file):
    _page, view = show(qtbot, session)
    view.show_record(("make", None))
    form = view.work.form
    qtbot.keyClicks(form.name, "Bread 10 % dearer")
    form.more.click()
    form.kind.setCurrentIndex(form.kind.findData("price"))
    assert form.price.isVisible()
    assert not form.removes.isVisible()
    qtbot.keyClicks(form.price, "10")
    form.month.fill("saves 300")
    assert "worse by 0.3" in said(form)
    press_save(qtbot, session, view)
    (made,) = actions(file)
    assert (made.kind, made.cost_month_minor) == ("price", -30000)
    assert made.price_change == pytest.approx(0.1)
    assert (made.lifts or {})["price_level"].likely == pytest.approx(-0.3)


def test_stopping_what_customers_like_makes_it_worse(qtbot, session, file):
    _page, view = show(qtbot, session)
    view.show_record(("make", None))
    answer(qtbot, view, "No more tasting", "Feels good", "bit")
    form = view.work.form
    form.more.click()
    form.problem.setCurrentText(form._about.factor("feel_good").name)
    form.kind.setCurrentIndex(form.kind.findData("stop_good"))
    press_save(qtbot, session, view)
    (made,) = actions(file)
    assert made.kind == "stop"
    assert (made.lifts or {})["feel_good"].likely < 0
    view.side.buttons["edit"].click()
    assert view.work.form.kind.currentData() == "stop_good"


def test_lifts_can_be_set_by_hand_for_several_things(qtbot, session, file):
    _page, view = show(qtbot, session)
    view.show_record(("make", ("factors", "waiting")))
    answer(qtbot, view, "Second till")
    form = view.work.form
    form.more.click()
    form.lifts.change.click()
    form.lifts.add.click()
    row = form.lifts.made[1]
    row.factor.setCurrentIndex(row.factor.findData("quality"))
    for part, text in (("low", "0,1"), ("likely", "0.2"), ("high", "0.1")):
        qtbot.keyClicks(row.numbers[part], text)
    press_save(qtbot, session, view)
    assert "The low guess comes first" in said(form)
    row.numbers["high"].setText("0.4")
    press_save(qtbot, session, view)
    (made,) = actions(file)
    assert (made.lifts or {})["quality"] == Lift(0.1, 0.2, 0.4)
    assert made.removes == ""
    assert set(made.lifts or {}) == {"waiting", "quality"}


def test_an_idea_fills_the_form(qtbot, session, file):
    _page, view = show(qtbot, session)
    view.first_ideas.click()
    dialog = view.work.dialog
    assert "not advice" in said(dialog)
    assert len(dialog.made) == len(ideas())
    qtbot.keyClicks(dialog.search, "pair of hands")
    (line,) = dialog.made
    line.click()
    press_save(qtbot, session, view)
    (made,) = actions(file)
    assert (made.idea, made.removes, list(made.lifts or {})) == ("waiting-1", "half", ["waiting"])


def test_there_are_ideas_for_everything_customers_value(file):
    keys = {row["key"] for row in file.rows("SELECT key FROM factors")}
    assert {idea.factor for idea in ideas()} == keys
    assert len({idea.key for idea in ideas()}) == len(ideas())
    for key in keys:
        assert 4 <= sum(idea.factor == key for idea in ideas()) <= 6


def test_a_circle_is_said_and_what_was_typed_stays(qtbot, session, file, monkeypatch):
    shown = catch_errors(monkeypatch)
    lifts = {"waiting": Lift(0.1, 0.2, 0.3)}
    oven = keep(file, Action("Oven", lifts=lifts))
    baker = keep(file, Action("Baker", needs=(oven,), lifts=lifts))
    page, view = show(qtbot, session)
    page.show_record(("action", oven))
    view.side.buttons["edit"].click()
    view.work.form.needs.tick(baker)
    press_save(qtbot, session, view)
    assert "circle" in shown[0]
    assert view.work.form.isVisible()
    assert view.work.form.needs.ids() == (baker,)


def test_the_keyboard_deletes_opens_and_finds(qtbot, session, file):
    lifts = {"waiting": Lift(0.1, 0.2, 0.3)}
    keep(file, Action("Van", lifts=lifts))
    keep(file, Action("Bike", lifts=lifts))
    _page, view = show(qtbot, session)
    view.table.setFocus()
    view.select_first()
    qtbot.keyClick(view.table, Qt.Key.Key_Return)
    assert view.work.form.name.text() == "Bike"
    qtbot.keyClick(view.work.form.name, Qt.Key.Key_Escape)
    settle(qtbot, session)
    qtbot.keyClick(view.table, Qt.Key.Key_Delete)
    settle(qtbot, session)
    assert names(view) == ["Van"]


def test_the_context_menu_has_the_same_steps(qtbot, session, file):
    made = keep(file, Action("Van", lifts={"waiting": Lift(0.1, 0.2, 0.3)}))
    _page, view = show(qtbot, session)
    view.select_first()
    view.table.customContextMenuRequested.emit(QPoint(5, 5))
    menu = view.findChildren(QMenu)[-1]
    by_words = {one.text(): one for one in menu.actions()}
    assert {"Plan it", "Start", "Drop…", "Edit…", "Delete"} <= set(by_words)
    by_words["Plan it"].trigger()
    menu.close()
    settle(qtbot, session)
    assert action(file, made).status == "planned"


def test_very_long_words_stay_inside_the_panel(qtbot, session, file):
    keep(file, Action("W" * 290, note="supercalifragilistic " * 200, lifts={"waiting": Lift(0.1, 0.2, 0.3)}))
    page, view = show(qtbot, session)
    page.resize(800, 560)
    QApplication.processEvents()
    assert view._side.geometry().right() <= view.width()
    assert view.table.isVisible()


def test_every_widget_has_a_name_for_a_screen_reader(qtbot, session):
    _page, view = show(qtbot, session)
    view.show_record(("make", None))
    view.work.form.more.click()
    view.work.form.lifts.change.click()
    nameless = [made for made in view.findChildren(QPushButton) if not (made.accessibleName() or made.text())]
    assert nameless == []
    for field in view.work.form._fields.values():
        assert field.accessibleName() or field.focusProxy() is not None


# Where other pages offer it


def test_feedback_offers_it_beside_the_entry_and_in_its_menu(qtbot, session, file, opened):
    entry = log(file, "Queue out of the door")
    page = FeedbackPage(session)
    qtbot.addWidget(page)
    page.show()
    settle(qtbot, session)
    page.select_first()
    settle(qtbot, session)
    (offered,) = [made for made in page.findChildren(QPushButton) if made.text() == "Make this an action"]
    offered.click()
    menu = page.open_menu(QPoint(5, 5))
    next(one for one in menu.actions() if one.text() == "Make this an action").trigger()
    menu.close()
    assert opened == [("actions", ("make", ("entries", entry)))] * 2


def test_a_complaint_offers_it_in_its_menu(qtbot, session, file, opened):
    case = file.run("Log", lambda op: save_complaint(op, Complaint(date=TODAY, text="Forty minutes"))).result
    page = ComplaintsPage(session)
    qtbot.addWidget(page)
    page.show()
    settle(qtbot, session)
    page.select_first()
    settle(qtbot, session)
    next(one for one in page.case.menu.actions() if one.text() == "Make this an action").trigger()
    assert opened == [("actions", ("make", ("complaints", case)))]


def test_a_theme_offers_it_in_its_panel(qtbot, session, file):
    log(file, "Queue out of the door", "waiting-and-delays")
    panel = OnePanel(session.theme)
    qtbot.addWidget(panel)
    wanted = []
    panel.opened.connect(lambda table, record: wanted.append((table, record)))
    row = ranking(file, Filter(Period.last_months(12, TODAY)), TODAY).rows[0]
    panel.show_theme(row, None, None, TODAY)
    next(made for made in panel.findChildren(RowButton) if made.accessibleName() == "Make this an action").click()
    assert wanted == [("actions", ("make", ("themes", row.figure.id)))]


def test_what_is_in_use_no_longer_stays_where_nobody_changes_it(qtbot, session, file):
    def set_up(op):
        who = op.insert("staff", {"name": "Sam", "active": 0})
        op.update("themes", theme_id(op, "waiting-and-delays"), {"active": 0})
        return who

    who = file.run("Set up", set_up).result
    theme = theme_id(file, "waiting-and-delays")
    made = keep(
        file, Action("Till", theme_id=theme, staff_id=who, removes="bit", lifts={"waiting": Lift(0.1, 0.2, 0.3)})
    )
    before = action(file, made)
    _page, view = show(qtbot, session)
    view.side.buttons["edit"].click()
    view.work.form.name.setText("Second till")
    press_save(qtbot, session, view)
    assert action(file, made) == replace(before, name="Second till")
    assert "Second till" in said(view.side)


def test_saving_what_was_not_changed_shows_the_action_again(qtbot, session, file):
    keep(file, Action("Till", lifts={"waiting": Lift(0.1, 0.2, 0.3)}))
    _page, view = show(qtbot, session)
    view.side.buttons["edit"].click()
    press_save(qtbot, session, view)
    assert view.side.isVisible()
    assert view._side.form is None
