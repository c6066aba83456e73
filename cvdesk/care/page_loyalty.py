"""Care, loyalty: rewards due, vouchers, rules and levels, and the voucher at the counter."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QStandardPaths
from PySide6.QtGui import QResizeEvent

from cvdesk.care import store_loyalty, store_vouchers
from cvdesk.care.form_voucher import Currency, RuleForm, TiersForm, VoucherForm
from cvdesk.care.page_loyalty_counter import CounterDialog
from cvdesk.care.page_loyalty_lists import DueBoard, VoucherBoard
from cvdesk.care.page_loyalty_side import Ahead, Doings, Loyal, LoyalCard
from cvdesk.care.records_loyalty import PURCHASES, Reached, Rule, step_words
from cvdesk.care.records_vouchers import OPEN, Voucher
from cvdesk.catalogue import store as catalogue
from cvdesk.catalogue.records import Filter, Period
from cvdesk.customers.store import find_matches
from cvdesk.db import Operation, Queries
from cvdesk.figures import store_loyalty as figures
from cvdesk.kit import ask, printing
from cvdesk.kit.jobs import Job
from cvdesk.kit.print_pdf import print_pdf, usual_paper
from cvdesk.kit.side import SideForm, SidePanel
from cvdesk.kit.view import View
from cvdesk.kit.widgets import MEDIUM, SMALL, TEXT, button, column, label, line
from cvdesk.wording import _, ngettext
from cvdesk.wording.numbers import day_short, whole

_NEW_RULE = 10  # purchases


@dataclass(frozen=True, slots=True)
class _Shown:
    """What the view shows, read in one go."""

    due: tuple[Reached, ...]
    vouchers: Sequence[Voucher]
    totals: store_vouchers.Totals
    loyal: Loyal


class LoyaltyView(View):
    """Lists on the left, rewards and levels on the right, where the forms open, too."""

    key = "loyalty"
    watches = frozenset(
        {"vouchers", "care_plans", "purchases", "customers", "complaints", "complaint_events", "settings", "staff"}
    )

    _job: Job | None = None
    _card: Loyal | None = None

    @classmethod
    def title(cls) -> str:
        """The tab's name."""
        return _("Loyalty")

    def show_for(self, chosen: Filter) -> None:
        """Asks for everything; who is loyal does not depend on the filter's period."""
        if self._job is not None:
            self._job.cancel()
        session, state = self.session, str(self.vouchers.state.value)
        self._job = session.ask(partial(_gather, today=session.today(), state=state), self._arrived)

    def show_record(self, record: object) -> None:
        """("voucher", code or None): the dialog of the counter. ("milestone", customer id): a voucher for her."""
        sort, about = record if isinstance(record, tuple) else ("", None)
        if sort == "voucher":
            self.check_voucher(str(about or ""))
        elif sort == "milestone" and isinstance(about, int):
            self.new_voucher(about)

    def focus_first(self) -> None:
        """The button one needs at the counter."""
        self.check.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._side.fit(self.width())
        left = self.width() - self._side.width() - MEDIUM
        self.due.fit(self.height(), left)
        self.vouchers.fit(left)

    def check_voucher(self, code: str = "") -> CounterDialog:
        """Opens the dialog of the counter."""
        dialog = CounterDialog(self.session, code, self.window())
        dialog.open()
        return dialog

    def new_voucher(self, customer_id: int | None = None) -> None:
        """The form for one voucher."""
        file = self.session.file
        name = file.value("SELECT name FROM customers WHERE id = ?", (customer_id,))
        whom = None if customer_id is None or name is None else (customer_id, str(name))
        form = VoucherForm(self.theme, partial(find_matches, file), self.session.today(), self._currency(), whom)

        def work(op: Operation) -> Voucher:
            return store_vouchers.issue(op, form.record())

        self._ask(form, _("New voucher"), _("Make it"), _("New voucher"), work, form.problems, self._made_one)

    def change_rule(self, rule: Rule | None) -> None:
        """The form for a reward, a new one or one that is there; one that is there can be stopped."""
        shown = rule or Rule(PURCHASES, _NEW_RULE, "", self.session.today())
        form = RuleForm(self.theme, shown, self._currency())
        if rule is not None and rule.id is not None:
            stop = button(self.theme, _("Stop this reward"), partial(self._stop, rule.id), "plain")
            form.rows.addRow(stop)
        heading = _("New reward") if rule is None else _("Change the reward")

        def work(op: Operation) -> int:
            return store_loyalty.save_rule(op, form.record())

        self._ask(form, heading, _("Save"), _("Reward"), work, form.problems)

    def change_tiers(self) -> None:
        """The form for the levels."""
        form = TiersForm(self.theme, store_loyalty.tiers(self.session.file), self._currency())

        def work(op: Operation) -> None:
            store_loyalty.save_tiers(op, form.record())

        self._ask(form, _("Levels"), _("Save"), _("Levels"), work, form.problems)

    # Building

    def _build(self) -> None:
        theme, writable = self.theme, not self.session.file.read_only
        head = line(SMALL)
        words = _("A reward for those who stay costs less than winning somebody new.")
        head.addWidget(label(theme, words, TEXT, tone="quiet", wrap=True), 1)
        self.new = button(theme, _("New voucher"), self.new_voucher, icon="plus")
        self.new.setEnabled(writable)
        self.check = button(theme, _("Check a voucher"), self.check_voucher, "main")
        head.addWidget(self.new)
        head.addWidget(self.check)
        self.box.addLayout(head)
        row = line(MEDIUM)
        left = column(None, MEDIUM)
        self.due = DueBoard(self.session)
        self.due.wanted.connect(self._make)
        self.vouchers = VoucherBoard(self.session, self._save, self._print, self._cancel)
        self.vouchers.state_chosen.connect(lambda _state: self.show_for(self.session.filter))
        left.addWidget(self.due)
        left.addWidget(self.vouchers, 1)
        row.addLayout(left, 1)
        self._side = SidePanel(theme, _("Rewards and levels"))
        self._side.left.connect(self._show_card)
        row.addWidget(self._side)
        self.box.addLayout(row, 1)

    def _arrived(self, found: _Shown) -> None:
        self._card = found.loyal
        self.due.show_due(found.due, found.loyal.currency, bool(found.loyal.rules))
        self.vouchers.show_vouchers(found.vouchers, found.totals, found.loyal.currency)
        if self._side.form is None:
            self._show_card()

    def _show_card(self) -> None:
        if self._card is not None:
            doings = None if self.session.file.read_only else Doings(self.change_rule, self.change_tiers)
            self._side.show_content(LoyalCard(self.session, self._card, doings), _("Rewards and levels"))

    def _ask(
        self, form: SideForm, heading: str, save: str, step: str, work: Callable[[Operation], Any],
        problems: Callable[[], dict[str, str]], then: Callable[[Any], None] | None = None,
    ) -> None:  # fmt: skip
        """Shows a form; once it is right, what it says is written as one step."""
        if self.session.file.read_only or not self._side.may_leave():
            return

        def saved(result: Any) -> None:
            self._side.set_busy(False)
            self._show_card()
            if then is not None:
                then(result)

        def submit() -> None:
            wrong = problems()
            form.show_problems(wrong)
            if not wrong:
                self._side.set_busy(True)
                failed = partial(self._side.save_failed, form)
                self.session.run(step, work, saved, failed, _("{what} saved").format(what=heading))

        self._side.show_form(heading, form, save, submit)

    def _stop(self, rule_id: int) -> None:
        self.session.run(_("Stop a reward"), partial(store_loyalty.stop_rule, rule_id=rule_id), say=_("Reward stopped"))
        self._show_card()

    def _currency(self) -> Currency:
        from babel.numbers import get_currency_precision

        code = catalogue.business(self.session.file).currency
        return Currency(code, get_currency_precision(code))

    # Vouchers

    def _make(self, wanted: Sequence[Reached]) -> None:
        today = self.session.today()
        work = partial(store_loyalty.give_rewards, wanted=tuple(wanted), today=today)
        self.session.run(_("Vouchers for rewards"), work, self._made)

    def _made(self, made: Sequence[Voucher]) -> None:
        words = ngettext("{count} voucher made", "{count} vouchers made", len(made)).format(count=whole(len(made)))
        self.session.said.emit(words, True)
        self._show_new(made)

    def _made_one(self, made: Voucher) -> None:
        self._show_new([made])

    def _show_new(self, made: Sequence[Voucher]) -> None:
        """Those just made, selected, so that the next press prints them and no others."""
        self.vouchers.state.offer(self.vouchers.state._options, OPEN)
        file, today = self.session.file, self.session.today()
        currency = catalogue.business(file).currency
        found = store_vouchers.vouchers(file, today, OPEN)
        self.vouchers.show_vouchers(found, store_vouchers.totals(file, today), currency)
        self.vouchers.select([one.id for one in made])

    def _cancel(self, ids: list[int]) -> None:
        today = self.session.today()

        def work(op: Operation) -> None:
            for one in ids:
                store_vouchers.cancel(op, one, today)

        words = ngettext("{count} voucher cancelled", "{count} vouchers cancelled", len(ids))
        self.session.run(_("Cancel vouchers"), work, say=words.format(count=whole(len(ids))))

    def _save(self, ids: list[int]) -> None:
        from cvdesk.care.report_vouchers import gather, save_vouchers

        today, paper, single = self.session.today(), self._paper(), bool(self.vouchers.pages.value)
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        proposal = Path(folder) / f"{_('Vouchers')} {today.isoformat()}.pdf"
        target = ask.prompts.save_file(self, _("Save the vouchers"), proposal, _("PDF files (*.pdf)"))
        if target is None:
            return
        target = target if target.suffix.lower() == ".pdf" else target.with_name(target.name + ".pdf")
        said = _("Saved as {path}").format(path=target)
        self.session.write_out(
            lambda file: save_vouchers(gather(file, ids, today, single, paper), target),
            lambda _none: self.session.say(said),
        )

    def _print(self, ids: list[int]) -> None:
        from cvdesk.care.report_vouchers import as_bytes, gather

        today, paper, single = self.session.today(), self._paper(), bool(self.vouchers.pages.value)

        def made(file: Queries) -> tuple[bytes, int]:
            pdf = as_bytes(gather(file, ids, today, single, paper))
            return pdf, len(printing.page_sizes(pdf))

        self.session.ask(made, lambda found: print_pdf(self.session, self, found[0], found[1], paper))

    def _paper(self) -> str:
        return usual_paper(catalogue.business(self.session.file).country)


def _gather(db: Queries, today: date, state: str) -> _Shown:
    currency = catalogue.business(db).currency
    rules = store_loyalty.rules(db)
    whole_business = Filter(Period.last_months(12, today))
    ahead = figures.milestones(db, whole_business, today, figures.bought(db, today))
    names = {row["id"]: row["name"] for row in db.rows("SELECT id, name FROM customers")} if ahead.due else {}
    shown = [
        Ahead(one.customer_id, names[one.customer_id], step_words(one.kind, one.step, currency),
              day_short(one.on, today))
        for one in ahead.due
    ]  # fmt: skip
    loyal = Loyal(
        rules, store_loyalty.tiers(db), store_loyalty.tier_counts(db, today), shown, ahead.held_back, currency
    )
    due = store_loyalty.rewards_due(db, today)
    found, totals = store_vouchers.vouchers(db, today, state), store_vouchers.totals(db, today)
    return _Shown(due, found, totals, loyal)
