"""The tab "Against others": a competitor with the keyboard, the edges and their sum, the map, the grid without any."""

from datetime import timedelta

import pytest
from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication

from cvdesk.catalogue import store as catalogue
from cvdesk.kit.theme import Theme
from cvdesk.value.page import ValuePage
from cvdesk.value.page_competitors_edit import CompetitorDialog
from cvdesk.value.page_competitors_table import ADVICE, EDGE, STANDING
from cvdesk.value.page_map import SpotChart, _crossed
from cvdesk.value.records_picture import Dot, Picture, Stroke
from cvdesk.value.store_rivals import competitors
from tests.figures.shop import TODAY, new_shop
from tests.pages import catch_errors, make_session, said, settle
from tests.value.test_rivals import about, add_rival, core_of, customers

DAY = TODAY - timedelta(days=20)


@pytest.fixture
def session(qapp, tmp_path):
    made = make_session(qapp, new_shop(tmp_path), TODAY)
    yield made
    made.close()


def opened(qtbot, session, width=1300):
    page = ValuePage(session)
    qtbot.addWidget(page)
    page.resize(width, 800)
    page.show()
    page.choose_view("competitors")
    settle(qtbot, session)
    return page


def used_both(op):
    rival = add_rival(op, "Crumb & Co", 1.1)
    for factor in catalogue.factors(op):
        catalogue.set_importance(op, factor.id, 5.0 if factor.key == "quality" else 3.0)
    base = core_of(op)
    customers(op, 8, lambda n: base | {"quality": 5.0}, lambda n: base | {"quality": 2.0 + n % 2}, rival)
    return rival


def column(table, which):
    return [table.rows.data(table.rows.index(row, which)) for row in range(table.rows.rowCount())]


def test_the_edge_is_said_in_words_and_the_column_adds_up_to_the_difference(qtbot, session):
    session.file.run("Fill", used_both)
    page = opened(qtbot, session)
    view = page.views.open
    assert page.subtitle.text().startswith("8 customers who used both rated you and them")
    assert column(view.table, STANDING)[0].startswith("2.5 ahead (")
    assert column(view.table, ADVICE)[:2] == ["Double down", "About level"]
    edges = [float(text.replace("−", "-")) for text in column(view.table, EDGE)]
    together = view.together.text()
    assert f"{sum(edges):.2f} ahead" in together
    assert "less is better" not in view.ratings.text()
    assert "Quality: you 5.0 of 5 (8 answers), they 2.5 of 5 (8 answers)" in view.ratings.text()
    assert "Decides it" in view.ratings.text()


def test_the_map_is_read_by_keyboard_and_screen_reader_and_its_names_do_not_overlap(qtbot, session):
    session.file.run("Fill", used_both)
    view = opened(qtbot, session).views.open
    chart = view.chart
    assert chart.isVisible()
    assert "customers get" in chart.accessibleDescription()
    assert QAccessible.queryAccessibleInterface(chart).text(QAccessible.Text.Name) == "Value map"
    qtbot.waitUntil(lambda: len(chart.labels) == 2)
    assert {name for name, _box in chart.labels} == {"You", "Crumb & Co"}
    first, second = (box for _name, box in chart.labels)
    assert not first.intersects(second)
    chart.setFocus()
    qtbot.keyClick(chart, Qt.Key.Key_Right)
    assert chart.accessibleDescription() == "Crumb & Co: what you are measured by"
    qtbot.keyClick(chart, Qt.Key.Key_Right)
    assert chart.accessibleDescription().startswith("You: ")
    assert "110% of what they cost" in chart.accessibleDescription()


