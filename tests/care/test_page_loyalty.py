from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton

from cvdesk.care import journal, store_loyalty, store_vouchers
from cvdesk.care.page_gestures import GesturesView
from cvdesk.care.page_loyalty import LoyaltyView
from cvdesk.care.page_loyalty_counter import CounterDialog
from cvdesk.care.records_loyalty import Rule
from cvdesk.care.records_vouchers import NewVoucher
from cvdesk.care.report_vouchers import as_bytes, gather
from cvdesk.db import open_file
from cvdesk.errors import UserError
from cvdesk.kit import ask
from cvdesk.safety.backup import back_up
from tests.figures.shop import add_customer, new_shop
from tests.pages import Answers, catch_errors, make_session, said, settle

TODAY = date(2026, 6, 17)


@pytest.fixture
def file(tmp_path):
    with new_shop(tmp_path) as opened:
        yield opened


@pytest.fixture
def session(qtbot, file, monkeypatch):
    shown = catch_errors(monkeypatch)
    made = make_session(QApplication.instance(), file, TODAY)
    yield made
    made.close()
    assert shown == []


def show(qtbot, session, kind):
    view = kind(session)
    qtbot.addWidget(view)
    view.resize(1100, 620)
    session.changed.connect(lambda _tables: view.show_for(session.filter))
    view.show_for(session.filter)
    view.show()
    settle(qtbot, session)
    return view


def press(view, text):
    next(one for one in view.findChildren(QPushButton) if one.text().strip() == text and one.isVisible()).click()


def voucher(file, **more):
    new = NewVoucher("A loaf of bread", 450, more.pop("issued", TODAY), **more)
    return file.run("Voucher", lambda op: store_vouchers.issue(op, new)).result


def three_purchases(file, name="Anna Bell"):
    def work(op):
        who = add_customer(op, name)
        for back in range(3):
            op.insert("purchases", {"customer_id": who, "date": (TODAY - timedelta(days=back)).isoformat()})
        store_loyalty.save_rule(op, Rule("purchases", 3, "A loaf of bread", TODAY - timedelta(days=9), 450))
        return who

    return file.run("Set up", work).result


# The counter


def dialog_for(qtbot, session):
    dialog = CounterDialog(session)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def test_a_code_is_scanned_checked_and_used_with_enter(qtbot, session, file):
    code = voucher(file).code
    dialog = dialog_for(qtbot, session)
    qtbot.keyClicks(dialog.code, code.lower())
    qtbot.keyClick(dialog.code, Qt.Key.Key_Return)
    assert dialog.word.text() == "Good"
    assert file.value("SELECT redeemed FROM vouchers") is None  # a scanner's Enter only shows it
    assert dialog.focusWidget() is dialog.use
    qtbot.keyClick(dialog.use, Qt.Key.Key_Return)
    settle(qtbot, session)
    assert dialog.word.text() == "Hand it over"
    assert file.value("SELECT redeemed FROM vouchers") == TODAY.isoformat()
    assert '"used"' in journal.journal_path(file).read_text()
    assert dialog.code.text() == ""
    qtbot.keyClicks(dialog.code, code)
    qtbot.keyClick(dialog.code, Qt.Key.Key_Return)
    assert dialog.word.text() == "Used already"
    assert "17 Jun 2026" in dialog.words.text()
    assert not dialog.use.isEnabled()


def test_typing_on_takes_the_answer_of_the_last_code_away(qtbot, session, file):
    dialog = dialog_for(qtbot, session)
    qtbot.keyClicks(dialog.code, "nonsense")
    qtbot.keyClick(dialog.code, Qt.Key.Key_Return)
    assert dialog.word.text() == "Mistyped"
    qtbot.keyClicks(dialog.code, "x")
    assert dialog.word.text() == ""


def test_an_expired_voucher_is_taken_only_when_somebody_says_so(qtbot, session, file):
    code = voucher(file, issued=TODAY - timedelta(days=9), valid_until=TODAY - timedelta(days=1)).code
    dialog = dialog_for(qtbot, session)
    dialog.code.setText(code)
    dialog.check()
    assert dialog.word.text() == "Out of date"
    assert not dialog.use.isEnabled()
    qtbot.mouseClick(dialog.late, Qt.MouseButton.LeftButton)
    settle(qtbot, session)
    assert dialog.word.text() == "Hand it over"


def test_a_voucher_used_meanwhile_is_refused_where_the_person_looks(qtbot, session, file):
    made = voucher(file)
    dialog = dialog_for(qtbot, session)
    dialog.code.setText(made.code)
    dialog.check()
    store_vouchers.redeem_now(file, made.code, TODAY)
    dialog.use.click()
    settle(qtbot, session)
    assert dialog.word.text() == "Used already"


