"""Keys alone fill in a score sheet: how many, where they lead, and what they never do."""

import pytest
from PySide6.QtWidgets import QApplication, QPlainTextEdit

from cvdesk.catalogue import store as catalogue
from cvdesk.value import store
from tests.figures.shop import new_shop
from tests.pages import catch_errors
from tests.value.sheets import Desk

CORE = "434552123312"
CLOSING = ["worth_it", "satisfaction", "ease", "recommend", "had_problem"]


@pytest.fixture
def shop(tmp_path):
    with new_shop(tmp_path) as opened:
        yield opened


@pytest.fixture
def desk(qtbot, qapp, shop):
    made = Desk(qtbot, qapp, shop)
    yield made
    made.close()


def core(shop):
    return [factor.key for factor in catalogue.factors(shop) if factor.core]


def test_twelve_factors_take_twelve_keys_and_each_closing_question_one(desk, shop):
    finished: list[str] = []
    desk.desk.done.connect(finished.append)
    desk.begin()
    desk.keys(CORE)
    assert desk.pressed == 12
    assert desk.form.step == "overall"
    assert desk.focused() == "worth_it"
    desk.keys("5449n")
    assert desk.pressed == 12 + 5
    desk.keys("\n\n")  # nothing to say
    assert desk.form.step == "end"
    desk.keys("\n")
    assert desk.pressed == 12 + 7 + 1
    kept = desk.kept()
    assert [kept[key] for key in core(shop)] == [float(key) for key in CORE]
    assert [kept[key] for key in CLOSING] == [5.0, 4.0, 4.0, 9.0, 0.0]
    assert finished == ["customer"]
    assert store.sheet(shop, desk.desk.sheet.id).state == "done"


def test_the_owners_guess_is_twelve_keys_and_enter(desk, shop):
    desk.begin("owner")
    desk.keys(CORE + "\n")
    assert desk.pressed == 13
    assert [desk.kept()[key] for key in core(shop)] == [float(key) for key in CORE]
    assert store.sheet(shop, desk.desk.sheet.id).state == "done"


@pytest.mark.parametrize(("form", "scored"), [("minute", 4), ("rotating", 8), ("short", 12), ("full", 25)])
def test_every_form_takes_one_key_a_question(desk, form, scored):
    desk.begin("customer", form)
    desk.keys("3" * scored)
    assert desk.focused() == "worth_it"
    assert len([key for key, one in desk.kept().items() if one == 3.0]) == scored


def test_the_one_minute_form_asks_each_part_worth_it_and_one_comment(desk):
    desk.begin("customer", "minute")
    assert desk.asked() == {
        "parts": ["lever_worth", "lever_benefits", "lever_costs", "lever_drawbacks"],
        "overall": ["worth_it", "comment_change"],
    }


@pytest.mark.parametrize("key", ["x", "X", "+"])
def test_one_key_is_ten(desk, key):
    desk.begin()
    desk.keys("3" * 12 + "555" + key)
    assert desk.kept()["recommend"] == 10.0
    assert desk.focused() == "had_problem"


def test_ten_may_also_be_typed_as_one_and_zero(desk):
    desk.begin()
    desk.keys("3" * 12 + "555" + "10")
    assert desk.kept()["recommend"] == 10.0
    assert desk.kept().get("had_problem") is None
    desk.keys("0")  # this one is an answer to whether anything went wrong
    assert desk.kept()["had_problem"] == 0.0
    assert desk.kept()["recommend"] == 10.0


def test_a_one_stays_a_one_whatever_is_answered_next(desk):
    desk.begin()
    desk.keys("3" * 12 + "555" + "1" + "\b" + "↓" + "0")
    kept = desk.kept()
    assert kept["recommend"] == 1.0
    assert kept["had_problem"] == 0.0


@pytest.mark.parametrize(("yes", "no"), [("y", "n"), ("Y", "N"), ("1", "0")])
def test_yes_and_no(desk, yes, no):
    desk.begin()
    desk.keys("3" * 12 + "5555" + yes)
    assert desk.focused() == "told_us"
    desk.keys(no)
    assert (desk.kept()["had_problem"], desk.kept()["told_us"]) == (1.0, 0.0)
    assert desk.focused() == "comment_keep"