def test_a_guess_stands_in_grey_and_is_never_tested(qtbot, session):
    def work(op):
        rival = add_rival(op)
        customers(op, 6, lambda n: core_of(op))
        about(op, rival, core_of(op, 2.0), "guess")

    session.file.run("Fill", work)
    page = opened(qtbot, session)
    view = page.views.open
    assert page.heading.text() == "Your guess about Crumb"
    assert "not tested" in page.subtitle.text()
    assert set(column(view.table, ADVICE)) == {"Not tested"}
    grey = session.theme.colour("faint")
    shown = view.table.rows.data(view.table.rows.index(0, STANDING), Qt.ItemDataRole.ForegroundRole)
    assert shown == grey
    assert "No customer who used both has rated them yet" in said(view)


def test_a_competitor_is_added_by_keyboard_and_taken_back(qtbot, session, monkeypatch):
    errors = catch_errors(monkeypatch)
    session.file.run("Fill", lambda op: customers(op, 6, lambda n: core_of(op)))
    page = opened(qtbot, session)
    view = page.views.open
    assert page.heading.text() == "What matters, and how well you do"
    view.focus_first()
    qtbot.keyClick(view.add, Qt.Key.Key_Return)
    dialog = page.window().findChild(CompetitorDialog)
    qtbot.keyClicks(dialog.form.name, "Crumb & Co")
    qtbot.keyClicks(dialog.form.price, "11o")
    qtbot.keyClick(dialog.form.price, Qt.Key.Key_Return)
    assert dialog.isVisible()
    assert "Write a number" in said(dialog)
    dialog.form.price.clear()
    qtbot.keyClicks(dialog.form.price, "112,5 %")
    qtbot.keyClick(dialog.form.price, Qt.Key.Key_Return)
    settle(qtbot, session)
    assert [(one.name, one.price_ratio) for one in competitors(session.file)] == [("Crumb & Co", 1.125)]
    settle(qtbot, session)
    assert page.heading.text() == "Nothing is known about Crumb & Co yet"
    session.undo()
    settle(qtbot, session)
    assert competitors(session.file) == []
    assert page.heading.text() == "What matters, and how well you do"
    assert errors == []


def test_a_name_that_is_there_already_is_refused_in_words(qtbot, session, monkeypatch):
    errors = catch_errors(monkeypatch)
    session.file.run("Add", add_rival)
    session.file.run("Fill", lambda op: customers(op, 6, lambda n: core_of(op)))
    page = opened(qtbot, session)
    page.views.open._add()
    dialog = page.window().findChild(CompetitorDialog)
    qtbot.keyClicks(dialog.form.name, "crumb")
    qtbot.mouseClick(dialog.keep, Qt.MouseButton.LeftButton)
    settle(qtbot, session)
    assert errors == ["crumb is there already."]


def test_the_sheet_about_a_competitor_is_asked_for_by_way(qtbot, session):
    rival = session.file.run("Fill", used_both).result
    view = opened(qtbot, session).views.open
    asked = []
    session.open_requested.connect(lambda table, record: asked.append((table, record)))
    menu = view.sheet.menu()
    menu.aboutToShow.emit()
    for action in menu.actions():
        action.trigger()
    assert asked == [("assessments", ("rival", rival, way)) for way in ("used_both", "mystery", "guess")]


def test_another_competitor_is_chosen_and_one_put_away(qtbot, session):
    def work(op):
        used_both(op)
        add_rival(op, "Zebra")

    session.file.run("Fill", work)
    page = opened(qtbot, session)
    view = page.views.open
    assert page.heading.text().endswith("Crumb & Co")
    view.rival._menu.actions()[1].trigger()
    settle(qtbot, session)
    assert page.heading.text() == "Nothing is known about Zebra yet"
    view.more.menu().aboutToShow.emit()
    view.more.menu().actions()[2].trigger()
    settle(qtbot, session)
    assert page.heading.text().endswith("Crumb & Co")
    session.undo()
    settle(qtbot, session)
    assert len(competitors(session.file)) == 2


