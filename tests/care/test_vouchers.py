import json
import shutil
from datetime import date, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cvdesk.care import journal, store_vouchers
from cvdesk.care.records_vouchers import NewVoucher, core_of, initials, new_voucher_code
from cvdesk.catalogue.records import Business
from cvdesk.db import open_file
from cvdesk.errors import UserError
from cvdesk.exchange.new import make_business
from cvdesk.safety.backup import back_up, restore
from cvdesk.surveys.records_codes import ALPHABET
from cvdesk.surveys.store import seeded

DAY = date(2026, 11, 12)
NEXT = DAY + timedelta(days=1)


@pytest.fixture
def file(tmp_path):
    with make_business(tmp_path / "shop.cvdesk", Business("Hill Bakery")) as opened:
        yield opened


def issue(file, gives="A loaf of bread", **more):
    new = NewVoucher(gives, more.pop("worth", 450), more.pop("issued", DAY), **more)
    return file.run("Voucher", lambda op: store_vouchers.issue(op, new)).result


def use(file, code, today=DAY, **more):
    return store_vouchers.redeem_now(file, code, today, **more)


def kind(file, code, today=DAY):
    return store_vouchers.check(file, code, today).kind


def test_a_voucher_is_good_once_and_the_second_time_the_day_is_named(file):
    code = issue(file).code
    assert kind(file, code) == "good"
    use(file, code, DAY, note="two rolls instead")
    with pytest.raises(UserError, match=r"was used on 12 Nov 2026: two rolls instead"):
        use(file, code, NEXT)
    assert store_vouchers.get(file, file.value("SELECT id FROM vouchers")).redeemed == DAY


def test_a_code_begins_with_the_initials_and_forgives_how_it_is_typed(file):
    code = issue(file).code
    assert code.startswith("HB-")
    for typed in (code.lower(), code.replace("-", " "), code[3:], f"  {code} ", code.replace("-", "")):
        assert store_vouchers.check(file, typed, DAY).code == code


@pytest.mark.parametrize(
    ("name", "expected"), [("Hill Bakery", "HB"), ("Loaf", "LO"), ("面包店", ""), ("3 Oaks & Co", "OC"), ("", "")]
)
def test_initials_come_from_the_name_of_the_business(name, expected):
    assert initials(name) == expected
    assert core_of(new_voucher_code(name, seeded(1))) == new_voucher_code("", seeded(1))


@given(st.integers(0, 10_000), st.integers(0, 7), st.sampled_from(ALPHABET))
def test_one_sign_mistyped_is_a_slip_and_never_another_voucher(seed, place, sign):
    signs = list(new_voucher_code("", seeded(seed)).replace("-", ""))
    if signs[place] != sign:
        signs[place] = sign
        with pytest.raises(ValueError, match="no code"):
            core_of("HB" + "".join(signs))


@given(st.text(max_size=40))
def test_any_text_is_checked_without_trouble(text):
    try:
        core_of(text)
    except ValueError:
        return
    assert len(core_of(text)) == 9


def test_mistyped_unknown_expired_and_cancelled_are_told_apart(file):
    voucher = issue(file, valid_until=DAY)
    last = voucher.code[-1]
    wrong = voucher.code[:-1] + next(sign for sign in ALPHABET if sign != last)
    assert kind(file, wrong) == "mistyped"
    assert kind(file, "HB-" + new_voucher_code("", seeded(5))) == "unknown"
    assert kind(file, voucher.code) == "good"
    assert kind(file, voucher.code, NEXT) == "expired"
    with pytest.raises(UserError, match="valid until"):
        use(file, voucher.code, NEXT)
    file.run("Cancel", lambda op: store_vouchers.cancel(op, voucher.id, DAY))
    assert kind(file, voucher.code) == "cancelled"
    with pytest.raises(UserError, match="cancelled"):
        use(file, voucher.code, NEXT, late=True)


def test_an_expired_voucher_is_taken_when_the_owner_says_so(file):
    voucher = issue(file, valid_until=DAY)
    assert use(file, voucher.code, NEXT, late=True).voucher.redeemed == NEXT


def test_a_used_voucher_cannot_be_cancelled(file):
    voucher = issue(file)
    use(file, voucher.code)
    with pytest.raises(UserError, match="used already"):
        file.run("Cancel", lambda op: store_vouchers.cancel(op, voucher.id, DAY))


def test_a_use_noted_by_mistake_is_taken_back_with_undo(file):
    code = issue(file).code
    use(file, code)
    file.undo()
    assert kind(file, code) == "good"
    file.redo()
    assert kind(file, code) == "used"


