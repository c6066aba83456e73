"""The voucher at the counter: one field to type or scan a code into, a big word, and Enter that uses it."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from cvdesk.care import journal, store_vouchers
from cvdesk.care.records_vouchers import CANCELLED, EXPIRED, GOOD, MISTYPED, UNKNOWN, USED, Standing
from cvdesk.catalogue import store as catalogue
from cvdesk.errors import UserError
from cvdesk.kit.dialog import Dialog
from cvdesk.kit.form import text_field
from cvdesk.kit.session import Session
from cvdesk.kit.theme import LARGE, MEDIUM, SMALL, WIDE
from cvdesk.kit.widgets import FIGURE, NOTE, TEXT, TITLE, button, column, label, line, set_tone
from cvdesk.wording import _
from cvdesk.wording.numbers import day, money

_WIDTH = 480
_TONES = {GOOD: "good", USED: "bad", EXPIRED: "bad", CANCELLED: "bad", UNKNOWN: "bad", MISTYPED: "bad"}


def big_word(kind: str) -> str:
    """What stands in large letters."""
    return {
        GOOD: _("Good"), USED: _("Used already"), EXPIRED: _("Out of date"), CANCELLED: _("Cancelled"),
        UNKNOWN: _("Not one of yours"), MISTYPED: _("Mistyped"),
    }[kind]  # fmt: skip


class CounterDialog(Dialog):
    """Enter in the field checks the code; what is good can then be used with Enter again. A scanner presses it, too."""

    def __init__(self, session: Session, code: str = "", parent: QWidget | None = None) -> None:
        theme = session.theme
        super().__init__(theme.px(_WIDTH), parent)
        self._session = session
        self._currency = catalogue.business(session.file).currency
        self._shown: Standing | None = None
        title = _("Check a voucher")
        self.setWindowTitle(title)
        box = column(self, MEDIUM, (WIDE, WIDE, WIDE, LARGE))
        box.addWidget(label(theme, title, TITLE, strong=True))
        asks = label(theme, _("Type the code, or scan it"), TEXT)
        self.code = text_field(code, "HB-K7M2-QXP4")
        self.code.setAccessibleName(_("Code of the voucher"))
        self.code.setFont(theme.font(TITLE))
        self.code.returnPressed.connect(self.check)
        self.code.textEdited.connect(self._typed)
        asks.setBuddy(self.code)
        box.addWidget(asks)
        box.addWidget(self.code)
        self.word = label(theme, "", FIGURE, strong=True)
        self.words = label(theme, "", TEXT, wrap=True)
        self.about = label(theme, "", NOTE, tone="quiet", wrap=True)
        for one in (self.word, self.words, self.about):
            box.addWidget(one)
        row = line(SMALL)
        row.addStretch(1)
        self.late = button(theme, _("Take it all the same"), partial(self._use, True))
        self.use = button(theme, _("Use it"), partial(self._use, False), "main")
        row.addWidget(button(theme, _("Close"), self.close))
        row.addWidget(self.late)
        row.addWidget(self.use)
        box.addLayout(row)
        self._clear()
        if code:
            self.check()
        else:
            self.code.setFocus()

    def check(self) -> None:
        """Shows how the code stands; where it is good the next Enter uses it."""
        if not self.code.text().strip():
            return
        standing = store_vouchers.check(self._session.file, self.code.text(), self._session.today())
        self._shown = standing
        self._say(big_word(standing.kind), _TONES[standing.kind], self._sentence(standing), self._about(standing))
        may = not self._session.file.read_only
        self.use.setEnabled(may and standing.kind == GOOD)
        self.late.setVisible(may and standing.kind == EXPIRED)
        if self.use.isEnabled():
            self.use.setFocus()
        else:
            self.code.selectAll()
            self.code.setFocus()

    def _sentence(self, standing: Standing) -> str:
        voucher = standing.voucher
        return voucher.gives if standing.kind == GOOD and voucher is not None else standing.words()

    def _about(self, standing: Standing) -> str:
        voucher = standing.voucher
        if voucher is None:
            return _("Each code has a sign that checks the others.") if standing.kind == MISTYPED else ""
        parts = [voucher.code] if standing.kind == GOOD else [voucher.gives]
        if voucher.worth_minor:
            parts.append(money(voucher.worth_minor, self._currency))
        if voucher.customer:
            parts.append(_("for {name}").format(name=voucher.customer))
        if standing.kind == GOOD and voucher.valid_until is not None:
            parts.append(_("valid until {day}").format(day=day(voucher.valid_until)))
        return " · ".join(parts)

    def _use(self, late: bool) -> None:
        standing, session = self._shown, self._session
        if standing is None or standing.voucher is None:
            return
        self.use.setEnabled(False)
        self.late.hide()
        work = partial(
            store_vouchers.redeem, code=standing.code, today=session.today(), staff_id=session.staff_id, late=late
        )
        said = _("Voucher {code} used").format(code=standing.code)
        session.run(_("Use a voucher"), work, self._used, self._failed, said)

    def _used(self, done: store_vouchers.Redeemed) -> None:
        self._session.write_out(journal.keep_up, lambda _noted: None)
        about = _("{code} is used now.").format(code=done.voucher.code)
        if not done.journalled:
            about += " " + _("It could not be noted outside the file, so an older backup would make it good again.")
        self._say(_("Hand it over"), "good", done.voucher.gives, about)
        self._shown = None
        self.code.clear()
        self.code.setFocus()

    def _failed(self, error: Exception) -> None:
        """Somebody was quicker, or the file is in use: said here, where the person looks."""
        if not isinstance(error, UserError):
            raise error
        self.check()
        if self._shown is not None and self._shown.kind == GOOD:
            self._say(_("Not used"), "bad", error.what, error.to_do)

    def _typed(self, _text: str) -> None:
        if self._shown is not None or self.word.text():
            self._clear()

    def _clear(self) -> None:
        self._shown = None
        self._say("", "", "", "")
        self.use.setEnabled(False)
        self.late.hide()

    def _say(self, word: str, tone: str, words: str, about: str) -> None:
        for shown, text in ((self.word, word), (self.words, words), (self.about, about)):
            shown.setText(text)
            shown.setVisible(bool(text))
        set_tone(self.word, tone)
        self.code.setAccessibleDescription(" ".join(part for part in (word, words, about) if part))


__all__ = ["CounterDialog", "big_word"]
