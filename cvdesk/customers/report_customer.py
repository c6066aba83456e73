"""The sheet about one customer, to take to a meeting: who they are, what waits, what they said, what became of it."""

from __future__ import annotations

from collections.abc import Iterable

from cvdesk.catalogue.report_furniture import furniture
from cvdesk.customers.records import phone_shown
from cvdesk.customers.records_contact import last_in_words, rhythm_in_words
from cvdesk.customers.records_moments import answer_in_words
from cvdesk.customers.records_sheet import Sheet, Spoken, Waiting
from cvdesk.customers.report_customer_past import flowing, past
from cvdesk.pdf import styles
from cvdesk.pdf.blocks import Flowable, Heading, KeepTogether, Text, Title
from cvdesk.pdf.document import as_bytes
from cvdesk.pdf.table import Col, Row, Table
from cvdesk.wording import _, ngettext
from cvdesk.wording.figures import kind_name
from cvdesk.wording.numbers import day, stars, whole

_LONGEST = 420  # letters of what is quoted; the whole stands in the file
_MOST_WAITING = 12


def as_pdf(
    data: Sheet, paper: str = "a4", names: bool = True, left_out: frozenset[str] = frozenset()
) -> bytes:  # fmt: skip
    """The sheet; the same data gives the same bytes."""
    shown = data if names else data.without_names()
    note = (
        _("About one person: keep this sheet to yourself, and destroy it when it is no longer needed.")
        if names
        else _("Names, addresses and numbers of the customer are left out, as far as they could be found.")
    )
    around = furniture(
        shown.letterhead, _("Customer sheet"), shown.today, paper, note=note, subject=_("What is known of one customer")
    )
    return as_bytes(story(shown, left_out), around)


def story(data: Sheet, left_out: frozenset[str] = frozenset()) -> list[Flowable]:
    """Who it is and what waits come first and always; the rest can be left out, part by part."""
    parts: list[Flowable] = [*_who(data), *_waiting(data)]
    if "words" not in left_out:
        parts += _said(data)
    return [*parts, *past(data, left_out, _answers(data))]


def called(data: Sheet) -> str:
    """The customer's name, or the number that stands for it."""
    if data.named:
        return data.customer.name
    return _("Customer {number}").format(number=data.number)


def _who(data: Sheet) -> list[Flowable]:
    late = sum(one.late(data.today) for one in data.waiting)
    if not data.waiting:
        title = _("{name}: nothing is waiting").format(name=called(data))
    elif late:
        title = ngettext(
            "{name}: {count} thing is waiting, {late} late", "{name}: {count} things are waiting, {late} late",
            len(data.waiting),
        ).format(name=called(data), count=whole(len(data.waiting)), late=whole(late))  # fmt: skip
    else:
        title = ngettext(
            "{name}: {count} thing is waiting", "{name}: {count} things are waiting", len(data.waiting)
        ).format(name=called(data), count=whole(len(data.waiting)))
    sentence = _sentence(last_in_words(data.last, data.today))
    if data.permission:
        sentence += " " + _sentence(data.permission)
    else:
        sentence += " " + _("Nobody has asked whether they may be written to.")
    found: list[Flowable] = [Title(title, called(data), after=4), Text(sentence, styles.BODY, after=8)]
    rows = [Row((name, value)) for name, value in _facts(data) if value]
    if rows:
        found.append(Table((Col("", 22), Col("", 78)), rows, styles.SMALL, padding=2.4))
    return found


def _facts(data: Sheet) -> Iterable[tuple[str, str]]:
    customer, country = data.customer, data.letterhead.business.country
    if data.named:
        yield _("Called"), customer.preferred_name if customer.preferred_name != customer.name else ""
        yield _("Organisation"), customer.organisation
        for kind, name in (("phone", _("Phone")), ("email", _("E-mail")), ("web", _("Web"))):
            values = [
                phone_shown(one.value, country)[0] if kind == "phone" else one.value
                for one in customer.contacts if one.kind == kind
            ]  # fmt: skip
            yield name, ", ".join(values)
        abroad = customer.country if customer.country != country else ""
        parts = [*customer.address.splitlines(), customer.city, abroad]
        yield _("Address"), ", ".join(part.strip().rstrip(",") for part in parts if part.strip())
    else:
        yield _("Number in the file"), str(data.number)
    yield _("Best reached by"), data.channel
    yield _("Customer since"), day(customer.since) if customer.since else ""
    yield _("Group"), data.segment
    yield _("Tags"), ", ".join(data.tags)
    yield _("Rhythm"), rhythm_in_words(data.rhythm) if data.rhythm is not None else ""
    yield _("Notes"), _cut(customer.notes.strip())
    yield _("Still a customer"), "" if customer.active else _("no")


