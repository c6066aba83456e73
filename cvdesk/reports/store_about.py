"""Which record a document is about, from what was said on the command line: an id, a number, an e-mail or a name."""

from __future__ import annotations

from collections.abc import Mapping

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
# The ways to write to a customer, each on a line of its own.
_MAILS = """COALESCE((SELECT group_concat(value, char(10)) FROM contacts
    WHERE customer_id = customers.id AND kind = 'email'), '')"""
_ALL = "SELECT id, {name} AS name, {mail} AS mail FROM {table} ORDER BY {name}, id"
_MOST_NAMED = 10


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
    mail = _MAILS if kind.about == "customers" else "''"
    sql = _ALL.format(name=_NAMES[kind.about], mail=mail, table=kind.about)
    there = [(int(row["id"]), str(row["name"]), str(row["mail"])) for row in db.rows(sql)]
    if words is None:
        fits = there
    else:
        key = match_key(words.removeprefix("#") if kind.about == "complaints" else words)
        fits = [one for one in there if str(one[0]) == words] or [
            one for one in there if key and key in map(match_key, (one[1], *one[2].split("\n")))
        ]
    if len(fits) == 1:
        return fits[0][0]
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
    names = ", ".join(
        name if kind.about == "complaints" else _("{name} ({id})").format(name=name, id=number)
        for number, name, _mail in (fits or there)[:_MOST_NAMED]
    )
    if len(fits or there) > _MOST_NAMED:
        names += " …"
    raise UserError(what, _("Choose one: {names}.").format(names=names))
