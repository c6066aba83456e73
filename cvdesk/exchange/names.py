"""Which column is what: names people and programs give to columns, most telling first."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

from cvdesk.catalogue.records import match_key
from cvdesk.exchange import names_more
from cvdesk.exchange.names_everyday import OTHER_NAMES

KINDS = ("customers", "feedback", "complaints", "purchases", "answers")
# How alike (0-100), and how long, names must be to be one misspelt: "contract" is no contact.
_FUZZY, _FUZZY_LENGTH = 90, 9

_NUMBER_WITHIN = re.compile(r" ?\d+(?= |$)")
# A column called so holds but a part of the name where another one holds the other part.
_ONE_NAME = frozenset({"name", "nom", "nombre"})

# Fields that may be made of several columns: addresses and names are joined, each contact counts by itself.
SEVERAL = frozenset({"email", "phone", "address", "tags"})

_WHO = {
    "customer_id": (
        "customer id|customer number|customer no|client id|client number|user id|account id|account number|"
        "respondent id|reviewer id|member id|member number|patient id|guest id|contact id"
    ),
    "customer": (
        "customer|customer name|client|client name|author|author name|reviewer|reviewer name|full name|"
        "your name|name|contact name|contact|guest|guest name|patient|patient name|member|member name|user|"
        "username|user name|complainant|complainant name|consumer|respondent|participant|submitted by|from|"
        "who"
    ),
    "first_name": "first name|firstname|forename|given name|your first name",
    "last_name": "last name|lastname|surname|family name|your last name",
    "email": "email|e mail|email address|e mail address|customer email|your email|your email address|mail",
    "phone": (
        "phone|phone number|telephone|telephone number|mobile|mobile number|mobile phone|cell|cell phone|"
        "customer phone|tel"
    ),
}  # fmt: skip
_CHANNEL = (
    "channel|source|submitted via|received via|via|contact method|how received|platform|medium|origin|"
    "source channel|way"
)
_OFFERING = (
    "offering|product|product name|product or service|service|service name|item|item name|menu item|treatment|"
    "course|sku"
)

_TABLE: Mapping[str, Mapping[str, str]] = {
    "customers": {
        "id": (
            "id|customer id|customer number|customer no|client id|client number|user id|account id|"
            "account number|member id|member number|contact id|rec id|record id|patient id|external id|key|no|"
            "nr"
        ),
        "name": (
            "name|full name|customer name|customer|client name|client|contact name|contact|display name|"
            "person|guest name|patient name|member name|user name|username"
        ),
        "first_name": "first name|firstname|forename|given name|christian name|first|fname",
        "last_name": "last name|lastname|surname|family name|last|lname",
        "email": (
            "email|e mail|email address|e mail address|mail|email 1|email 2|e mail 1 value|primary email|"
            "work email|home email"
        ),
        "phone": (
            "phone|phone number|telephone|telephone number|mobile|mobile number|mobile phone|cell|cell phone|"
            "tel|phone 1|phone 2|phone1|phone2|phone 1 value|home phone|work phone|business phone|landline|"
            "primary phone"
        ),
        "organisation": (
            "organisation|organization|company|company name|business|business name|employer|firm|"
            "organization name|organisation name|account name"
        ),
        "birthday": "birthday|birth date|birthdate|date of birth|dob|born",
        "address": (
            "address|street address|street number|house number|street|address 1|address1|address line 1|"
            "address 2|address2|address line 2|suburb|postcode|post code|postal|postal code|zip|zip code|"
            "zipcode|county|state|province|region"
        ),
        "city": "city|town|locality|place|village",
        "country": "country|country region|nation|country name|author country",
        "segment": "segment|customer type|type of customer|group|customer group|category|class|tier|plan",
        "tags": "tags|tag|labels|label|keywords",
        "since": (
            "since|customer since|client since|member since|joined|join date|date joined|signup date|"
            "sign up date|created|created at|created on|registered|registration date|first purchase|"
            "first visit|start date"
        ),
        "notes": "notes|note|comments|comment|remarks|memo|description",
        "preferred_name": "preferred name|nickname|known as|called|salutation name",
        "kind": "kind|customer type|person or organisation",
        "may_write": (
            "may write|may we write|may contact|may we contact|consent|email consent|marketing consent|"
            "consent to marketing|opt in|opted in|email opt in|marketing opt in|marketing|accepts marketing|"
            "accepts email marketing|email marketing|newsletter|mailing list|subscribed|contact permission|permission"
        ),
        "no_write": (
            "do not contact|do not email|do not mail|do not market|no marketing|no contact|no email|no mail|dnc|"
            "opt out|opted out|email opt out|has opted out of email|unsubscribed|unsubscribe"
        ),
        "may_write_on": "may write on|consent date|date of consent|opt in date|opt in time|consent given on",
        "may_write_how": "may write how|consent source|opt in source|how consent was given",
    },
    "feedback": {
        "id": (
            "id|feedback id|review id|entry id|response id|comment id|submission id|ticket id|reference|ref|"
            "record id"
        ),
        **_WHO,
        "date": (
            "date|review date|feedback date|date of review|date received|received|created at|created|"
            "created on|date created|submitted at|submitted|submission date|date submitted|timestamp|"
            "time stamp|completed|completed at|end date|response date|published|published at|posted|posted on|"
            "date posted|post date|visit date|date of visit|day|when|start date"
        ),
        "time": "time|time of day",
        "rating": (
            "overall rating|overall score|overall|rating|star rating|stars|score|review rating|review score|"
            "overall satisfaction|satisfaction|satisfaction score|csat|grade|mark"
        ),
        "text": (
            "content|review|review text|review body|review content|comment|comments|feedback|"
            "customer feedback|your feedback|text|message|body|narrative|description|words|remarks|opinion|"
            "testimonial|response|details|what was said|notes|note"
        ),
        "channel": _CHANNEL,
        "offering": _OFFERING,
        "kind": "kind|feedback type|type of feedback|type",
        "theme": "theme|themes|category|topic|topics|issue|reason|subject|about|label|labels|tag|tags",
    },
    "complaints": {
        "id": (
            "id|complaint id|complaint number|complaint no|case id|case enquiry id|case number|case no|"
            "ticket id|ticket number|ticket|reference|reference number|ref|request id|service request id|"
            "incident id|incident number|record id"
        ),
        **_WHO,
        "date": (
            "date received|received|received on|received at|date|complaint date|date of complaint|open dt|"
            "open date|opened|opened at|opened on|date opened|created at|created|created on|date created|"
            "created date|creation date|submitted|submitted at|date submitted|reported|reported on|"
            "date reported|timestamp|start date|incident date|logged|date logged"
        ),
        "time": "time|time of day|time received",
        "closed": (
            "closed dt|closed|closed date|close date|date closed|closed at|closed on|resolved|resolved at|"
            "resolved on|resolved date|date resolved|resolution date|completed|completed at|completion date|"
            "end date"
        ),
        "status": "case status|status|complaint status|ticket status|stage|progress",
        "resolution": (
            "closure reason|resolution|resolution description|company response to consumer|company response|"
            "outcome|response|action taken|remedy|result|how resolved|what was done"
        ),
        "severity": "severity|priority|urgency|seriousness|impact",
        "theme": (
            "issue|theme|themes|category|topic|complaint type|type of complaint|reason|complaint category|"
            "type|cause|problem|subject|tags"
        ),
        "offering": _OFFERING,
        "channel": _CHANNEL,
        "text": (
            "consumer complaint narrative|complaint narrative|narrative|complaint|complaint text|"
            "complaint description|complaint details|description|text|details|content|message|comment|"
            "comments|body|words|what happened|case title|title|summary|notes"
        ),
    },
    **names_more.tables(_WHO, _OFFERING, _CHANNEL),
}  # fmt: skip


# Names that are whole questions ("Any other comments for us?") are told by a word in them.
_TELLING_WORDS = (
    ("date", frozenset({"date", "timestamp"})),
    ("text", frozenset({"comment", "comments", "feedback", "review", "complaint", "narrative"})),
)
_OTHER_WORDS = frozenset(
    {"id", "ids", "number", "no", "type", "status", "birth", "count", "score", "rating", "closed", "target", "due"}
)


def fields_of(kind: str) -> tuple[str, ...]:
    """The fields an import of this kind has."""
    return (*_TABLE[kind], *(names_more.bank_keys() if kind == "answers" else ()))


def plain(name: str) -> str:
    """A column's name as it is compared: words in lower case, whatever stood between them."""
    parted = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name.strip())
    return " ".join(re.sub(r"[^0-9a-z]+", " ", match_key(parted)).split())


