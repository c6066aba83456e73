"""Opening an older copy of a file names the vouchers used since; Undo and Redo reach the journal from any page."""

import shutil
from datetime import date

import pytest
from PySide6.QtWidgets import QWidget

from cvdesk.care import journal, store_vouchers
from cvdesk.care.records_vouchers import NewVoucher
from cvdesk.db import create_file, open_file
from cvdesk.kit import ask
from cvdesk.shell.vouchers import VoucherJournal
from tests.pages import Answers, make_session, settle

TODAY = date(2026, 11, 21)


class Told(Answers):
    def tell(self, parent, what, to_do, details=""):
        self.asked.append(what)


@pytest.fixture
def told(monkeypatch):
    made = Told()
    monkeypatch.setattr(ask, "prompts", made)
    return made


@pytest.fixture
def window(qtbot):
    made = QWidget()
    qtbot.addWidget(made)
    return made


def test_an_older_copy_that_is_opened_keeps_used_vouchers_used_and_names_them(qtbot, qapp, tmp_path, told, window):
    with create_file(tmp_path / "shop.cvdesk") as file:
        new = NewVoucher("A loaf of bread", 450, TODAY)
        code = file.run("Voucher", lambda op: store_vouchers.issue(op, new)).result.code
    shutil.copy(tmp_path / "shop.cvdesk", tmp_path / "older.cvdesk")
    with open_file(tmp_path / "shop.cvdesk") as file:
        store_vouchers.redeem_now(file, code, TODAY)
    session = make_session(qapp, open_file(tmp_path / "older.cvdesk"), TODAY)
    VoucherJournal(session, window).look()
    settle(qtbot, session)
    assert told.asked == [f"1 voucher was used after this copy was made: {code} on 21 Nov 2026. It stays used."]
    assert store_vouchers.check(session.file, code, TODAY).kind == "used"
    session.close()


def test_a_redemption_taken_back_on_any_page_is_good_again_in_every_copy(qtbot, qapp, tmp_path, told, window):
    session = make_session(qapp, create_file(tmp_path / "shop.cvdesk"), TODAY)
    kept = VoucherJournal(session, window)
    new = NewVoucher("A loaf of bread", 450, TODAY)
    code = session.file.run("Voucher", lambda op: store_vouchers.issue(op, new)).result.code
    shutil.copy(tmp_path / "shop.cvdesk", tmp_path / "older.cvdesk")
    session.run("Use", lambda op: store_vouchers.redeem(op, code, TODAY))
    settle(qtbot, session)
    session.undo()
    settle(qtbot, session)
    kept.look()
    settle(qtbot, session)
    session.close()
    with open_file(tmp_path / "older.cvdesk") as file:
        assert journal.used_since(file) == ()
    assert told.asked == []
