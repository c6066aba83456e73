"""The words the capture line understands. To add a language, add a table and name it in `TABLES`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Words:
    """What is said for what, in lower case. Phrases with a space match whatever the space between is."""

    channels: Mapping[str, str]
    weekdays: tuple[tuple[str, ...], ...]
    months: tuple[tuple[str, ...], ...]
    days_ago: Mapping[str, int]
    units: Mapping[str, int]
    numbers: Mapping[str, float]
    articles: tuple[str, ...]
    kinds: Mapping[str, str]
    severities: Mapping[str, str]
    complaint: tuple[str, ...]
    safety: tuple[str, ...]
    answer: tuple[str, ...]
    anonymous: tuple[str, ...]
    last: str
    ago: str
    stars: str
    out_of: str
    rated: str
    fillers: tuple[str, ...]
    ordinals: str
    # Before a rating that is part of a sentence: "I would give this bakery 2 stars".
    carries_rating: frozenset[str] = field(default_factory=frozenset)
    # Words that begin a note and are no names: "note: closed on Monday".
    not_names: frozenset[str] = field(default_factory=frozenset)
    suggestion_phrases: tuple[str, ...] = ()
    complaint_phrases: tuple[str, ...] = ()
    safety_phrases: tuple[str, ...] = ()
    praise_phrases: tuple[str, ...] = ()
    # Days that are offered while typing, beside the weekdays.
    completed_days: tuple[str, ...] = ()
    # Months in a unit that is no number of days.
    months_in: Mapping[str, int] = field(default_factory=dict)
    # After a name that stands without a colon, or before the name of who said it.
    says: str = r"(?!)"
    said_by: str = r"(?!)"
    both: str = r"(?!)"
    # What the shop promises: who speaks, what shops do, and days to come. `promised` begins a stretch by itself.
    promise_openings: tuple[str, ...] = ()
    promised: tuple[str, ...] = ()
    promise_by_name: tuple[str, ...] = ()
    promise_verbs: tuple[str, ...] = ()
    promise_marks: tuple[str, ...] = ()
    days_ahead: Mapping[str, int] = field(default_factory=dict)
    within: str = r"(?!)"
    coming: str = r"(?!)"
    until: str = r"(?!)"


def _by_name(table: Mapping[str, str]) -> dict[str, str]:
    """{"phone": "phone, call"} as {"phone": "phone", "call": "phone"}."""
    return {word.strip(): key for key, words in table.items() for word in words.split(",")}


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


ENGLISH = Words(
    channels=_by_name({
        "phone": "phone, telephone, ph, tel, phoned, phone call, rang, ring, called, call, sms, text message",
        "email": "email, e-mail, emailed, e-mailed, mail, mailed",
        "counter": "counter, shop, store, till, in person, in shop, in store, in-store, face to face, walk-in, desk",
        "visit": "visit, visited, site visit, on site, on-site, home visit, delivery round",
        "website": "website, web site, web, online, web form, contact form, chat, live chat",
        "review": "review, web review, online review, google, google review, tripadvisor, trustpilot, yelp",
        "social": "social, social media, facebook, instagram, whatsapp, twitter, tiktok, linkedin, dm, fb, insta",
        "letter": "letter, post, wrote a letter, postcard, fax",
        "survey": "survey, questionnaire",
    }),
    weekdays=(
        ("monday", "mon"), ("tuesday", "tues", "tue"), ("wednesday", "weds", "wed"),
        ("thursday", "thurs", "thur", "thu"), ("friday", "fri"), ("saturday", "sat"), ("sunday", "sun"),
    ),
    months=(
        ("january", "jan"), ("february", "feb"), ("march", "mar"), ("april", "apr"), ("may",), ("june", "jun"),
        ("july", "jul"), ("august", "aug"), ("september", "sept", "sep"), ("october", "oct"), ("november", "nov"),
        ("december", "dec"),
    ),
    days_ago={
        "today": 0, "just now": 0, "now": 0, "this morning": 0, "this afternoon": 0, "this evening": 0, "tonight": 0,
        "yesterday": 1, "yest": 1, "yday": 1, "yesterday morning": 1, "yesterday afternoon": 1,
        "yesterday evening": 1, "last night": 1,
        "day before yesterday": 2, "the day before yesterday": 2, "last week": 7, "tomorrow": -1,
    },
    units={"day": 1, "days": 1, "week": 7, "weeks": 7, "fortnight": 14, "fortnights": 14},
    completed_days=("yesterday", "today", "last week", "this morning"),
    months_in={"month": 1, "months": 1, "year": 12, "years": 12},
    numbers={
        "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
        "eight": 8, "nine": 9, "ten": 10,
    },
    articles=("a", "an"),
    kinds=_by_name({
        "praise": "praise, compliment, thank you note", "suggestion": "suggestion, suggests, suggested, idea, wish",
        "question": "question, enquiry, inquiry, asks, asked", "problem": "problem, issue", "comment": "comment",
    }),
    severities={"minor": "minor", "moderate": "moderate", "serious": "serious", "severe": "serious"},
    complaint=("complaint", "complains", "complained", "complaining", "formal complaint", "makes a complaint"),
    safety=("safety", "safety issue", "safety problem"),
    answer=(
        "needs answer", "needs an answer", "needs reply", "needs a reply", "to answer", "reply needed",
        "answer needed", "wants a reply", "wants an answer", "wants a call back", "call back", "callback",
    ),
    anonymous=(
        "anonymous", "anon", "anonymously", "someone", "somebody", "unknown", "unknown customer",
        "a customer", "customer", "passer-by", "no name",
    ),
    last="last|past",
    ago="ago|back",
    stars="stars?",
    out_of="out of|of",
    rated="rated|rates|rating|rate|score|scored|scores",
    fillers=(
        "by", "via", "on", "at", "in", "over", "from", "per", "the", "a", "an", "as", "and", "with", "his",
        "her", "their", "he", "she", "they", "through", "our", "it's", "its", "for", "date", "channel",
    ),
    ordinals="st|nd|rd|th",
    carries_rating=frozenset(_words("""
        give gives gave giving this that them they you us it a an the of with for get gets got only just
        even worth is was deserve deserves deserved rate rated be bakery shop place than my our your
        their his her by under over least most about around nearly almost
    """)),
    not_names=frozenset(_words("""
        note notes memo ps fyi nb re fwd update reminder remember todo question answer suggestion idea
        praise complaint comment comments feedback problem issue closed open opening the a an this that
        these those my our your his her its their i we you he she it they to on in at for from with
        about and or but not no yes please thanks thank sorry hello hi dear sale order orders delivery
        deliveries driver price prices invoice bill bread cake coffee food service staff parking website
        site app phone email time times hours quality product products item items menu queue wait
        waiting subject summary title date today yesterday tomorrow morning evening example warning
        important urgent tip http https mailto file result results pros cons plus minus good bad great
        late new old best worst always never very more less what when where why who how which one two
        three four five everything nothing something all some any
    """)),
    suggestion_phrases=(
        "could you", "would be nice", "would be great", "would love", "wish you", "wishes you",
        "why don't you", "it would help", "please add", "please offer", "please bring back", "should offer",
        "should have", "you should", "suggests", "suggestion", "any chance of", "how about",
    ),
    complaint_phrases=(
        "refund", "money back", "unacceptable", "disgusting", "complain", "complained", "compensation",
        "trading standards", "lawyer", "solicitor", "never again", "cancel my", "appalling",
    ),
    safety_phrases=(
        "allerg", "anaphyla", "injur", "food poisoning", "poisoned", "broken glass", "glass in", "got sick",
        "was sick", "fell ill", "got ill", "felt ill", "made ill", "salmonella", "hospital",
        "data leak", "data breach", "electric shock",
        "choked", "choking", "burnt my", "burned my", "caught fire", "slipped",
    ),
    praise_phrases=(
        "thank", "thanks", "lovely", "delicious", "wonderful", "excellent", "perfect", "brilliant",
        "fantastic", "amazing", "best", "great", "love", "loved", "delighted", "superb",
    ),
    says=r"(?:says|said|reports|reported|told\s+us|tells\s+us)(?:\s+that)?",
    said_by=r"from|by|says|said",
    both=r"and|&|\+",
    promise_openings=(
        "i'll", "i will", "i shall", "i'm going to", "i am going to", "i promised", "i promised to",
        "i have promised to", "i've promised to", "we'll", "we will", "we shall", "we're going to", "we are going to",
        "we promised", "we promised to", "we have promised to", "we've promised to",
    ),
    promised=(
        "promised to", "promised him to", "promised her to", "promised them to", "promised that we'll",
        "promised that i'll", "promised we'd", "promised i'd", "promised we'll", "promised i'll",
    ),
    promise_by_name=("will", "'ll", "is going to", "promised to"),
    promise_verbs=_words("""
        ring call phone email e-mail mail write text message send post answer reply respond get give let look check
        find replace refund credit deliver bring drop repair fix order reserve keep put ask speak talk chase collect
        exchange swap sort visit bake quote sign forward deduct offer update tell
    """),
    promise_marks=("!promise", "!promised", "!promised to"),
    days_ahead={
        "today": 0, "tonight": 0, "this afternoon": 0, "this evening": 0, "later today": 0, "tomorrow": 1,
        "tomorrow morning": 1, "tomorrow afternoon": 1, "tomorrow evening": 1, "the day after tomorrow": 2,
        "day after tomorrow": 2, "next week": 7, "in a week": 7,
    },
    within="in|within",
    coming="next|this|coming",
    until="by|on|until|till|before|no later than",
)  # fmt: skip

TABLES: Mapping[str, Words] = {"en": ENGLISH}


def words_for(language: str) -> Words:
    """The table of a language or locale ("en_GB"); English where there is none."""
    return TABLES.get(language.replace("-", "_").split("_")[0], ENGLISH)