def test_what_is_done_after_choosing_another_is_about_that_one_at_once(qtbot, session):
    session.file.run("Fill", used_both)
    session.file.run("Other", lambda op: add_rival(op, "Zed", 1.0))
    view = opened(qtbot, session).views.open
    other = next(one.id for one in competitors(session.file) if one.name == "Zed")
    asked = []
    session.open_requested.connect(lambda _table, record: asked.append(record))
    view.rival._choose(other)
    menu = view.sheet.menu()
    menu.aboutToShow.emit()
    menu.actions()[0].trigger()  # the figures about it are still on their way
    assert asked == [("rival", other, "used_both")]
    settle(qtbot, session)


def test_a_small_window_shows_table_or_map(qtbot, session):
    session.file.run("Fill", used_both)
    view = opened(qtbot, session, width=800).views.open
    assert view.edges.isVisible()
    assert not view.map.isVisible()
    qtbot.mouseClick(view.turn, Qt.MouseButton.LeftButton)
    assert view.map.isVisible()
    assert not view.edges.isVisible()
    view.window().resize(1300, 800)
    QApplication.processEvents()
    assert view.map.isVisible()
    assert view.edges.isVisible()
    assert not view.turn.isVisible()


def test_the_grid_opens_the_factor_and_lists_every_one_in_words(qtbot, session):
    def work(op):
        for factor in catalogue.factors(op):
            catalogue.set_importance(op, factor.id, 5.0 if factor.key == "quality" else 2.0)
        customers(op, 12, lambda n: core_of(op, 4.0 + n % 2, quality=2.0))

    session.file.run("Fill", work)
    view = opened(qtbot, session).views.open
    chart = view.grid.chart
    asked = []
    session.open_requested.connect(lambda table, record: asked.append((table, record)))
    chart.setFocus()
    while "Quality" not in chart.accessibleDescription().split(":")[0]:
        qtbot.keyClick(chart, Qt.Key.Key_Right)
    assert "Fix first" in chart.accessibleDescription()
    qtbot.keyClick(chart, Qt.Key.Key_Return)
    assert asked == [("assessments", "quality")]
    shown = said(view)
    for factor in catalogue.factors(session.file):
        assert (factor.label in shown) == factor.core
    boxes = [box for _name, box in chart.labels]
    assert all(not one.intersects(other) for place, one in enumerate(boxes) for other in boxes[:place])
    assert all(QRectF(chart.rect()).contains(box) for box in boxes)


def test_without_importance_it_says_what_to_do(qtbot, session):
    session.file.run("Fill", lambda op: customers(op, 6, lambda n: core_of(op)))
    view = opened(qtbot, session).views.open
    asked = []
    session.open_requested.connect(lambda table, record: asked.append((table, record)))
    assert "Nobody has said yet what matters" in said(view)
    qtbot.mouseClick(view.grid.score, Qt.MouseButton.LeftButton)
    assert asked == [("assessments", "score")]


def test_the_words_of_the_corners_touch_no_line_and_no_spot(qtbot, qapp):
    picture = Picture(
        "Value map", "", (Dot(1.12, 1.12, "You", "", "accent", (1.07, 1.16)), Dot(1.0, 1.0, "Crumb & Co", "", "faint")),
        (Stroke((0.99, 0.85), (1.01, 1.15)),), (0.8, 1.2), (0.85, 1.15), "", "", (), (),
        ("Costs more, gives less", "", "", "Costs less, gives more"),
    )  # fmt: skip
    chart = SpotChart(Theme(qapp, "light"))
    qtbot.addWidget(chart)
    chart.setMinimumSize(10, 10)
    chart.show_picture(picture)
    for width in (130, 200, 300, 420, 900):
        chart.resize(width, 170)
        chart.grab()
        stroke = picture.strokes[0]
        line = QLineF(chart._at_place(*stroke.start), chart._at_place(*stroke.end))
        for words, box in [*chart.corners, *chart.labels]:
            assert not _crossed(box, [line]), f"{words} at {width}"
        assert width < 300 or len(chart.corners) == 2, "they are left out only where there is no room"
