"""Who speaks for the business, who could be asked to, and which of their words may be used."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtGui import QGuiApplication

from cvdesk.care import store_community as store
from cvdesk.care import store_poster
from cvdesk.care.form_community import AdvocateForm
from cvdesk.care.page_community_room import Room
from cvdesk.care.records_community import Advocate, AdvocateRow, Candidate, Quote, advocate_problems
from cvdesk.db import BusinessFile, Operation, Queries
from cvdesk.kit.quote import QuoteButton
from cvdesk.kit.side import SideContent
from cvdesk.kit.table import Column
from cvdesk.kit.widgets import CARD_TITLE, NOTE, TEXT, EmptyState, button, label
from cvdesk.wording import _, ngettext
from cvdesk.wording.numbers import day, day_short, whole

_PROPOSED = 20  # as many as one looks at
_QUOTES = 6


class Advocates(Room):
    """Advocates first, then whom to ask."""

    @classmethod
    def title(cls) -> str:
        """The room's name."""
        return _("Advocates")

    def columns(self) -> Sequence[Column]:
        """Who, what may be used, why."""
        return (
            Column(_("Customer"), lambda row: row.name, 144),
            Column(_("May be used"), _standing, 132, _standing_tone),
            Column(_("Why"), _why, 200, "quiet", stretch=True),
        )

    def empty(self) -> EmptyState:
        """Nobody praised yet."""
        return EmptyState(
            self.theme,
            _("Customers who recommend you and praise you in words are proposed here, to be asked for a quote."),
            icon="star",
        )

    def question(self) -> Callable[[BusinessFile], Sequence[Any]]:
        """Advocates, then the warmest of those who could be asked."""
        today = self.session.today()
        return lambda file: (*store.advocates(file), *store.candidates(file, today)[:_PROPOSED])

    def key_of(self, row: Any) -> int:
        """The customer's id."""
        return _customer(row)

    def keys(self) -> None:
        """The poster of praise belongs to the advocates; Delete ends being one."""
        self.poster = self.tool(_("Save the poster of praise…"), self.save_poster, icon="save", writes=False)
        self.print = self.tool(_("Print"), self.print_poster, icon="printer", writes=False)
        self.key("Delete", self.delete)

    def content(self, row: Any) -> SideContent:
        """An advocate's consent and words, or why somebody could be asked."""
        made = SideContent(self.theme, row.name)
        made.add(label(self.theme, row.name, CARD_TITLE, strong=True, wrap=True))
        if isinstance(row, Candidate):
            self._candidate(made, row)
        else:
            self._advocate(made, row)
        made.add_link(_("Open {name}").format(name=row.name), "user",
                      partial(self.session.open, "customers", _customer(row)))  # fmt: skip
        made.box.addStretch(1)
        return made

    def _candidate(self, made: SideContent, row: Candidate) -> None:
        theme = self.theme
        said = _("Could be asked to speak for you:")
        made.add(label(theme, said, TEXT, tone="quiet", wrap=True))
        for reason in row.reasons:
            made.add(label(theme, _("– {reason}").format(reason=reason), TEXT, wrap=True))
        made.add(label(theme, _("“{words}”").format(words=row.praise), TEXT, wrap=True))
        made.add(label(theme, _("Only for you to read: they have not agreed to be quoted."), NOTE, tone="faint",
                       wrap=True))  # fmt: skip
        self.buttons(made, button(theme, _("They agreed…"), partial(self.ask_consent, row.customer_id), "main"))

    def _advocate(self, made: SideContent, row: AdvocateRow) -> None:
        theme, kept = self.theme, row.advocate
        made.add(label(theme, consent_in_words(kept), TEXT, wrap=True))
        since = _("Advocate since {day}").format(day=day(kept.since))
        sent = ngettext("sent {count} customer", "sent {count} customers", row.sent).format(count=whole(row.sent))
        made.add(label(theme, f"{since} · {sent}" if row.sent else since, NOTE, tone="quiet", wrap=True))
        if kept.note:
            made.add(label(theme, kept.note, TEXT, wrap=True))
        edit = button(theme, _("Consent…"), partial(self.ask_consent, row.advocate.customer_id), icon="pencil")
        edit.setAccessibleName(_("Change what {name} agreed to").format(name=row.name))
        if kept.may_quote:
            self.buttons(made, edit, button(theme, _("Withdraw consent"), partial(self.withdraw, row)))
        else:
            self.buttons(made, edit, button(theme, _("No longer an advocate"), self.delete))
        if not kept.may_quote:
            return
        made.add_heading(_("Words you may use: press to copy"))
        found = store.quotes(self.session.file, kept.customer_id)[:_QUOTES]
        if not found:
            made.add(label(theme, _("No praise in words yet."), TEXT, tone="quiet"))
        for quote in found:
            pressed = QuoteButton(theme, quote.words, day_short(quote.date, self.session.today()))
            pressed.clicked.connect(partial(self.copy, quote))
            made.box.addWidget(pressed)

    # What can be done

    def ask_consent(self, customer_id: int) -> None:
        """The form for what somebody agreed to."""
        known = next((row for row in self.rows if _customer(row) == customer_id), None)
        today = self.session.today()
        kept = known.advocate if isinstance(known, AdvocateRow) else Advocate(customer_id, today)
        form = AdvocateForm(self.theme, kept, today)
        name = known.name if known is not None else ""

        def save() -> tuple[str, Callable[[Operation], Any]] | None:
            try:
                record = form.record()
            except ValueError:
                form.show_problems({"consent_on": _("This is no day; write it as 21 Nov 2026.")})
                return None
            problems = advocate_problems(record)
            form.show_problems(problems)
            if problems:
                return None

            def work(op: Operation) -> int:
                store.save_advocate(op, record)
                return customer_id

            if not record.may_quote:
                return _("Noted: nothing of {name} may be used").format(name=name), work
            return _("{name} speaks for you").format(name=name), work

        self.open_form(name or self.title(), form, save)

    def withdraw(self, row: AdvocateRow) -> None:
        """In one press: from now on nothing of them is used."""
        said = _("Nothing of {name} is used any more").format(name=row.name)
        self.run(
            _("Withdraw the consent of {name}").format(name=row.name),
            partial(store.withdraw, advocate_id=row.advocate.id or 0), say=said,
        )  # fmt: skip

    def delete(self) -> None:
        """No longer an advocate; can be taken back, so nothing is asked."""
        row = self.chosen()
        if isinstance(row, AdvocateRow):
            words = _("{name} is no advocate any more").format(name=row.name)
            self.run(words, partial(store.delete_advocate, advocate_id=row.advocate.id or 0), words)

    def copy(self, quote: Quote, _checked: bool = False) -> None:
        """Puts words that may be used on the clipboard, with the name where that may be used, too."""
        words = _("“{words}”").format(words=" ".join(quote.words.split()))
        said = _("{words} – {name}").format(words=words, name=quote.name) if quote.name else words
        QGuiApplication.clipboard().setText(said)
        self.session.say(_("Copied"))

    def save_poster(self) -> None:
        """The latest words that may be used, as a poster."""
        from cvdesk.care import report_poster

        paper = self.paper()

        def write(file: Queries, path: Path) -> None:
            report_poster.save(self._praise(file), path, paper)

        self.save_as(_("Save the poster"), _("What our customers say"), ".pdf", _("PDF files (*.pdf)"), write)

    def print_poster(self) -> None:
        """The same on paper."""
        from cvdesk.care import report_poster

        paper = self.paper()
        self.print_out(lambda file: report_poster.as_pdf(self._praise(file), paper), paper)

    def _praise(self, file: Queries) -> store_poster.Poster:
        """Of each advocate who agreed, the latest words; the shortest are read in passing."""
        latest: dict[int, Quote] = {}
        for quote in store.quotes(file):
            latest.setdefault(quote.customer_id, quote)
        entries = [quote.entry_id for quote in sorted(latest.values(), key=lambda one: len(one.words))]
        return store_poster.praise_poster(file, self.session.today(), entries)


