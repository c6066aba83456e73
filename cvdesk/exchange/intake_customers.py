"""Rows that are customers."""

from __future__ import annotations

from cvdesk.catalogue.records import match_key
from cvdesk.exchange.cells import RejectedRow
from cvdesk.exchange.intake import MOST_TAGS, Intake
from cvdesk.exchange.many import parted
from cvdesk.exchange.people import Person, contacts_of
from cvdesk.wording import _

# As `match_key` gives them.
_YES = frozenset({"yes", "y", "true", "1", "x", "ok", "ja", "oui", "si", "opted in", "opt in", "subscribed", "granted",
                  "given", "agreed", "allowed"})  # fmt: skip
_NO = frozenset({"no", "n", "false", "0", "nein", "non", "opted out", "opt out", "unsubscribed", "withdrawn",
                 "refused", "denied", "never", "do not contact", "cleaned"})  # fmt: skip


class CustomerIntake(Intake):
    """Rows that are customers."""

    @property
    def _named(self) -> bool:
        """Whether the list has names at all; one of mere numbers brings its customers in under these."""
        return bool(self.plan.mapping.keys() & {"name", "first_name", "last_name", "organisation", "email"})

    def take(self, row: list[str]) -> str:
        """Takes one row in."""
        person = self._listed(row)
        who, rivals = self.crowd.find(person, a_list=True)
        if who is None:
            self.crowd.make(person, rivals)
            return "added"
        if self.crowd.fill_in(who, person):
            return "updated"
        return "skipped"

    def _listed(self, row: list[str]) -> Person:
        cells = self.cells
        name, organisation = self._name(row, "name"), cells.text(row, "organisation")
        contacts = contacts_of(cells.texts(row, "email"), cells.texts(row, "phone"), self._country)
        whole = not name and bool(organisation)
        said = cells.text(row, "kind").casefold()
        kind = "organisation" if whole or said in ("organisation", "organization", "company") else "person"
        email = next((value for (how, _key), value in contacts.items() if how == "email"), "")
        shown = name or organisation or email or ("" if self._named else cells.text(row, "id"))
        person = Person(
            shown, kind, cells.text(row, "id"), contacts, {
                "organisation": organisation if name else "", "preferred_name": cells.text(row, "preferred_name"),
                "birthday": self._day(row, "birthday"), "since": self._day(row, "since"),
                "address": ", ".join(cells.texts(row, "address")), "city": cells.text(row, "city"),
                "country": cells.text(row, "country"), "notes": self._text(row, "notes"),
                "segment_id": self.segments.id_of(cells.text(row, "segment")), **self._permission(row),
            },
        )  # fmt: skip
        if not person.key or self._nobody(shown):
            raise RejectedRow(_("the name is missing"))
        for cell in cells.texts(row, "tags"):
            for word in parted(cell, commas=True):
                if len(person.tags) < MOST_TAGS and (tag := self.tags.id_of(word)) is not None:
                    person.tags[tag] = None
        return person

    def _permission(self, row: list[str]) -> dict[str, str | None]:
        """Whether they may be written to; a no in either column wins; other words are left out and counted."""
        said = {self._yes_no(row, "may_write"), {"yes": "no", "no": "yes", "": ""}[self._yes_no(row, "no_write")]}
        answer = "no" if "no" in said else "yes" if "yes" in said else ""
        if not answer:
            return {}
        how = self._text(row, "may_write_how") or _("As listed in {file}").format(file=self._source)
        return {"may_write": answer, "may_write_on": self._day(row, "may_write_on"), "may_write_how": how}

    def _yes_no(self, row: list[str], field: str) -> str:
        said = match_key(self.cells.text(row, field))
        if said and said not in _YES | _NO:
            self.tally.wondered(field)
        return "yes" if said in _YES else "no" if said in _NO else ""

    def _day(self, row: list[str], field: str) -> str | None:
        """A birthday that cannot be read is left out and counted: the customer comes in all the same."""
        try:
            return self.cells.day(row, field)[0]
        except RejectedRow:
            self.tally.wondered(field)
            return None
