"""Words in cells that stand for something of ours: no value, nobody, kinds, severities, stages."""

from __future__ import annotations

from cvdesk.catalogue.records import match_key

_NOTHING = frozenset(
    {"", "-", "--", "–", "—", "n/a", "na", "n.a.", "none", "null", "nil", "unknown", "not given", "not applicable", "."}
)
_NOBODY = _NOTHING | {
    "anonymous",
    "anonym",
    "anon",
    "anon.",
    "a customer",
    "customer",
    "guest",
    "someone",
    "not known",
    "no name",
    "a google user",
    "name withheld",
    "unbekannt",
    "anonyme",
    "anonimo",
}

_KIND_WORDS = {
    "praise": "praise|compliment|positive|thanks|thank you|commendation|love it|liked|testimonial",
    "suggestion": "suggestion|idea|improvement|feature request|request|wish|proposal|recommendation",
    "question": "question|query|enquiry|inquiry|how to|information",
    "problem": "problem|complaint|negative|issue|bug|fault|incident|criticism|disliked|error",
    "comment": "comment|feedback|general|neutral|other|review|remark|note|mixed|general feedback",
}
_SEVERITY_WORDS = {
    "minor": "minor|low|small|trivial|slight|1|p4|p5|normal|routine|cosmetic",
    "moderate": "moderate|medium|average|2|p3|standard|significant",
    "serious": "serious|high|critical|severe|major|urgent|3|p1|p2|grave|emergency|very high|blocker",
}
_STAGE_WORDS = {
    "received": (
        "received|open|opened|new|in progress|pending|waiting|active|unresolved|logged|reopened|on hold|"
        "not started|to do|submitted|ongoing|overdue|untimely response"
    ),
    "acknowledged": "acknowledged|accepted for review|assigned",
    "assessed": "assessed|under review|under investigation|investigating|in review|investigated",
    "resolved": "resolved|solved|fixed|settled|answered",
    "told": "told|customer told|customer informed|informed",
    "closed": (
        "closed|done|complete|completed|finished|cancelled|canceled|archived|dismissed|rejected|withdrawn|"
        "no further action"
    ),
}  # fmt: skip


def _table(words: dict[str, str]) -> dict[str, str]:
    return {word: name for name, listed in words.items() for word in listed.split("|")}


_KINDS, _SEVERITIES, _STAGES = _table(_KIND_WORDS), _table(_SEVERITY_WORDS), _table(_STAGE_WORDS)


def nothing(cell: str) -> bool:
    """True for a cell that says there is no value."""
    return not cell or match_key(cell) in _NOTHING


def nobody(cell: str) -> bool:
    """True for a name that names no one."""
    return match_key(cell) in _NOBODY


def _plain(cell: str) -> str:
    return " ".join(match_key(cell).replace("_", " ").replace("-", " ").split())


def kind_of(cell: str) -> str | None:
    """praise, suggestion, question, problem or comment; None for other words."""
    if not cell:
        return None
    return _KINDS.get(_plain(cell))


def severity_of(cell: str) -> str | None:
    """minor, moderate or serious; None for other words."""
    return _SEVERITIES.get(_plain(cell))


def stage_of(cell: str) -> str | None:
    """The stage a status stands for; "Closed with explanation" is closed. None for other words."""
    words = _plain(cell)
    if words in _STAGES:
        return _STAGES[words]
    first = words.split(" ")[0]
    return _STAGES[first] if first in ("closed", "resolved", "open", "pending") else None