def test_where_the_journal_cannot_be_written_the_dialog_says_so(qtbot, session, file, monkeypatch, tmp_path):
    (tmp_path / "in the way").write_text("")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "in the way"))
    dialog = dialog_for(qtbot, session)
    dialog.code.setText(voucher(file).code)
    dialog.check()
    dialog.use.click()
    settle(qtbot, session)
    assert dialog.word.text() == "Hand it over"
    assert "could not be noted" in dialog.about.text()


# The tab


def test_rewards_become_vouchers_that_are_selected_for_printing(qtbot, session, file):
    three_purchases(file)
    view = show(qtbot, session, LoyaltyView)
    press(view, "Make 1 voucher")
    settle(qtbot, session)
    (made,) = store_vouchers.vouchers(file, TODAY)
    assert (made.customer, made.gives) == ("Anna Bell", "A loaf of bread")
    assert view.vouchers.ids(True) == [made.id]
    assert "Nobody has reached a new step." in said(view)


def test_vouchers_are_saved_as_pdf(qtbot, session, file, monkeypatch, tmp_path):
    made = voucher(file)
    answers = Answers(tmp_path / "vouchers")
    monkeypatch.setattr(ask, "prompts", answers)
    view = show(qtbot, session, LoyaltyView)
    press(view, "Save as PDF")
    settle(qtbot, session)
    assert made.code in text_of((tmp_path / "vouchers.pdf").read_bytes())


def test_a_new_voucher_asks_what_it_gives(qtbot, session, file):
    view = show(qtbot, session, LoyaltyView)
    view.new.click()
    form = view._side.form
    qtbot.keyClick(form.gives, Qt.Key.Key_Return)
    assert "Say what the voucher gives" in said(view)
    qtbot.keyClicks(form.gives, "Coffee & cake")
    qtbot.keyClicks(form.worth, "6.50")
    qtbot.keyClick(form.worth, Qt.Key.Key_Return)
    settle(qtbot, session)
    (made,) = store_vouchers.vouchers(file, TODAY)
    assert (made.gives, made.worth_minor, made.valid_until) == ("Coffee & cake", 650, TODAY + timedelta(days=365))


def test_a_cancelled_voucher_leaves_the_open_ones(qtbot, session, file):
    made = voucher(file)
    view = show(qtbot, session, LoyaltyView)
    view.vouchers.table.select_row(0)
    view.vouchers.cancel.click()
    settle(qtbot, session)
    assert view.vouchers.table.rows.rowCount() == 0
    assert store_vouchers.get(file, made.id).cancelled == TODAY


def test_a_reward_and_levels_are_set_up_with_the_keyboard(qtbot, session, file):
    view = show(qtbot, session, LoyaltyView)
    view.change_rule(None)
    form = view._side.form
    qtbot.keyClicks(form.gives, "A cake")
    qtbot.keyClick(form.gives, Qt.Key.Key_Return)
    settle(qtbot, session)
    assert [(one.step, one.gives) for one in store_loyalty.rules(file)] == [(10, "A cake")]
    view.change_tiers()
    view._side.form.steps.setPlainText("Gold 40\nOld friend 5")
    view._side.form.submitted.emit()
    settle(qtbot, session)
    assert [(one.name, one.starts) for one in store_loyalty.tiers(file).steps] == [("Old friend", 5), ("Gold", 40)]
    assert "Old friend" in said(view)


def test_levels_that_cannot_be_read_are_pointed_out(qtbot, session, file):
    view = show(qtbot, session, LoyaltyView)
    view.change_tiers()
    view._side.form.steps.setPlainText("Gold many")
    view._side.form.submitted.emit()
    settle(qtbot, session)
    assert store_loyalty.tiers(file).steps == ()


def test_an_older_copy_refuses_at_the_counter_what_was_used_since(qtbot, file, tmp_path):
    made = voucher(file)
    back_up(file.path, tmp_path / "old.cvdesk", TODAY)
    store_vouchers.redeem_now(file, made.code, TODAY)
    with open_file(tmp_path / "old.cvdesk") as old:
        session = make_session(QApplication.instance(), old, TODAY)
        dialog = dialog_for(qtbot, session)
        dialog.code.setText(made.code)
        dialog.check()
        assert dialog.word.text() == "Used already"
        assert "after this copy of the file was made" in dialog.words.text()
        session.close()