@cache
def _synonyms(kind: str, field: str) -> tuple[str, ...]:
    others = OTHER_NAMES.get(kind, {}).get(field, "")
    return tuple(filter(None, (field.replace("_", " "), *_TABLE[kind][field].split("|"), *others.split("|"))))


@cache
def _every_name(kind: str) -> frozenset[str]:
    return frozenset(word for field in _TABLE[kind] for word in _synonyms(kind, field))


def count_known(kind: str, names: Sequence[str]) -> int:
    """How many of these names belong to a field of this kind."""
    return len({plain(name) for name in names} & _every_name(kind))


def recognise(kind: str, header: Sequence[str]) -> dict[str, tuple[int, ...]]:
    """Field -> columns, by name; each column once. Fields nothing fits are left out."""
    names = [plain(name) for name in header]
    mapping: dict[str, tuple[int, ...]] = {}
    used: set[int] = set()
    for field in _TABLE[kind]:
        found = _exact(_synonyms(kind, field), names, used, field in SEVERAL)
        if found:
            mapping[field] = found
            used.update(found)
    for field in _TABLE[kind]:
        if field not in mapping and (close := _close(_synonyms(kind, field), names, used)) is not None:
            mapping[field] = (close,)
            used.add(close)
    for field, word in _TELLING_WORDS:
        if field in _TABLE[kind] and field not in mapping and (place := _with_word(word, names, used)) is not None:
            mapping[field] = (place,)
            used.add(place)
    return _tidied(mapping, names)


