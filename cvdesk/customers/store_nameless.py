"""SQL of who has to be left out of a paper without names: every customer of the file, however they are called."""

from __future__ import annotations

from typing import TypeVar

from cvdesk.catalogue import store as catalogue
from cvdesk.customers.records_nameless import Nameless, everywhere
from cvdesk.db import Queries

T = TypeVar("T")

_PEOPLE = """
SELECT CASE kind WHEN 'person' THEN 'name' ELSE 'other' END, name FROM customers
UNION SELECT 'other', preferred_name FROM customers
UNION SELECT 'other', organisation FROM customers
UNION SELECT 'place', address FROM customers
UNION SELECT 'other', value FROM aliases WHERE kind <> 'source'
UNION SELECT CASE kind WHEN 'phone' THEN 'phone' ELSE 'other' END, value FROM contacts
"""
_SPARED = """
SELECT name FROM staff UNION SELECT name FROM offerings UNION SELECT name FROM themes UNION SELECT label FROM factors
"""


def nobody_named(db: Queries, data: T) -> T:
    """A document's record without any customer of the file, in whosever words; what is the owner's own stays."""
    return everywhere(data, nameless(db))


def nameless(db: Queries) -> Nameless:
    """Takes every customer of the file out of texts. Staff, products and themes keep their names."""
    spared = [str(row[0]) for row in db.rows(_SPARED)]
    return Nameless(((row[0], row[1]) for row in db.each(_PEOPLE, ())), [*spared, catalogue.business(db).name])


__all__ = ["nameless", "nobody_named"]