def test_other_pages_open_the_dialog_and_the_form(qtbot, session, file):
    anna = three_purchases(file)
    made = voucher(file)
    view = show(qtbot, session, LoyaltyView)
    view.show_record(("milestone", anna))
    assert view._side.form.customer.name() == "Anna Bell"
    view.show_record(("voucher", made.code))
    dialog = next(one for one in QApplication.topLevelWidgets() if isinstance(one, CounterDialog) and one.isVisible())
    assert dialog.word.text() == "Good"
    dialog.close()


# Gestures


def test_a_gesture_offered_after_a_complaint_is_noted_with_it(qtbot, session, file):
    def work(op):
        who = add_customer(op, "Anna Bell")
        row = {"number": 4, "date": TODAY.isoformat(), "customer_id": who, "stage": "closed"}
        return op.insert("complaints", {**row, "closed": TODAY.isoformat()})

    case = file.run("Set up", work).result
    view = show(qtbot, session, GesturesView)
    view.show_record(("gesture", ("complaint", case)))
    form = view._side.form
    assert form.customer.name() == "Anna Bell"
    qtbot.keyClicks(form.what, "Flowers")
    qtbot.keyClicks(form.cost, "12")
    qtbot.keyClick(form.cost, Qt.Key.Key_Return)
    settle(qtbot, session)
    row = file.row("SELECT * FROM touches")
    assert (row["complaint_id"], row["cost_minor"], row["note"]) == (case, 1200, "Flowers\nComplaint #4")


def test_beyond_the_budget_the_form_asks_why(qtbot, session, file):
    anna = file.run("Set up", lambda op: add_customer(op, "Anna Bell")).result
    view = show(qtbot, session, GesturesView)
    view.change_budget()
    qtbot.keyClicks(view._side.form.month, "10")
    qtbot.keyClick(view._side.form.month, Qt.Key.Key_Return)
    settle(qtbot, session)
    view.show_record(("gesture", anna))
    form = view._side.form
    assert not form.over.isVisible()
    qtbot.keyClicks(form.what, "A cake")
    qtbot.keyClicks(form.cost, "15")
    assert "£5 more than the budget has left." in said(view)
    qtbot.keyClick(form.cost, Qt.Key.Key_Return)
    assert file.value("SELECT count(*) FROM touches") == 0
    qtbot.keyClicks(form.over, "Her wedding")
    qtbot.keyClick(form.over, Qt.Key.Key_Return)
    settle(qtbot, session)
    assert file.value("SELECT cost_minor FROM touches") == 1500
    assert "£15 of £10 given: £5 over the budget." in said(view)


def test_a_gesture_never_made_is_taken_back_with_delete(qtbot, session, file):
    anna = file.run("Set up", lambda op: add_customer(op, "Anna Bell")).result
    row = {"customer_id": anna, "date": TODAY.isoformat(), "done": TODAY.isoformat(), "kind": "gesture", "note": "Tea"}
    file.run("Tea", lambda op: op.insert("touches", row))
    view = show(qtbot, session, GesturesView)
    view.activateWindow()
    view.table.setFocus()
    qtbot.waitUntil(view.table.hasFocus)
    view.table.select_row(0)
    qtbot.keyClick(view.table, Qt.Key.Key_Delete)
    settle(qtbot, session)
    assert file.value("SELECT count(*) FROM touches") == 0
    assert "Nothing yet." in said(view)


# On paper


def text_of(pdf: bytes) -> str:
    import io

    import pypdf

    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)


@pytest.mark.parametrize("paper", ["a4", "letter"])
@pytest.mark.parametrize("single", [False, True])
def test_vouchers_on_paper_hold_what_is_needed_at_the_counter(file, single, paper):
    import io

    import pypdf

    anna = file.run("Set up", lambda op: add_customer(op, "Anna <b>Bell</b>")).result
    made = [voucher(file, customer_id=anna, valid_until=date(2027, 6, 17)) for _number in range(9)]
    pdf = as_bytes(gather(file, [one.id for one in made], TODAY, single, paper))
    shown = text_of(pdf)
    assert all(one.code in shown for one in made)
    assert "For Anna <b>Bell</b>" in shown
    assert "Valid until 17 Jun 2027" in shown
    assert "Corner shop" in shown
    assert len(pypdf.PdfReader(io.BytesIO(pdf)).pages) == (9 if single else 2)


def test_a_used_voucher_is_not_printed_again(file):
    made = voucher(file)
    store_vouchers.redeem_now(file, made.code, TODAY)
    with pytest.raises(UserError, match="can no longer be used"):
        gather(file, [made.id], TODAY)


def test_the_longest_text_stays_on_its_voucher(file):
    new = NewVoucher("word " * 39, None, TODAY)
    made = file.run("Voucher", lambda op: store_vouchers.issue(op, new)).result
    assert made.code in text_of(as_bytes(gather(file, [made.id], TODAY)))
