"""Whose sheet it is: customers', the owner's, about competitors; drawn at random, weighed, gone on with, put right."""

import pytest
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QApplication

from cvdesk.catalogue import store as catalogue
from cvdesk.value import store, store_details
from cvdesk.value.form_dots import ImportanceDots, PointDots
from cvdesk.value.form_scale import ScaleButton
from cvdesk.value.store_answers import shared_out
from tests.figures.shop import TODAY, add_customer, add_sheet, everything, new_shop
from tests.pages import said as words_of
from tests.value.sheets import Desk, add_rivals, row

QUICK = "3" * 12 + "5555n" + "\n\n"  # a short sheet up to its end


@pytest.fixture
def shop(tmp_path):
    with new_shop(tmp_path) as opened:
        yield opened


@pytest.fixture
def desk(qtbot, qapp, shop):
    made = Desk(qtbot, qapp, shop)
    yield made
    made.close()


def newest(shop):
    return shop.value("SELECT id FROM assessments ORDER BY id DESC LIMIT 1")


# Drawn at random


def test_the_rotating_form_draws_two_things_of_each_part_and_keeps_them(desk, shop):
    drawn = desk.begin("customer", "rotating").state.steps
    before = desk.asked()
    assert [len(drawn[lever]) for lever in ("worth", "benefits", "costs", "drawbacks")] == [2, 2, 2, 2]
    desk.keys("3")
    desk.settle()
    desk.desk.go_on(desk.desk.sheet.id)
    assert desk.asked() == before
    assert desk.focused() == before["worth"][1]


def test_rotating_sheets_ask_different_things(desk):
    seen = {tuple(desk.begin("customer", "rotating").details.asked) for _sheet in range(6)}
    assert len(seen) > 1


def test_another_form_is_chosen_without_losing_an_answer(desk):
    form = desk.begin("customer", "rotating")
    field = form.fields._fields["form"]
    desk.keys("4")
    first = next(iter(desk.kept()))
    field.setCurrentIndex(field.findData("full"))
    assert sum(len(some) for some in desk.asked().values()) == 25 + 8
    assert desk.shown()[first] == 4.0
    desk.settle()
    assert (row(desk.file, desk.desk.sheet.id)["form"], row(desk.file, desk.desk.sheet.id)["asked"]) == ("full", [])
    field.setCurrentIndex(field.findData("rotating"))
    desk.settle()
    assert row(desk.file, desk.desk.sheet.id)["asked"] == list(desk.form.details.asked)


# Nothing that leads


@pytest.mark.parametrize("form", ["minute", "short", "full", "rotating"])
def test_no_score_no_words_and_no_judging_colour_are_seen_while_a_customer_answers(desk, shop, form):
    def work(op):
        for number in range(6):
            sheet = add_sheet(op, TODAY, {"quality": 4.7}, customer_id=add_customer(op, f"Customer {number}"))
            known = {one.key: one.version_id for one in catalogue.questions(op)}
            store.answer(op, sheet, known["comment_keep"], None, text="The rye is heavenly")

    shop.run("Answers", work)
    desk.begin("customer", form)
    for key in "3" * 30:
        desk.keys(key)
        QApplication.processEvents()
        seen = words_of(desk.form)
        assert "4.7" not in seen
        assert "heavenly" not in seen
        assert "of 10" not in seen
        assert not desk.form.guess.isVisible()
        assert not desk.form.side.brief.isVisible()
        assert {button._colour for button in desk.form.findChildren(ScaleButton)} <= {"accent"}
        assert not [dots for dots in desk.form.findChildren(ImportanceDots) if dots.isVisible()]


def test_customers_answers_are_nowhere_while_the_owner_guesses(desk, shop):
    shop.run("Answers", lambda op: [add_sheet(op, TODAY, {"quality": 4.7}) for _one in range(6)])
    desk.begin("owner")
    assert "4.7" not in words_of(desk.form)
    assert "stay hidden until you finish" in words_of(desk.form)


def test_also_what_stands_beside_the_pages_names_is_quiet_while_a_customer_answers(desk):
    desk.begin("owner")
    assert not desk.session.quiet
    desk.begin("customer")
    assert desk.session.quiet
    desk.desk.hide()
    assert not desk.session.quiet
    desk.desk.show()
    assert desk.session.quiet
    desk.begin("owner")
    assert not desk.session.quiet


# Competitors