def test_lists_and_totals_say_what_is_still_owed(file):
    first, second = issue(file), issue(file, worth=None)
    issue(file, valid_until=DAY, worth=100)
    use(file, first.code)
    found = store_vouchers.totals(file, NEXT)
    assert (found.open, found.open_minor, found.open_unpriced, found.used, found.expired) == (1, 0, 1, 1, 1)
    assert [one.id for one in store_vouchers.vouchers(file, NEXT, "open")] == [second.id]
    assert len(store_vouchers.vouchers(file, NEXT)) == 3


def test_a_voucher_that_gives_nothing_is_not_made(file):
    with pytest.raises(UserError):
        issue(file, gives="  ")


# The journal


def restored(file, folder, name="old.cvdesk"):
    """The file as an older backup brings it back."""
    return restore(folder / "backup.cvdesk", folder / name)


def test_vouchers_used_after_the_backup_stay_used_and_are_named(file, tmp_path):
    kept, used = issue(file), issue(file)
    back_up(file.path, tmp_path / "backup.cvdesk", DAY)
    later = issue(file, "A cake")
    use(file, used.code)
    use(file, later.code, NEXT)
    done = restored(file, tmp_path)
    assert [(one.code, one.day) for one in done.used] == [(used.code, DAY), (later.code, NEXT)]
    assert f"{used.code} on 12 Nov 2026" in done.words()
    with open_file(done.path) as old:
        assert [kind(old, one.code) for one in (kept, used, later)] == ["good", "used", "used"]
        assert journal.reconcile(old) == ()  # named once


def test_a_backup_copied_by_hand_does_not_make_vouchers_good_again(file, tmp_path):
    voucher = issue(file)
    back_up(file.path, tmp_path / "backup.cvdesk", DAY)
    use(file, voucher.code)
    with open_file(tmp_path / "backup.cvdesk") as old:
        with pytest.raises(UserError, match="after this copy"):
            use(old, voucher.code)
        assert [one.code for one in journal.reconcile(old)] == [voucher.code]


def test_a_use_taken_back_before_the_backup_came_back_is_no_use(file, tmp_path):
    voucher = issue(file)
    back_up(file.path, tmp_path / "backup.cvdesk", DAY)
    use(file, voucher.code)
    file.undo()
    journal.keep_up(file)
    assert restored(file, tmp_path).used == ()


def test_a_redemption_that_never_reached_the_file_was_only_tried(file):
    voucher = issue(file)

    def killed(op):
        store_vouchers.redeem(op, voucher.code, DAY)
        raise OSError("the power went")

    with pytest.raises(OSError, match="power"):
        file.run("Use", killed)
    assert journal.reconcile(file) == ()
    assert use(file, voucher.code).voucher.redeemed == DAY


def test_a_redemption_that_reached_the_file_counts_though_nobody_confirmed_it(file, tmp_path):
    voucher = issue(file)
    back_up(file.path, tmp_path / "backup.cvdesk", DAY)
    file.run("Use", lambda op: store_vouchers.redeem(op, voucher.code, DAY))
    file.run("Something else", lambda op: op.insert("tags", {"key": "a", "name": "A"}))
    journal.reconcile(file)
    assert [one.code for one in restored(file, tmp_path).used] == [voucher.code]


@pytest.mark.parametrize("torn", [b'{"code": "HB-', b"\xff\xfe\x00", b"[]\n", b'{"code": 3}\n', b"\n\n"])
def test_what_is_torn_in_the_journal_is_passed_over(file, tmp_path, torn):
    first, second = issue(file), issue(file)
    back_up(file.path, tmp_path / "backup.cvdesk", DAY)
    use(file, first.code)
    path = journal.journal_path(file)
    path.write_bytes(path.read_bytes() + torn)
    use(file, second.code)
    assert {one.code for one in restored(file, tmp_path).used} == {first.code, second.code}


@given(st.binary(max_size=300))
@settings(max_examples=40)
def test_any_journal_can_be_read(own_journal, noise):
    file, voucher = own_journal
    path = journal.journal_path(file)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(noise)
    assert store_vouchers.check(file, voucher.code, DAY).kind == "good"


@pytest.fixture(scope="module")
def own_journal(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_DATA_HOME", str(tmp_path_factory.mktemp("data")))
        with make_business(tmp_path_factory.mktemp("shop") / "shop.cvdesk", Business("Hill Bakery")) as opened:
            yield opened, issue(opened)


def test_where_the_journal_cannot_be_written_the_voucher_is_used_all_the_same(file, monkeypatch, tmp_path):
    (tmp_path / "in the way").write_text("a file where a folder should be")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "in the way"))
    done = use(file, issue(file).code)
    assert done.voucher.redeemed == DAY
    assert not done.journalled