def _waiting(data: Sheet) -> list[Flowable]:
    heading = Heading(_("What is waiting"), outline=1)
    if not data.waiting:
        return [KeepTogether([heading, Text(_("Nothing is promised, open or planned."), styles.BODY)])]
    shown = data.waiting[:_MOST_WAITING]
    columns = (Col(_("What"), 22), Col(_("About"), 54, most=3), Col(_("By when"), 24))
    rows = [Row((_waiting_name(one), one.text or "–", _by_when(one, data))) for one in shown]
    found: list[Flowable] = [*flowing(heading), Table(columns, rows, styles.SMALL)]
    rest = len(data.waiting) - len(shown)
    if rest:
        said = ngettext("And {count} more thing.", "And {count} more things.", rest).format(count=whole(rest))
        found.append(Text(said, styles.NOTE, before=4))
    return found


def _waiting_name(one: Waiting) -> str:
    if one.kind == "complaint":
        return _("Complaint #{number}").format(number=one.number)
    return {
        "answer": _("Waits for an answer"), "promise": _("Promised"), "contact": _("To get in touch"),
        "step": _("First step"), "goal": _("Goal of theirs"),
    }[one.kind]  # fmt: skip


def _by_when(one: Waiting, data: Sheet) -> str:
    if one.due is None:
        return _("since {day}").format(day=day(one.since)) if one.since else _("no day set")
    if one.late(data.today):
        return _("! late since {day}").format(day=day(one.due))
    return day(one.due)


def _said(data: Sheet) -> list[Flowable]:
    if not data.said:
        return [KeepTogether([
            Heading(_("What they said"), outline=1), Text(_("No words of theirs are noted yet."), styles.BODY),
        ])]  # fmt: skip
    note = ngettext("{count} entry in all", "{count} entries in all", data.entries).format(count=whole(data.entries))
    found: list[Flowable] = [Heading(_("What they said"), note, outline=1)]
    for one in data.said:
        found.append(Text(_("“{words}”").format(words=_cut(one.text)), styles.BODY, keep=True))
        found.append(Text(_under(one), styles.NOTE, after=7))
    return found


def _under(one: Spoken) -> str:
    rating = stars(one.rating)
    return " · ".join(part for part in (day(one.date), kind_name(one.kind), rating, one.channel) if part)


def _answers(data: Sheet) -> list[Flowable]:
    """What they answered, as they gave it: never a figure for the value of one person."""
    if not data.answers or data.answered is None:
        return []
    note = ngettext("the only one, of {day}", "the latest of {count}, of {day}", data.sheets).format(
        day=day(data.answered), count=whole(data.sheets))  # fmt: skip
    rows = []
    alike: dict[tuple[float, str], list[str]] = {}
    for answer in data.answers:
        asked, said = answer_in_words(answer)
        if answer.kind == "text":
            rows.append(Row((_cut(said), asked)))
        else:
            alike.setdefault((-(answer.value or 0.0), said), []).append(asked)
    rows += [Row((said, " · ".join(asked))) for (_value, said), asked in sorted(alike.items())]
    return [
        *flowing(Heading(_("What they answered on the score sheet"), note, outline=1)),
        Table((Col("", 26), Col("", 74)), rows, styles.COMPACT, padding=2.4),
    ]


def _cut(text: str) -> str:
    """The text, or as much of it as fits, to the end of a word."""
    if len(text) <= _LONGEST:
        return text
    return text[:_LONGEST].rsplit(" ", 1)[0].rstrip() + " …"


def _sentence(text: str) -> str:
    return text if text[-1:] in ".!?…" else f"{text}."


__all__ = ["as_pdf", "called", "story"]