def test_backspace_goes_back_over_the_borders_and_takes_nothing_away(desk):
    desk.begin()
    desk.keys("1234")
    assert desk.form.step == "benefits"
    desk.keys("\b\b")
    assert (desk.form.step, desk.focused()) == ("worth", "quality")
    desk.keys("\b\b\b\b\b")
    assert desk.focused() == "problem_solved"
    assert [one for one in desk.kept().values() if one] == [1.0, 2.0, 3.0, 4.0]
    desk.keys("5")
    assert desk.kept()["problem_solved"] == 5.0


def test_backspace_in_a_comment_takes_letters_away_and_then_goes_back(desk):
    desk.begin()
    desk.keys("3" * 12 + "5555n" + "ok" + "\b\b")
    assert desk.focused() == "comment_keep"
    desk.keys("\b")
    assert desk.focused() == "had_problem"


def test_enter_in_a_comment_saves_it_and_moves_on(desk):
    desk.begin()
    desk.keys("3" * 12 + "5555n" + "Rye & <b>bold</b>\n" + "Open at 7")
    assert isinstance(QApplication.focusWidget(), QPlainTextEdit)
    desk.keys("\n\n")
    kept = desk.kept()
    assert kept["comment_keep"] == "Rye & <b>bold</b>"
    assert kept["comment_change"] == "Open at 7"
    assert desk.form.details.form == "short"


def test_d_does_not_apply_and_enter_leaves_a_question_open(desk):
    desk.begin()
    desk.keys("4d\n2")
    kept = desk.kept()
    assert (kept["problem_solved"], kept["fit"]) == (4.0, "not_apply")
    assert "quality" not in kept
    assert desk.form.side.counts["worth"].text() == "2 of 3"


def test_enter_takes_the_answer_the_arrows_have_pointed_at(desk):
    desk.begin()
    desk.keys("→→\n")
    assert desk.kept() == {"problem_solved": 3.0}
    assert desk.focused() == "fit"


def test_the_end_says_what_is_open_and_backspace_leads_back(desk):
    desk.begin("owner")
    desk.keys("33" + "\n" + "3" * 9)
    assert desk.form.step == "end"
    assert desk.form.area.end.title.text() == "1 question has no answer yet"
    desk.keys("\b")
    assert desk.form.step == "drawbacks"
    assert desk.form.area.focused() is desk.form.area.cards[-1]


def test_ctrl_enter_on_the_last_part_finishes(desk, shop):
    desk.begin()
    desk.keys("5" + "\r" * 5)
    desk.settle()
    assert store.sheet(shop, desk.desk.sheet.id).state == "done"


def test_an_empty_sheet_says_that_nothing_is_answered(desk, monkeypatch):
    shown = catch_errors(monkeypatch)
    desk.begin("owner", "minute")
    desk.keys("\n" * 4 + "\n")
    desk.settle()
    assert shown == ["Nothing on this score sheet is answered yet."]


@pytest.mark.parametrize("size", [(780, 520), (700, 300)])
def test_the_question_with_the_keyboard_is_always_in_view(qtbot, qapp, shop, size):
    made = Desk(qtbot, qapp, shop, size)
    made.begin("customer", "full")
    for key in "3" * 25 + "5555y1":
        made.keys(key)
        QApplication.processEvents()
        card = made.form.area.focused()
        if card is not None:
            area = made.form.area.viewport()
            top = card.mapTo(area, card.rect().topLeft()).y()
            assert top >= 0
            assert top + min(card.height(), area.height()) <= area.height()
    made.close()


def test_after_a_key_the_hint_says_what_the_next_question_takes(desk):
    desk.begin()
    desk.keys("3" * 12 + "555")
    assert "X or 1 and 0 for ten" in desk.form.hint.text()
    desk.keys("x")
    assert desk.form.hint.text().startswith("Y for yes, N for no")
    desk.keys("n")
    assert "Shift+Enter" in desk.form.hint.text()


def test_no_key_press_counts_when_a_key_is_not_an_answer(desk):
    desk.begin()
    desk.keys("79z")
    assert desk.focused() == "problem_solved"
    desk.settle()
    assert desk.desk.sheet.id is None
