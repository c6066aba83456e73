"""SQL of feedback that comes as a saved e-mail."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path

from cvdesk.catalogue import files
from cvdesk.catalogue import store as catalogue
from cvdesk.customers import store as customers
from cvdesk.customers.records import Contact, Customer, contact_key
from cvdesk.db import Operation
from cvdesk.errors import UserError
from cvdesk.feedback import store
from cvdesk.feedback.capture_guess import Guesses
from cvdesk.feedback.capture_parts import lowered
from cvdesk.feedback.capture_words import words_for
from cvdesk.feedback.mail import Email, read_email
from cvdesk.feedback.records import Entry
from cvdesk.wording import _

_SOURCE = "email"
_SAME = "SELECT id FROM entries WHERE source_id = ? AND source = ?"
_WRITES_FROM = "SELECT DISTINCT customer_id FROM contacts WHERE kind = 'email' AND match_key = ?"


def log_email(op: Operation, path: Path, today: date, staff_id: int | None = None) -> int:
    """Makes feedback of a saved e-mail and gives its id: the sender is the customer, the e-mail is attached.

    The same e-mail again gives the feedback there is. UserError for what is no e-mail or says nothing.
    """
    files.check(path)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UserError(
            _("{name} cannot be read.").format(name=path.name),
            _("Check that the file is still there and that you may open it."),
        ) from error
    email = read_email(data)
    source_id = email.message_id or hashlib.sha256(data).hexdigest()
    known = op.value(_SAME, (source_id, _SOURCE))
    if known is not None:
        return int(known)
    text = "\n\n".join(part for part in (email.subject, email.text) if part)
    entry_id = store.save(op, Entry(
        date=min(email.date or today, today), text=text, customer_id=_sender(op, email), kind="comment",
        channel_id=catalogue.ensure(op, "channels", _("Email")), needs_answer=True, source=_SOURCE,
        source_id=source_id, staff_id=staff_id, safety=_endangered(op, text),
    ))  # fmt: skip
    files.attach(op, data, path.name, entry_id=entry_id)
    return entry_id


def _endangered(op: Operation, text: str) -> bool:
    """Whether the letter speaks of danger; then it is a matter of safety from the first moment."""
    words = words_for(catalogue.business(op).language)
    return Guesses(words, {}).endangered(lowered(text), None)


def _sender(op: Operation, email: Email) -> int | None:
    """The one customer who writes from this address; a new one where nobody does; nobody where several do."""
    if not email.address:
        return None
    contact = Contact("email", email.address)
    key = contact_key("email", email.address, catalogue.business(op).country)
    found = [int(row[0]) for row in op.rows(_WRITES_FROM, (key,))]
    if len(found) > 1:
        return None
    return found[0] if found else customers.save(op, Customer(name=email.name or email.address, contacts=(contact,)))