def _with_word(words: frozenset[str], names: list[str], used: set[int]) -> int | None:
    """The last column, as comments close a form, whose name holds one of these words."""
    found = [
        place
        for place, name in enumerate(names)
        if place not in used and words & (parts := set(name.split())) and not parts & _OTHER_WORDS
    ]
    return found[-1] if found else None


def _exact(synonyms: Sequence[str], names: list[str], used: set[int], several: bool) -> tuple[int, ...]:
    found: list[int] = []
    for word in synonyms:
        for place, name in enumerate(names):
            same = name == word or (several and _NUMBER_WITHIN.sub("", name) == word)
            if same and place not in used and place not in found:
                found.append(place)
                if not several:
                    return (place,)
    return tuple(sorted(found))


def _close(synonyms: Sequence[str], names: list[str], used: set[int]) -> int | None:
    """A misspelt name, or a long one that differs by a letter or two."""
    from rapidfuzz.fuzz import ratio

    best: tuple[float, int] | None = None
    for place, name in enumerate(names):
        if place in used or len(name) < _FUZZY_LENGTH:
            continue
        score = max((ratio(name, word) for word in synonyms if len(word) >= _FUZZY_LENGTH), default=0.0)
        if score >= _FUZZY and (best is None or score > best[0]):
            best = (score, place)
    return None if best is None else best[1]


def _tidied(mapping: dict[str, tuple[int, ...]], names: list[str]) -> dict[str, tuple[int, ...]]:
    """First and last name belong together; where there is a whole name as well, the whole name counts.

    "Name" beside "First name" is the last name, beside "Last name" the first one.
    """
    whole = "name" if "name" in mapping else "customer" if "customer" in mapping else ""
    if whole and len(mapping.keys() & {"first_name", "last_name"}) == 1 and names[mapping[whole][0]] in _ONE_NAME:
        mapping["last_name" if "first_name" in mapping else "first_name"] = mapping.pop(whole)
        whole = ""
    if whole:
        mapping.pop("first_name", None)
        mapping.pop("last_name", None)
    return mapping
