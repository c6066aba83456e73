"""The words around pasted web reviews, in English: of days, of replies, and of what sites put beside every review."""

from __future__ import annotations

_MONTH_NAMES = (
    "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
    "september sept sep", "october oct", "november nov", "december dec",
)  # fmt: skip
MONTHS = {name: place for place, names in enumerate(_MONTH_NAMES, start=1) for name in names.split()}
NUMBERS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "a few": 3, "few": 3, "several": 4, "a couple of": 2, "a couple": 2,
}  # fmt: skip
# Days in one, and whether a number of them tells the day exactly.
UNITS = {
    "second": (0, True), "seconds": (0, True), "sec": (0, True), "secs": (0, True),
    "minute": (0, True), "minutes": (0, True), "min": (0, True), "mins": (0, True),
    "hour": (0, True), "hours": (0, True), "hr": (0, True), "hrs": (0, True),
    "day": (1, True), "days": (1, True), "week": (7, False), "weeks": (7, False), "wk": (7, False), "wks": (7, False),
    "month": (30.44, False), "months": (30.44, False), "mo": (30.44, False), "mos": (30.44, False),
    "year": (365.25, False), "years": (365.25, False), "yr": (365.25, False), "yrs": (365.25, False),
}  # fmt: skip
RELATIVE = {
    "today": 0, "just now": 0, "moments ago": 0, "yesterday": 1, "last week": 7, "last month": 30, "last year": 365,
}  # fmt: skip
AGO = "ago"
AWAY = (
    r"(?:new(?:\s*[·•|])?|about|around|over|almost|nearly|more than|less than|edited|updated|posted|written|reviewed)"
)


def _any(*patterns: str) -> str:
    return f"(?:{'|'.join(patterns)})"


# Before a day.
DATE_LABELS = _any(
    r"reviewed\s+in\s+.{2,40}?\s+on(?=\s)",
    r"reviewed(?:\s+on)?(?=[\s:])",
    r"review (?:date|of)",
    r"dates? of (?:experience|visit|stay|review)",
    r"(?:written|posted|published|edited|updated|added|submitted|dated|date|created)(?:\s+on)?(?=[\s:])",
    r"(?:stayed|visited)(?:\s+(?:on|in))?(?=[\s:])",
)
# The owner's reply begins; a day may follow.
_OWNER = r"(?:the\s+)?(?:owner|business|host|seller|shop|manager|management|proprietor|property|company)"
_THEN = r"(?=\s*:|\s+\d|\s+an?\s\w+\sago"
REPLIES = (
    rf"(?:response|reply|answer|message)s?\s+(?:from|by)\s+{_OWNER}(?!\w)",
    rf"{_OWNER}(?:['’]s)?\s+(?:response|reply|answer)(?!\w)",
    rf"(?:response|reply)\s+from\s+[^.!?]{{2,60}},\s*{_OWNER}(?:\s+at\s+[^.!?]{{2,40}})?{_THEN}|,|$)",
    rf"(?:response|reply|answer)\s+from\s+[A-Z][^.!?:]{{1,50}}?{_THEN}|$)",
    rf"[A-Z][^.!?:]{{1,50}}\((?:{_OWNER})\)",
    rf"[A-Z][^.!?:]{{1,50}}?\s+(?:replied|responded){_THEN})(?:\s*:)?",
    rf"[A-Z][^.!?:]{{1,50}},\s*{_OWNER}\s+(?:at|of)\s+[^.!?:]{{2,40}}?,\s*(?:responded|replied)(?:\s+to this review)?",
)
# What stands around a name.
NAME_AROUND = (
    r"(?:a\s+)?(?:review(?:ed)?\s+)?by\s+(?P<name>.+)",
    r"(?P<name>.+?)\s+(?:wrote|left|posted|added)\s+a\s+review(?:\s+of\s+.+)?",
    r"(?P<name>.+?)\s+(?:recommends|does(?:n['’]t| not) recommend)\s+.+",
    r"(?P<name>.+?)\s*[·•|]\s*(?:local guide|\d+\s+reviews?).*",
)
_COUNTED_THING = _any(
    "reviews?", "photos?", "ratings?", "contributions?", "helpful votes?", "votes?", "followers?", "friends?",
    "points?", "videos?", "check-?ins?",
)  # fmt: skip
_COUNTS = rf"(?:\d[\d.,]*\s*k?\s*|no\s+)(?:(?:google|total|written)\s+)?{_COUNTED_THING}"
_GUIDE = r"(?:level\s+\d+\s+)?local guide"
# Who the reviewer is: counts and badges.
_BADGES = _any(
    _GUIDE, r"elite(?:\s+['’]?\d+)?", "top (?:contributor|reviewer|fan)", "guest", "anonymous reviewer",
    r"verified(?:\s+(?:purchase|order|buyer|review|reviewer|customer|stay|visit))?", _COUNTS,
)  # fmt: skip
PROFILE = _any(
    rf"{_BADGES}(?:[\s·•|,]+(?:{_GUIDE}|verified|{_COUNTS}))*",
    r".{2,40}\s\d+\s+contributions?(?:\s+\d+\s+helpful votes?)?",
)
# What sites let people do with a review, at times with a count.
ACTIONS = _any(
    r"helpful\??", "useful", "like", "share", "report(?: review| abuse)?", "flag(?: as inappropriate)?",
    "reply", "comment",
    "follow", "save", r"(?:…|\.+)?\s*(?:read|see|show|view|load)\s+(?:more|less|all|original|full review|translation)",
    r"(?:…|\.\.\.)(?:\s*more)?", "(?:see )?all reviews", "(?:load|see) more reviews",
    "write a review",
    "translate(?: review)?", r"translated by \w+", r"\(?translated by google\)?", r"\(original\)", "sort by.{0,30}",
    "most (?:relevant|recent|helpful)", "newest(?: first)?", "(?:highest|lowest)(?: rating)?",
    r"(?:was|did you find) this (?:review )?helpful(?: to you)?\??", "thanks? for (?:the|your) vote",
    r"(?:\d+|one|two|three) (?:people|person|customers?|users?) found this (?:review )?helpful",
    r"photos? \d+ (?:in|of) .{0,40}", "unprompted review",
) + r"\s*(?:\(\s*\d+\s*\)|\d{1,4})?"  # fmt: skip
# Only after a line of these kinds: else "Cool" may be all that somebody wrote.
COUNTED = _any(r"\(?\d{1,4}\)?", "yes", "no", r"👍\s*\d{0,4}", "funny", "cool", "love", "liked", "more", "less", "new")
PARTICLES = frozenset(
    "de da do dos van von der den ten ter la le du di del della el al bin ibn of the and y e af av zu".split()  # noqa: SIM905
)