def test_a_customer_who_used_a_competitor_too_is_asked_the_same_about_them(desk, shop):
    crumb, _ = add_rivals(shop, "Crumb & Co", "Quayside")
    desk.begin()
    desk.keys(QUICK + "1")
    ours = desk.desk.sheet.id
    desk.settle()
    assert desk.form.details.rival == "Crumb & Co"
    assert "Now the same questions about Crumb & Co." in words_of(desk.form)
    assert "good hands with Crumb & Co" not in words_of(desk.form)
    assert list(desk.asked()) == ["worth", "benefits", "costs", "drawbacks"]
    desk.keys("2" * 12 + "\n")
    desk.settle()
    theirs = desk.desk.sheet.id
    found, about_us = row(shop, theirs), row(shop, ours)
    assert (found["kind"], found["way"], found["competitor_id"]) == ("customer", "used_both", crumb)
    assert about_us["state"] == found["state"] == "done"
    assert about_us["sheet_token"] == found["sheet_token"] is not None
    assert set(desk.kept(theirs).values()) == {2.0}
    assert set(desk.kept(theirs)) == {one.key for one in catalogue.factors(shop) if one.core}


def test_the_pair_of_a_named_customer_is_hers_also_when_her_name_is_put_right(desk, shop):
    add_rivals(shop, "Crumb & Co")
    maria = shop.run("Add", lambda op: add_customer(op, "Maria")).result
    desk.begin()
    desk.keys(QUICK + "1")
    ours = desk.desk.sheet.id
    desk.settle()
    desk.keys("222")
    desk.settle()
    theirs = desk.desk.sheet.id
    desk.desk.go_on(ours)
    desk.form.fields.customer.setText("maria")
    desk.form.fields._look_for("maria")
    desk.form.fields._leave_customer()
    desk.settle()
    assert row(shop, ours)["customer_id"] == row(shop, theirs)["customer_id"] == maria


def test_of_two_customers_of_one_name_none_is_taken_unseen(desk, shop):
    """Neither has anything else that tells them apart."""
    both = [shop.run("Add", lambda op: add_customer(op, "Maria")).result for _again in range(2)]
    desk.begin()
    desk.keys("2")
    fields = desk.form.fields
    fields.customer.setText("Maria")
    fields._look_for("Maria")
    fields._leave_customer()
    assert fields.details.customer_id is None
    assert "Several customers are called that" in words_of(fields)
    fields.customer.setText(fields._names.stringList()[1])
    fields._leave_customer()
    assert fields.details.customer_id == both[1]


def test_a_rotating_sheet_asks_the_same_two_things_about_the_competitor(desk, shop):
    add_rivals(shop, "Crumb & Co")
    desk.begin("customer", "rotating")
    asked = {step: keys for step, keys in desk.asked().items() if step != "overall"}
    desk.keys("3" * 8 + "5555n\n\n1")
    desk.settle()
    assert desk.asked() == asked


@pytest.mark.parametrize(("way", "says"), [("mystery", "What you found yourself"), ("guess", "Your guess of what")])
def test_a_visit_of_the_owners_and_a_guess_are_marked_as_such(desk, shop, way, says):
    (crumb,) = add_rivals(shop, "Crumb & Co")
    desk.begin("owner", "short", crumb, way)
    assert says in words_of(desk.form)
    assert not desk.form.guess.isVisible()
    desk.keys("3" * 12 + "\n")
    desk.settle()
    found = row(shop, desk.desk.sheet.id)
    assert (found["kind"], found["way"], found["competitor_id"], found["state"]) == ("owner", way, crumb, "done")
    assert store.open_draft(shop, "owner") is None


def test_competitors_are_not_asked_about_by_the_owners_own_guess(desk, shop):
    add_rivals(shop, "Crumb & Co")
    desk.begin("owner")
    desk.keys("3" * 12)
    assert "Crumb" not in words_of(desk.form)
    desk.keys("1")
    assert desk.form.step == "end"


# What matters


def test_a_customer_says_what_matters_by_keys(desk, shop):
    desk.begin()
    desk.keys(QUICK + "m" + "35d" + "4" * 9 + "4321")
    assert desk.form.step == "end"
    assert "All ten are shared out" not in words_of(desk.form)
    desk.keys("\n")
    desk.settle()
    core = [one.key for one in catalogue.factors(shop) if one.core]
    (importance,) = shared_out(shop, "importance", everything(), TODAY)
    assert importance == {key: value for key, value in zip(core, [3, 5, 0] + [4] * 9, strict=True) if value}
    assert shared_out(shop, "points", everything(), TODAY) == [{"worth": 4, "benefits": 3, "costs": 2, "drawbacks": 1}]