def consent_in_words(advocate: Advocate) -> str:
    """What of an advocate may be used, since when and how one knows."""
    if not advocate.may_quote or advocate.consent_on is None:
        return _("Has not agreed to be quoted: nothing of theirs goes on any paper.")
    said = _("May be quoted by name") if advocate.may_name else _("May be quoted, without the name")
    return _("{said}: agreed on {day}, {how}.").format(
        said=said, day=day(advocate.consent_on), how=advocate.consent_how.rstrip(".")
    )


def _customer(row: Any) -> int:
    return row.customer_id if isinstance(row, Candidate) else row.advocate.customer_id


def _standing(row: Any) -> str:
    if isinstance(row, Candidate):
        return _("Could be asked")
    if not row.advocate.may_quote:
        return _("Nothing: no consent")
    return _("Words and name") if row.advocate.may_name else _("Words, no name")


def _standing_tone(row: Any) -> str:
    if isinstance(row, Candidate):
        return "faint"
    return "good" if row.advocate.may_quote else "bad"


def _why(row: Any) -> str:
    if isinstance(row, Candidate):
        return ", ".join(row.reasons)
    return ngettext("{count} comment of praise", "{count} comments of praise", row.praise).format(
        count=whole(row.praise)
    )


__all__ = ["Advocates", "consent_in_words"]