def test_the_journal_holds_no_name_and_no_note(file):
    use(file, issue(file).code, note="Anna Bell fetched it")
    written = journal.journal_path(file).read_text()
    assert "Anna" not in written
    assert all(json.loads(one)["code"].startswith("HB-") for one in written.splitlines())


def test_another_business_has_another_journal(file, tmp_path):
    with make_business(tmp_path / "other.cvdesk", Business("Hill Bakery")) as other:
        assert journal.journal_path(other) != journal.journal_path(file)


def test_a_file_open_for_reading_only_names_them_and_is_left_alone(file, tmp_path):
    voucher = issue(file)
    back_up(file.path, tmp_path / "backup.cvdesk", DAY)
    use(file, voucher.code)
    with open_file(tmp_path / "backup.cvdesk", read_only=True) as old:
        assert [one.code for one in journal.reconcile(old)] == [voucher.code]
        assert [one.code for one in journal.reconcile(old)] == [voucher.code]


class Counter:
    """A shop that works with at most two vouchers and any of its backups; counts what went over the counter."""

    def __init__(self, template, home):
        self.home, self.number = home, 0
        shutil.copy(template, home / "shop.cvdesk")
        self.file = open_file(home / "shop.cvdesk")
        self.vouchers, self.backups = [], []
        self.given = {}  # code -> how often something was handed over and not taken back
        self.steps, self.undone = [], []  # what Undo and Redo would do: the code of a use, else None
        self.issue(0)
        self.back_up(0)

    def _did(self, step):
        self.steps.append(step)
        self.undone.clear()

    def _hand_over(self, code):
        self.given[code] = self.given.get(code, 0) + 1
        assert self.given[code] == 1, f"{code} given twice"

    def issue(self, _which):
        if len(self.vouchers) < 2:
            self.vouchers.append(issue(self.file))
            self._did(None)

    def use(self, which):
        code = self.vouchers[which % len(self.vouchers)].code
        try:
            use(self.file, code)
        except UserError:
            return
        self._hand_over(code)
        self._did(code)

    def cancel(self, which):
        voucher = self.vouchers[which % len(self.vouchers)]
        try:
            done = self.file.run("Cancel", lambda op: store_vouchers.cancel(op, voucher.id, DAY))
        except (UserError, LookupError):
            return
        if done.tables:
            self._did(None)

    def undo(self, _which):
        if self.steps:
            self.file.undo()
            journal.keep_up(self.file)  # as the window does
            step = self.steps.pop()
            self.undone.append(step)
            if step is not None:
                self.given[step] -= 1

    def redo(self, _which):
        if self.undone:
            self.file.redo()
            journal.keep_up(self.file)
            step = self.undone.pop()
            self.steps.append(step)
            if step is not None:
                self._hand_over(step)

    def back_up(self, _which):
        self.number += 1
        self.backups.append(back_up(self.file.path, self.home / f"backup {self.number}.cvdesk", DAY))

    def bring_back(self, which):
        self.number += 1
        self.file.close()
        backup = self.backups[which % len(self.backups)]
        self.file = open_file(restore(backup, self.home / f"shop {self.number}.cvdesk").path)
        self.steps, self.undone = [], []  # what came before the backup is not undone here


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    path = tmp_path_factory.mktemp("template") / "shop.cvdesk"
    make_business(path, Business("Hill Bakery")).close()
    return path


STEPS = ["use", "use", "bring_back", "bring_back", "undo", "redo", "back_up", "issue", "cancel"]


@given(st.lists(st.tuples(st.sampled_from(STEPS), st.integers(0, 2)), min_size=3, max_size=14))
@example([("use", 0), ("bring_back", 0), ("use", 0)])
@example([("use", 0), ("undo", 0), ("back_up", 0), ("redo", 0), ("bring_back", 1), ("use", 0)])
@example([("issue", 0), ("use", 1), ("bring_back", 0), ("back_up", 0), ("bring_back", 1), ("use", 1)])
@settings(max_examples=30)
def test_whatever_is_done_and_whatever_backup_comes_back_nothing_is_given_twice(template, tmp_path_factory, steps):
    with pytest.MonkeyPatch.context() as patch:
        home = tmp_path_factory.mktemp("shop")
        patch.setenv("XDG_DATA_HOME", str(home / "data"))
        shop = Counter(template, home)
        for name, which in steps:
            getattr(shop, name)(which)
        shop.file.close()
