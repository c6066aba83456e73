"""What customers are told, in the owner's words: one text for all, with what is particular to each filled in."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass

from cvdesk.care.records_loop import Circle, Person
from cvdesk.wording import _

_FIELD = re.compile(r"\{([^{}\n]*)\}")
_LONGEST_QUOTE = 400
DRAFT = "care:loop-text"  # under which text and subject are kept
_ENDS = ".!?…"


@dataclass(frozen=True, slots=True)
class Message:
    """What one customer gets: plain text, a line of it for each paragraph."""

    person: Person
    subject: str
    body: str


def field_names() -> dict[str, str]:
    """What may stand in curly brackets, and what it stands for: as written in the business's language -> key."""
    return {_("name"): "name", _("said"): "said", _("what we did"): "done", _("business"): "business"}


def usual_text() -> str:
    """The text a letter begins with."""
    return _(
        "Dear {name},\n\n"
        "You told us: “{said}”\n\n"
        "We have done something about it: {what we did}\n\n"
        "Thank you for telling us. If you notice a difference, or none, we would like to hear.\n\n"
        "Kind regards\n"
        "{business}"
    )


def usual_subject() -> str:
    """The subject an e-mail begins with."""
    return _("What became of what you told us")


def kept_text(draft: str) -> tuple[str, str]:
    """Text and subject as they were kept (JSON), the usual ones where none are or where they cannot be read."""
    try:
        found = json.loads(draft) if draft else {}
    except ValueError:
        found = {}
    kept = {name: text for name, text in found.items() if isinstance(text, str)} if isinstance(found, dict) else {}
    return kept.get("text", usual_text()), kept.get("subject", usual_subject())


def unknown_fields(text: str) -> tuple[str, ...]:
    """What stands in curly brackets and means nothing."""
    known = _known()
    return tuple(dict.fromkeys(found for found in _FIELD.findall(text) if _plain(found) not in known))


def message(text: str, subject: str, circle: Circle, person: Person, business: str) -> Message:
    """One customer's letter. A paragraph with words there are none of is left out; unknown fields stay."""
    values = {
        "name": _line(person.called), "said": quoted(person), "business": _line(business),
        "done": sentence(circle.done),
    }  # fmt: skip
    parts = re.split(r"\n{2,}", text.replace("\r\n", "\n").replace("\r", "\n").strip())
    missing = {key for key in ("said", "done") if not values[key]}
    parts = [part for part in parts if not missing & _used(part)]
    return Message(person, _line(_filled(subject, values)), "\n\n".join(_filled(part, values) for part in parts))


def quoted(person: Person) -> str:
    """What they said last, as it stands between quotation marks; a long text to the end of a word."""
    text = " ".join(next((said.text for said in person.said if said.text.strip()), "").split())
    if len(text) <= _LONGEST_QUOTE:
        return text
    return text[:_LONGEST_QUOTE].rsplit(" ", 1)[0].rstrip() + "…"


def sentence(text: str) -> str:
    """Words as they end a sentence."""
    flat = " ".join(text.split())
    return flat if not flat or flat[-1] in _ENDS else f"{flat}."


def _filled(text: str, values: Mapping[str, str]) -> str:
    known = _known()

    def put(found: re.Match[str]) -> str:
        key = known.get(_plain(found[1]))
        return found[0] if key is None else values[key]

    return _FIELD.sub(put, text)


def _used(text: str) -> set[str]:
    known = _known()
    return {known[_plain(found)] for found in _FIELD.findall(text) if _plain(found) in known}


def _known() -> dict[str, str]:
    """Fields by how they are written, in English and in the language of the window."""
    english = {"name": "name", "said": "said", "what we did": "done", "business": "business"}
    return english | {_plain(name): key for name, key in field_names().items()}


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())


def _line(text: str) -> str:
    """On one line, without signs that are none."""
    return " ".join("".join(sign if sign.isprintable() or sign in "\u200d\u200c" else " " for sign in text).split())