def test_points_that_do_not_come_to_ten_count_nowhere_and_wait_to_be_gone_on_with(desk, shop):
    desk.begin()
    desk.keys(QUICK + "ms" + "44")
    assert "2 points left; they count once all ten are shared out" in words_of(desk.form)
    desk.keys("9")
    assert "7 too many: take them away somewhere" in words_of(desk.form)
    desk.settle()
    sheet = desk.desk.sheet.id
    assert store.answers(shop, sheet)["lever_points"].state == "skipped"
    desk.desk.go_on(sheet)
    desk.form.show_step("matters")
    assert [dots.value() for dots in desk.form.area.matters.points.values()] == [4, 4, 9, 0]
    dots = list(desk.form.area.matters.points.values())[2]
    dots.setFocus()
    desk.keys("2")
    assert "All ten are shared out" in words_of(desk.form)
    desk.settle()
    assert store.answers(shop, sheet)["lever_points"].state == "answered"


def test_arrows_share_out_points_and_one_key_skips_them(desk):
    desk.begin()
    desk.keys(QUICK + "ms" + "→→→←")
    focus = QApplication.focusWidget()
    assert isinstance(focus, PointDots)
    assert focus.value() == 2
    desk.keys("s")
    assert desk.form.step == "end"


def test_what_matters_is_skipped_with_no_key_at_all(desk, shop):
    desk.begin()
    desk.keys(QUICK + "\n")
    assert "importance" not in desk.kept()
    assert store.sheet(shop, desk.desk.sheet.id).state == "done"


def test_the_owners_ratings_stay_with_the_things_rated_and_points_weigh_the_guess(desk, shop):
    desk.begin("owner")
    desk.keys("4" * 6 + "2" * 6 + "m")
    desk.keys("5" + "\n" * 11)
    desk.keys("7111")
    desk.settle()
    importance = {one.key: one.importance for one in catalogue.factors(shop)}
    assert importance["problem_solved"] == 5.0
    assert store.answers(shop, desk.desk.sheet.id)["lever_points"].text == (
        '{"worth": 7, "benefits": 1, "costs": 1, "drawbacks": 1}'
    )
    levers = desk.form.guess.bars.accessibleName()
    assert levers == "Worth +4.0, Benefits +4.0, Costs −2.0, Drawbacks −2.0"
    assert "the value is +4.0" in desk.form.guess.words.text()


def test_the_one_minute_guess_shows_its_result(desk):
    desk.begin("owner", "minute")
    desk.keys("4432")
    assert desk.form.guess.bars.accessibleName() == "Worth +4.0, Benefits +4.0, Costs −3.0, Drawbacks −2.0"
    assert desk.form.guess.figure.text() == "8.0 of 10"


# Own questions


def test_own_questions_are_asked_before_the_comments_and_own_factors_in_their_part(desk, shop):
    def work(op):
        factor = op.insert("factors", {
            "key": "own_parking", "lever": "costs", "place": 99, "label": "Parking", "type": "time", "keywords": "[]",
            "core": 1, "own": 1,
        })  # fmt: skip
        for key, kind, about in (("own_parking", "scale5", factor), ("own_hours", "yes_no", None)):
            question = op.insert("questions", {"key": key, "factor_id": about, "kind": kind, "place": 99, "own": 1})
            op.insert("question_versions", {
                "question_id": question, "series": 1, "language": "en", "wording": f"What about {key}?",
                "wording_owner": "", "anchors": "{}",
            })  # fmt: skip

    shop.run("Own", work)
    desk.begin()
    asked = desk.asked()
    assert asked["costs"][-1] == "own_parking"
    assert asked["overall"][-3:] == ["own_hours", "comment_keep", "comment_change"]
    desk.keys("3" * 13 + "5555n" + "y")
    assert (desk.kept()["own_parking"], desk.kept()["own_hours"]) == (3.0, 1.0)
    assert desk.focused() == "comment_keep"


# Gone on with, put right, deleted


def test_begun_sheets_are_listed_and_gone_on_with(desk, shop):
    (crumb,) = add_rivals(shop, "Crumb & Co")
    desk.begin("owner")
    desk.keys("34")
    desk.settle()
    desk.begin("owner", "short", crumb, "mystery")
    desk.keys("2")
    desk.settle()
    form = desk.begin("customer")
    menu = form.side.others.menu()
    assert form.side.others.text() == "2 more begun sheets"
    texts = [action.text() for action in menu.actions()]
    assert texts[:2] == [
        "Crumb && Co, a mystery visit · today · 1 answer",
        "Your own guess · today · 2 answers",
    ]
    menu.actions()[1].trigger()
    assert desk.form.details.kind == "owner"
    assert desk.focused() == "quality"
    assert desk.form.side.others.menu().actions()[-1].text() == "Begin a new sheet"
    desk.form.side.others.menu().actions()[-1].trigger()
    assert desk.desk.sheet.id is None
    assert desk.form.details.kind == "owner"


