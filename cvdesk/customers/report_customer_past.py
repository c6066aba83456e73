"""The second half of the sheet about one customer: purchases, complaints, what was given back, everything so far."""

from __future__ import annotations

from cvdesk.customers.records_moments import touch_name
from cvdesk.customers.records_sheet import Case, Event, Sheet
from cvdesk.customers.store_sheet import CASES
from cvdesk.pdf import styles
from cvdesk.pdf.bars import Column, columns
from cvdesk.pdf.blocks import Flowable, Heading, KeepTogether, Room, Text
from cvdesk.pdf.table import Col, Row, Table
from cvdesk.wording import _, ngettext
from cvdesk.wording.figures import kind_name, outcome_name, severity_name, stage_name
from cvdesk.wording.numbers import day, money, month_short, span, whole

_FIRST_ROWS = 110.0  # points: a heading, the head of a table and two rows
_FEW = 2  # purchases below this make no picture


def past(data: Sheet, left_out: frozenset[str], answers: list[Flowable]) -> list[Flowable]:
    """What happened so far, part by part, without those left out; what they answered stands among it."""
    found: list[Flowable] = []
    if "purchases" not in left_out:
        found += _bought(data)
    if "complaints" not in left_out:
        found += _complaints(data)
    if "money" not in left_out:
        found += _given(data)
    if "answers" not in left_out:
        found += answers
    if "everything" not in left_out:
        found += _everything(data)
    return found


def flowing(heading: Heading) -> list[Flowable]:
    """A heading of a table that may begin at the foot of a page: it stays with the first rows, not with all."""
    heading.keepWithNext = False
    return [Room(_FIRST_ROWS), heading]


def _bought(data: Sheet) -> list[Flowable]:
    bought, currency = data.bought, data.letterhead.business.currency
    if not bought.count or bought.first is None or bought.last is None:
        return []
    amount = money(bought.spent_minor, currency)
    sentence = ngettext(
        "{count} purchase for {amount}, {span}.", "{count} purchases for {amount}, {span}.", bought.count
    ).format(count=whole(bought.count), amount=amount, span=span(bought.first, bought.last))
    if bought.usual:
        sentence += " " + _("Usually {names}.").format(names=", ".join(bought.usual))
    parts: list[Flowable] = [
        Heading(_("What they buy"), _("purchases by month") if bought.count >= _FEW else "", outline=1),
        Text(sentence, styles.BODY, after=4),
    ]
    if bought.count >= _FEW and any(count for _first, count in bought.months):
        parts.append(columns([Column(month_short(first), count) for first, count in bought.months], height=66))
    elif bought.count >= _FEW:
        parts.append(Text(_("Nothing in the last twelve months."), styles.NOTE))
    return [KeepTogether(parts)]


def _complaints(data: Sheet) -> list[Flowable]:
    if not data.cases:
        return []
    fields = (Col(_("No."), 7, styles.RIGHT), Col(_("Received"), 14), Col(_("What it was"), 43, most=4),
              Col(_("How it ended"), 36, most=5))  # fmt: skip
    note = _("the latest {count}").format(count=whole(CASES)) if len(data.cases) == CASES else ""
    return [
        *flowing(Heading(_("Their complaints"), note, outline=1)),
        Table(fields, [_case(one) for one in data.cases], styles.COMPACT, padding=3),
    ]


def _case(one: Case) -> Row:
    ended = stage_name(one.stage)
    if one.outcome:
        ended = _("{stage}, {outcome}").format(stage=ended, outcome=outcome_name(one.outcome).lower())
    if one.ended is not None:
        ended = _("{words} on {day}").format(words=ended, day=day(one.ended))
    words = "\n".join(part for part in (ended, one.resolution) if part)
    about = "\n".join(part for part in (one.text, severity_name(one.severity)) if part)
    return Row((whole(one.number), day(one.date), about, words))


def _given(data: Sheet) -> list[Flowable]:
    given, currency = data.given, data.letterhead.business.currency
    if not given.anything:
        return []
    parts = []
    if given.complaints_minor:
        parts.append(_("Their complaints cost {amount}.").format(amount=money(given.complaints_minor, currency)))
    if given.gestures_minor:
        parts.append(
            _("Gestures and rewards were worth {amount}.").format(amount=money(given.gestures_minor, currency))
        )
    if given.vouchers:
        said = ngettext("{count} voucher was given", "{count} vouchers were given", given.vouchers)
        said = said.format(count=whole(given.vouchers))
        if given.vouchers_minor:
            said = _("{vouchers}, worth {amount}").format(
                vouchers=said, amount=money(given.vouchers_minor, currency))  # fmt: skip
        if given.open_minor:
            said = _("{vouchers}, of which {open} is still to be redeemed").format(
                vouchers=said, open=money(given.open_minor, currency))  # fmt: skip
        parts.append(f"{said}.")
    return [KeepTogether([Heading(_("What they were given"), outline=1), Text(" ".join(parts), styles.BODY)])]


def _everything(data: Sheet) -> list[Flowable]:
    heading = Heading(_("Everything so far"), _("newest first, without purchases"), outline=1)
    if not data.events:
        return [KeepTogether([heading, Text(_("Nothing heard yet."), styles.BODY)])]
    fields = (Col(_("Day"), 15), Col(_("What"), 25), Col(_("Words"), 60, most=2))
    found: list[Flowable] = [
        *flowing(heading), Table(fields, [_event(one) for one in data.events], styles.COMPACT, padding=2.6)
    ]  # fmt: skip
    if data.more:
        rest = ngettext("{count} older thing stands in the file.", "{count} older things stand in the file.", data.more)
        found.append(Text(rest.format(count=whole(data.more)), styles.NOTE, before=5))
    return found


def _event(one: Event) -> Row:
    if one.table == "complaints":
        what = _("Complaint #{number}").format(number=one.number)
    elif one.table == "assessments":
        what = _("Score sheet about another business") if one.text else _("Score sheet")
    elif one.table == "touches":
        what = touch_name(one.what)
    else:
        what = kind_name(one.what)
    return Row((day(one.date), what, one.text))


__all__ = ["flowing", "past"]
