"""A survey as the text of an e-mail: written so that a reply can be read, whatever a mail program does to it."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Sequence

from cvdesk.surveys.records import Survey
from cvdesk.surveys.records_items import Item
from cvdesk.wording import _

_WIDTH = 66  # characters: quoted twice it still fits the 72 that mail programs break at
_INDENT = "    "
# What an answer stands behind. Mail programs break lines at blanks, so that the reader takes any blanks for one.
_MARK = "{mark} {number}: [{room}]"


def mail_text(
    survey: Survey, asked: Sequence[Item], code: str, business: str, name: str = "", address: str = ""
) -> tuple[str, str]:
    """Subject and body of an e-mail that asks: `code` empty for nobody in particular, `name` of who is asked.

    `asked`: what the sheet asks, piece by piece. `address`: where the answer goes, for forms without a sender.
    """
    subject = _("A few questions from {business}").format(business=business)
    if code:
        subject = _("{subject} ({code})").format(subject=subject, code=code)
    parts = [_("Dear {name},").format(name=name) if name else "", *_wrapped(survey.greeting), _how()]
    if address:
        parts.append(_wrap(_("Send it to {address}.").format(address=address)))
    lead = ""
    for item in asked:
        if item.lead and item.lead != lead:
            parts.append(_lead(item))
        lead = item.lead
        parts.append(_question(item))
    parts += [*_wrapped(survey.thanks or _("Thank you.")), business]
    if code:
        parts.append(_("Code {code}").format(code=code))
    return subject, "\n\n".join(part for part in parts if part) + "\n"


def mark_word() -> str:
    """The word before the number of an answer."""
    return _("Answer")


def _how() -> str:
    return _wrap(
        _("Reply to this e-mail and write your answers between the brackets: a number, yes or no, or a few words. "
          "Write - where something does not apply, and leave out what you like.")
    )  # fmt: skip


def _lead(item: Item) -> str:
    return "\n".join([_wrap(item.lead), *_meanings(item, "")])


def _question(item: Item) -> str:
    head = _wrap(_("{number}. {words}").format(number=item.number, words=item.wording))
    room = " " * (3 if item.kind != "text" else 10)
    mark = _INDENT + _MARK.format(mark=mark_word(), number=item.number, room=room)
    if item.kind == "yes_no":
        mark += " " + _("(yes or no)")
    return "\n".join([head, *(_meanings(item, _INDENT) if not item.part else ()), mark])


def _meanings(item: Item, indent: str) -> Iterator[str]:
    for value, words in item.anchors.items():
        if words:
            yield _wrap(_("{value} = {words}").format(value=value, words=words), indent)


def _wrapped(text: str) -> list[str]:
    return [_wrap(part) for part in re.split(r"\n\s*\n", text.strip()) if part.strip()]


def _wrap(text: str, indent: str = "") -> str:
    return "\n".join(textwrap.wrap(
        " ".join(text.split()), _WIDTH, initial_indent=indent, subsequent_indent=indent + ("  " if indent else ""),
        break_long_words=False, break_on_hyphens=False,
    ))  # fmt: skip
