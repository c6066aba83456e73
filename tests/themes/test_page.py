"""The Themes page: the ranking, its orders, one theme beside it, and the way to the feedback behind every figure."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QPushButton

from cvdesk.catalogue.records import Filter, Period
from cvdesk.kit.quote import QuoteButton
from cvdesk.shell.store import not_yet
from cvdesk.themes import store as themes
from cvdesk.themes.page import ThemesPage
from cvdesk.themes.page_rank_table import CHANGED_HOW, DRAWN, MOODS, OF_100, PEOPLE, SEVERE, THEME, TROUBLE
from tests.desk import button_named
from tests.figures.shop import TODAY, add_complaint, add_customer, new_shop
from tests.pages import make_session, said, settle

LATE, STAFF, PRICE = "Late", "Staff", "Price"
YEAR = Period.last_months(12, TODAY)


def say(op, day, theme, customer=None, text="The bread was late again today", state="confirmed", **values):
    entry = op.insert("entries", {"date": day.isoformat(), "customer_id": customer, "text": text, **values})
    themes.tag_entry(op, entry, theme, state, "owner")
    return entry


def fill(op) -> None:
    """Forty customers: Late spoken of by twenty-five and bad, Staff by six and good, Price by two lately."""
    late, staff, price = (
        themes.add_theme(op, name, factor)
        for name, factor in zip((LATE, STAFF, PRICE), op.rows("SELECT id FROM factors LIMIT 3"), strict=True)
        for factor in [factor[0]]
    )
    people = [add_customer(op, f"Customer {n}") for n in range(40)]
    for place, customer in enumerate(people):
        day = TODAY - timedelta(days=20 + place)
        op.insert("purchases", {
            "customer_id": customer, "date": (TODAY - timedelta(days=150)).isoformat(), "amount_minor": 500,
        })  # fmt: skip
        if place < 25:
            say(op, day, late, customer, f"The bread came late again, number {place}", rating=2.0)
        if place >= 34:
            say(op, day, staff, customer, f"Friendly people at the counter, {place} times", rating=5.0)
    say(op, TODAY - timedelta(days=400), late, None, "Late even then")
    say(op, TODAY, price, people[0], "Dear, but worth it")
    say(op, TODAY, price, people[1], "A little dear these days", state="suggested")
    complaint = add_complaint(op, 1, TODAY, {}, customer_id=people[39], severity="serious")
    op.insert("complaint_themes", {"complaint_id": complaint, "theme_id": staff})
    op.insert("entries", {"date": TODAY.isoformat(), "text": "Something else altogether"})


@pytest.fixture
def file(tmp_path):
    with new_shop(tmp_path) as made:
        yield made


@pytest.fixture
def session(qapp, file):
    made = make_session(qapp, file, TODAY)
    yield made
    made.close()


@pytest.fixture
def page(qtbot, session):
    session.file.run("Fill", fill)
    return shown(qtbot, session)


def shown(qtbot, session) -> ThemesPage:
    page = ThemesPage(session)
    qtbot.addWidget(page)
    page.resize(1150, 780)
    page.show()
    settle(qtbot, session)
    return page


def names(page) -> list[str]:
    return [row.figure.name for row in page.ranking.table.listed]


def cell(page, row: int, column: int) -> str:
    return str(page.ranking.table.rows.index(row, column).data())


def theme(page, name: str) -> int:
    return int(page.session.file.value("SELECT id FROM themes WHERE name = ?", (name,)))


def opened_by(page) -> list[tuple[str, object]]:
    found: list[tuple[str, object]] = []
    page.session.open_requested.connect(lambda table, record: found.append((table, record)))
    return found


def test_themes_stand_by_the_share_of_different_customers_with_range_and_count(page):
    assert names(page) == [LATE, STAFF, PRICE]
    assert cell(page, 0, OF_100) == "63 (47 to 76)"
    assert cell(page, 0, PEOPLE) == "25"
    assert cell(page, 2, PEOPLE) == "1 +1"
    assert cell(page, 0, MOODS) == "25 · 0"
    assert cell(page, 1, MOODS) == "0 · 6"
    assert page.heading.accessibleName() == "Late comes up most"
    assert page.subtitle.accessibleName() == "By share of 40 active customers · 18 Jun 2025 to 17 Jun 2026 · clear"


def test_most_trouble_counts_severity_and_complaints(page, qtbot):
    page.ranking.orders.focus_first()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Right)
    assert names(page) == [LATE, STAFF, PRICE]
    assert cell(page, 0, TROUBLE) == "63"  # 25 minor ones among 40 customers
    assert cell(page, 1, TROUBLE) == "23"  # one serious complaint
    assert cell(page, 1, SEVERE) == "1 serious"
    assert not page.ranking.table.isColumnHidden(SEVERE)
    assert "minor 1, moderate 3, serious 9" in said(page)


def test_by_name(page, qtbot):
    page.ranking.orders.focus_first()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_End)
    assert names(page) == [LATE, PRICE, STAFF]


def test_what_grows_says_from_what_to_what_and_what_is_only_chance(page, qtbot, session):
    session.set_filter(Filter(Period.last_days(50, TODAY)))
    settle(qtbot, session)
    page.ranking.orders.button("change").click()
    late = page.ranking.table.place_of(theme(page, LATE))
    assert late == 0
    assert cell(page, late, CHANGED_HOW) == "grows: 0 → 63 of 100 (45 to 76 more)"
    staff = page.ranking.table.place_of(theme(page, STAFF))
    assert cell(page, staff, CHANGED_HOW).startswith("shrinks: 15 → 0 of 100")
    price = page.ranking.table.place_of(theme(page, PRICE))
    assert cell(page, price, CHANGED_HOW) == "0 → 2.5 of 100: no clear change"
    assert "Compared with" in said(page)


def test_without_a_whole_period_before_nothing_is_compared_and_it_says_why(page, qtbot, session):
    session.set_filter(Filter(Period.last_days(300, TODAY)))
    settle(qtbot, session)
    page.ranking.orders.button("change").click()
    assert "Nothing to compare with" in said(page)


def test_enter_opens_the_feedback_behind_a_line(page, qtbot, session):
    opened = opened_by(page)
    page.focus_first()
    qtbot.keyClick(page.ranking.table, Qt.Key.Key_Down)
    settle(qtbot, session)
    qtbot.keyClick(page.ranking.table, Qt.Key.Key_Return)
    assert opened == [("entries", replace(session.filter, theme=theme(page, STAFF)))]


def test_double_click_opens_it_too(page, qtbot):
    opened = opened_by(page)
    table = page.ranking.table
    spot = table.visualRect(table.rows.index(0, OF_100)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    qtbot.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert [table for table, _record in opened] == ["entries"]


def links(page) -> dict[str, QPushButton]:
    return {found.accessibleName(): found for found in page.ranking.panel.findChildren(QPushButton)}


def test_beside_it_stands_the_selected_theme_with_customers_own_words(page, qtbot, session):
    panel = page.ranking.panel
    assert "25 of 40 active customers speak of it: 63 of 100 (47 to 76), clear." in said(panel)
    assert "25 complain." in said(panel)
    assert "Trouble 25 times: 25 minor. That is 63 points per 100 customers." in said(panel)
    quotes = panel.findChildren(QuoteButton)
    assert quotes
    assert "“The bread came late again, number 0”" in quotes[-1].accessibleName() + quotes[0].accessibleName()
    assert "Customer 0" not in said(panel), "who said it is one step away"
    opened = opened_by(page)
    links(page)["See it over time"].click()
    quotes[0].setFocus()
    qtbot.keyClick(quotes[0], Qt.Key.Key_Return)
    assert opened[0] == ("series", f"theme:{page.ranking.table.listed[0].figure.theme}")
    assert opened[1][0] == "entries"


def test_its_feedback_and_its_complaints_open_from_beside(page, qtbot, session):
    page.show_record(theme(page, STAFF))
    settle(qtbot, session)
    opened = opened_by(page)
    links(page)["Show the 6 pieces of feedback"].click()
    links(page)["Show the complaint"].click()
    wanted = replace(session.filter, theme=theme(page, STAFF))
    assert opened == [("entries", wanted), ("complaints", wanted)]


def test_what_is_only_suggested_leads_to_filing(page, qtbot, session):
    page.show_record(theme(page, PRICE))
    settle(qtbot, session)
    opened = opened_by(page)
    links(page)["Confirm what is suggested"].click()
    assert opened == [("themes", ("view", "file"))]
    assert "1 more customer is only suggested, not confirmed." in said(page.ranking.panel)


def test_words_are_shown_as_they_are_never_as_markup(page, qtbot, session):
    words = "<b>Late</b> & <img src=x> again and again"
    session.run("Log", lambda op: say(op, TODAY, theme(page, LATE), None, words))
    settle(qtbot, session)
    quote = next(one for one in page.ranking.panel.findChildren(QuoteButton) if "<b>" in one.accessibleName())
    assert words in quote.accessibleName()


def test_each_line_reads_as_a_sentence(page):
    table = page.ranking.table
    sentence = table.rows.index(0, THEME).data(Qt.ItemDataRole.AccessibleTextRole)
    assert sentence.startswith("Late, ")
    for part in ("25 of 40 active customers", "63 of 100 (47 to 76)", "25 complain", "Trouble 25 times"):
        assert part in sentence
    for widget in (table, page.ranking.orders, page.ranking.panel, page.tabs):
        assert QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)


def test_what_is_not_in_the_ranking_is_said(page):
    told = said(page)
    assert "1 of 34 pieces of feedback is about nothing the program knows" in told
    assert "1 waits with a suggestion" in told
    assert "1 is anonymous and counts as feedback, not as a customer" in told
    assert page.tabs.button("file").text() == "To file (2)"


def test_a_theme_in_the_filter_is_selected_and_limits_nothing(page, qtbot, session):
    session.set_filter(replace(session.filter, theme=theme(page, STAFF)))
    settle(qtbot, session)
    assert names(page) == [LATE, STAFF, PRICE]
    assert page.ranking.panel.theme_id == theme(page, STAFF)
    assert "A theme does not limit the ranking" in said(page)


def test_what_is_logged_meanwhile_shows_and_the_selected_theme_stays(page, qtbot, session):
    page.show_record(theme(page, STAFF))
    settle(qtbot, session)
    customer = session.file.value("SELECT id FROM customers WHERE name = 'Customer 0'")
    session.run("Log", lambda op: say(op, TODAY, theme(page, STAFF), customer, rating=5.0))
    settle(qtbot, session)
    assert cell(page, 1, PEOPLE) == "7"
    assert page.ranking.panel.theme_id == theme(page, STAFF)


def test_below_ten_customers_there_are_counts_and_no_bars(qtbot, session):
    def few(op):
        mine = themes.themes(op)[0].id
        say(op, TODAY, mine, add_customer(op, "Maria"), rating=5.0)

    session.file.run("Fill", few)
    page = shown(qtbot, session)
    table = page.ranking.table
    assert table.isColumnHidden(DRAWN)
    assert table.isColumnHidden(OF_100)
    assert cell(page, 0, PEOPLE) == "1"
    assert "1 customer speaks of it." in said(page)
    assert "Counts, until 10 customers are active" in said(page)
    assert page.heading.accessibleName() == "What customers speak of"


def test_a_theme_nobody_speaks_of_is_told_and_not_waited_for(page, qtbot, session):
    told = []
    session.said.connect(lambda text, _undo: told.append(text))
    silent = session.file.value("SELECT id FROM themes WHERE name NOT IN (?, ?, ?)", (LATE, STAFF, PRICE))
    page.show_record(silent)
    session.set_filter(Filter(Period.last_days(200, TODAY)))
    settle(qtbot, session)
    assert told == ["Nobody speaks of this theme in these days."]
    session.set_filter(Filter(YEAR))
    settle(qtbot, session)
    assert len(told) == 1


def test_week_one_says_what_to_do(qtbot, session):
    page = ThemesPage(session)
    qtbot.addWidget(page)
    page.show()
    page.focus_first()
    settle(qtbot, session)
    assert "once you have logged what they say" in said(page)
    opened = opened_by(page)
    qtbot.keyClick(page.window().focusWidget(), Qt.Key.Key_Return)
    assert opened == [("command", "capture")]


def test_feedback_without_themes_leads_to_filing_and_empty_days_to_all_time(qtbot, session):
    session.file.run("Log", lambda op: op.insert("entries", {"date": "2026-01-05", "text": "Hello"}))
    page = shown(qtbot, session)
    opened = opened_by(page)
    assert page.ranking.go.text() == "File it now"
    page.ranking.go.click()
    assert opened == [("themes", ("view", "file"))]
    session.set_filter(Filter(Period.last_days(30, TODAY)))
    settle(qtbot, session)
    assert page.ranking.go.text() == "Show all time"
    page.ranking.go.click()
    settle(qtbot, session)
    assert page.ranking.go.text() == "File it now"


def test_ctrl_tab_goes_through_the_tabs(page, qtbot, session):
    qtbot.keyClick(page, Qt.Key.Key_Tab, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, session)
    assert page.tabs.key == "file"
    page.show_record(("view", "ranking"))
    assert page.tabs.key == "ranking"


@pytest.mark.parametrize("width", [780, 1150, 1600])
def test_no_line_is_wider_than_the_table(page, qtbot, width):
    page.resize(width, 620)
    QApplication.processEvents()
    table = page.ranking.table
    for order in ("share", "pain", "change", "name"):
        page.ranking.orders.button(order).click()
        shown_columns = [place for place in range(table.rows.columnCount()) if not table.isColumnHidden(place)]
        assert sum(table.columnWidth(place) for place in shown_columns) <= table.viewport().width() + 1
        assert table.isColumnHidden(DRAWN) or table.columnWidth(DRAWN) >= 60


def test_a_theme_can_be_renamed_from_beside(page, qtbot, session):
    from cvdesk.themes.page_manage import NameDialog

    page.ranking.panel.changed.emit("rename", theme(page, LATE))
    dialog = page.findChild(NameDialog)
    dialog.name.setText("Late bread")
    qtbot.keyClick(dialog.name, Qt.Key.Key_Return)
    settle(qtbot, session)
    assert names(page)[0] == "Late bread"


def test_words_asked_for_in_another_period_are_not_shown(page, qtbot, session):
    assert any("number 0" in text for text in quotes(page))
    page.ranking.table.select_row(1)
    settle(qtbot, session)
    page.ranking.table.select_row(0)  # asks for what is said of Late in the year
    session.set_filter(Filter(Period(YEAR.start, TODAY - timedelta(days=30))))
    settle(qtbot, session)
    page.ranking.table.select_row(page.ranking.table.place_of(theme(page, LATE)))
    settle(qtbot, session)
    assert any("number 10" in text for text in quotes(page))
    assert not any("number 0" in text for text in quotes(page))


def quotes(page) -> list[str]:
    return [made.accessibleName() for made in page.ranking.panel.findChildren(QuoteButton) if made.isVisible()]


def test_how_comments_without_stars_are_meant_is_guessed_when_asked_for_and_marked_as_a_guess(qtbot, session):
    def rated(op):
        fill(op)
        for place in range(80):
            good, bad = ("warm", "kind", "lovely", "fresh")[place % 4], ("cold", "rude", "stale", "dirty")[place % 4]
            op.insert("entries", {"date": TODAY.isoformat(), "text": f"a {good} shop, {place} times", "rating": 5.0})
            op.insert("entries", {"date": TODAY.isoformat(), "text": f"a {bad} shop, {place} times", "rating": 1.0})
        late = op.value("SELECT id FROM themes WHERE name = ?", (LATE,))
        say(op, TODAY, late, None, "Lovely, warm and fresh, and they were so kind")

    session.file.run("Fill", rated)
    page = shown(qtbot, session)
    page.select_first()
    settle(qtbot, session)
    assert not [one for one in quotes_of(page) if "guess" in one]
    button_named(page, "Guess how those without stars are meant").click()
    qtbot.waitUntil(lambda: any("guess" in one for one in quotes_of(page)), timeout=60_000)
    guessed = [one for one in quotes_of(page) if "guess" in one]
    assert all("Lovely, warm" in one and one.endswith("program’s guess: praise") for one in guessed)


def test_a_list_of_comments_brings_the_themes_page_into_sight(session):
    session.file.run("Bring", lambda op: [
        op.insert("entries", {"date": TODAY.isoformat(), "text": f"number {place}"}) for place in range(19)
    ])  # fmt: skip
    assert "themes" in not_yet(session.file)
    session.file.run("Bring", lambda op: op.insert("entries", {"date": TODAY.isoformat(), "text": "one more"}))
    assert "themes" not in not_yet(session.file)


def quotes_of(page) -> list[str]:
    return [one.accessibleName() for one in page.findChildren(QuoteButton) if one.isVisible()]
