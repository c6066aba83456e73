"""Which record a document is about, from what was said on the command line: an id, a number, an e-mail or a name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cvdesk.catalogue.records import match_key
from cvdesk.db import Queries
from cvdesk.errors import UserError
from cvdesk.reports.kinds import kind_of
from cvdesk.reports.records_kinds import Kind, Wanted
from cvdesk.wording import _

_OPTIONS = {
    "customer": "customers", "complaint": "complaints", "survey": "surveys", "action": "actions", "event": "gatherings",
}  # fmt: skip
_NAMES = {"customers": "name", "complaints": "number", "surveys": "name", "actions": "name", "gatherings": "name"}
# The ways to reach a customer, each on a line of its own.
_CONTACTS = """COALESCE((SELECT group_concat(value, char(10)) FROM contacts
    WHERE customer_id = customers.id AND kind = '{kind}'), '')"""
_ALL = "SELECT id, {name} AS name, {mails} AS mails, {phones} AS phones FROM {table} ORDER BY {name}, id"
_MOST_NAMED = 10
_ALIKE = 70  # of 100, for a name to be the one that was meant
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class _Record:
    id: int
    name: str
    mails: tuple[str, ...]
    phones: tuple[str, ...]


def fitting_kind(wanted: Wanted) -> None:
    """UserError for what a document of this kind cannot be: rather none than one that names whom it should not."""
    kind = kind_of(wanted.kind)
    if wanted.fillable and not kind.fillable:
        _refuse("--fillable", kind)
    if not wanted.names and kind.people:
        _refuse("--without-names", kind)
    for section in sorted(wanted.left_out - {part.key for part in kind.sections}):
        _refuse(f"--leave-out {section}", kind)


def chosen_record(db: Queries, key: str, said: Mapping[str, str | None]) -> int | None:
    """The id of the record a document of this kind is about; `said`: what each option says, None for not given.

    UserError for an option the kind does not know, and where none or several fit.
    """
    kind = kind_of(key)
    given = {_OPTIONS[option]: (option, words) for option, words in said.items() if words is not None}
    for table, (option, _words) in given.items():
        if table != kind.about:
            _refuse(f"--{option}", kind)
    if not kind.about or (kind.about not in given and not kind.needed):
        return None
    option, words = given.get(kind.about, (_option(kind.about), None))
    return _found(db, kind, option, words)


def _option(table: str) -> str:
    return next(option for option, known in _OPTIONS.items() if known == table)


def _refuse(option: str, kind: Kind) -> None:
    raise UserError(
        _("“{option}” does not go with “--kind {kind}”.").format(option=option, kind=kind.key),
        _("Leave it out, or choose another kind."),
    )


def _found(db: Queries, kind: Kind, option: str, words: str | None) -> int:
    there = _all(db, kind.about)
    fits = there if words is None else _fitting(there, words, numbered=kind.about == "complaints")
    if len(fits) == 1:
        return fits[0].id
    if not there:
        raise UserError(
            _("There is nothing yet that “--kind {kind}” could be about.").format(kind=kind.key),
            _("Note it in the window first."),
        )
    if words is None:
        what = _("“--kind {kind}” needs “--{option}”.").format(kind=kind.key, option=option)
    elif fits:
        what = _("Several fit “{words}”.").format(words=words)
    else:
        what = _("Nothing fits “{words}”.").format(words=words)
        fits = [] if kind.about == "complaints" else _likest(there, words)
    raise UserError(what, _("Choose one: {names}.").format(names=_named(fits or there, kind.about == "complaints")))


def _all(db: Queries, table: str) -> list[_Record]:
    mails, phones = (
        _CONTACTS.format(kind=kind) if table == "customers" else "''" for kind in ("email", "phone")
    )  # fmt: skip
    rows = db.rows(_ALL.format(name=_NAMES[table], mails=mails, phones=phones, table=table))
    return [
        _Record(int(row["id"]), str(row["name"]), tuple(row["mails"].splitlines()), tuple(row["phones"].splitlines()))
        for row in rows
    ]


def _fitting(there: Sequence[_Record], words: str, numbered: bool) -> list[_Record]:
    """Those of this id, else of this name or e-mail; else, where there are names, those whose name has these parts."""
    key = match_key(words.removeprefix("#") if numbered else words)
    found = [one for one in there if str(one.id) == words] or [
        one for one in there if key and key in map(match_key, (one.name, *one.mails))
    ]
    return found if found or numbered else [one for one in there if _has_parts(one.name, key)]


def _has_parts(name: str, key: str) -> bool:
    """Whether each word that was said begins a word of the name."""
    parts, own = _WORD.findall(key), _WORD.findall(match_key(name))
    return bool(parts) and all(any(word.startswith(part) for word in own) for part in parts)


def _likest(there: Sequence[_Record], words: str) -> list[_Record]:
    """Those whose names are much like what was said, the likest first; none where no name is."""
    from rapidfuzz import fuzz, process

    names = [match_key(one.name) for one in there]
    found = process.extract(match_key(words), names, scorer=fuzz.WRatio, score_cutoff=_ALIKE, limit=_MOST_NAMED)
    return [there[place] for _name, _score, place in found]


def _named(records: Sequence[_Record], numbered: bool) -> str:
    """The first ten to choose from: complaints by number, others by name and id, with a contact where names repeat."""
    shown = records[:_MOST_NAMED]
    often = Counter(match_key(one.name) for one in shown)
    names = [one.name if numbered else _told_apart(one, often[match_key(one.name)] > 1) for one in shown]
    return ", ".join(names) + (" …" if len(records) > _MOST_NAMED else "")


def _told_apart(one: _Record, repeated: bool) -> str:
    contact = next(iter((*one.mails, *one.phones)), "") if repeated else ""
    if contact:
        return _("{name} ({contact}, {id})").format(name=one.name, contact=contact, id=one.id)
    return _("{name} ({id})").format(name=one.name, id=one.id)