def test_sheets_of_a_survey_are_not_among_those_to_go_on_with(desk, shop):
    def work(op):
        survey = op.insert("surveys", {"name": "Spring", "form": "short"})
        sheet = op.insert("sheets", {"survey_id": survey, "code": "AAAA"})
        draft = store.start(op, "customer", "short", TODAY)
        op.update("assessments", draft, {"sheet_id": sheet})

    shop.run("Survey", work)
    assert store.open_draft(shop, "customer") is None
    desk.begin()
    assert desk.form.side.others.isHidden()


def test_a_finished_sheet_is_put_right_and_counts_all_the_while(desk, shop):
    sheet = shop.run("Sheet", lambda op: add_sheet(op, TODAY, {"quality": 2.0, "fit": 3.0}, "short")).result
    desk.desk.go_on(sheet)
    assert desk.form.step == "worth"
    assert desk.shown()["quality"] == 2.0
    desk.form.show_step("worth")
    desk.form.area.cards[2].take_focus()
    desk.keys("5")
    assert desk.kept()["quality"] == 5.0
    assert store.sheet(shop, sheet).state == "done"
    finished: list[str] = []
    desk.desk.done.connect(finished.append)
    desk.keys("\r" * 6)
    assert finished == ["customer"]
    desk.session.undo()
    assert desk.kept(sheet)["quality"] == 2.0


def test_a_finished_sheet_is_deleted_and_brought_back(desk, shop):
    sheet = shop.run("Sheet", lambda op: add_sheet(op, TODAY, {"quality": 2.0}, "short")).result
    desk.desk.go_on(sheet)
    said = []
    desk.session.said.connect(lambda text, _undo: said.append(text))
    desk.desk.throw_away()
    desk.settle()
    assert said == ["Score sheet deleted"]
    assert store_details.details(shop, sheet) is None
    desk.session.undo()
    assert desk.kept(sheet) == {"quality": 2.0}


def test_an_answer_stays_in_the_wording_it_was_given_to(desk, shop):
    sheet = shop.run("Sheet", lambda op: add_sheet(op, TODAY, {"quality": 2.0}, "short")).result

    def reword(op):
        old = op.row("SELECT * FROM question_versions WHERE id IN (SELECT question_version_id FROM answers)")
        op.update("question_versions", old["id"], {"active": 0})
        op.insert("question_versions", {
            "question_id": old["question_id"], "series": old["series"] + 1, "language": "en",
            "wording": "How good was the bread?", "wording_owner": "", "anchors": "{}",
        })  # fmt: skip

    shop.run("Wording", reword)
    desk.desk.go_on(sheet)
    assert "How good was the quality" in words_of(desk.form)
    desk.form.area.cards[2].take_focus()
    desk.keys("4")
    desk.settle()
    assert shop.value("SELECT count(*) FROM answers WHERE assessment_id = ?", (sheet,)) == 1
    desk.begin()
    assert "How good was the bread?" in words_of(desk.form)


def test_who_the_sheet_is_for_is_taken_back_on_screen_as_well(desk, shop):
    desk.begin("customer", "short")
    desk.keys("3")
    desk.settle()
    field = desk.form.fields._fields["form"]
    field.setCurrentIndex(field.findData("full"))
    desk.settle()
    desk.session.undo()
    desk.settle()
    assert desk.form.details.form == "short"
    assert desk.form.fields._fields["form"].currentData() == "short"


def test_everything_on_what_matters_and_at_the_end_has_a_name(desk, shop):
    add_rivals(shop, "Crumb & Co")
    desk.begin()
    desk.keys(QUICK)
    for step in ("end", "matters"):
        desk.form.show_step(step)
        for widget in (*desk.form.findChildren(QAbstractButton), *desk.form.findChildren(PointDots)):
            if widget.isVisible():
                assert QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name), widget


@pytest.mark.parametrize("leaving", ["\n", "\x1b"])
def test_enter_and_escape_lead_from_the_fields_back_to_the_questions(desk, leaving):
    desk.begin()
    desk.keys("3")
    desk.form.fields.customer.setFocus()
    desk.keys(leaving)
    assert desk.focused() == "fit"
