"""What customers value as the owner sets it up: wordings, factors and questions of the owner's own, what is wrong."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from cvdesk.catalogue.records import LEVERS, match_key
from cvdesk.wording import _
from cvdesk.wording.figures import lever_name

LONGEST_LABEL = 60
LONGEST_QUESTION = 200
LONGEST_ANCHOR = 80
LONGEST_KEYWORD = 60
# Which answers have words beside them, by kind of question; the first and the last must have some.
ANCHORS: Mapping[str, tuple[str, ...]] = {
    "scale5": ("1", "3", "5"), "scale0_10": ("0", "5", "10"), "yes_no": (), "text": (),
}  # fmt: skip
OWN_KINDS = ("scale5", "yes_no", "scale0_10", "text")
TYPES: Mapping[str, tuple[str, ...]] = {
    "worth": ("benefit: product/service value",),
    "benefits": (
        "benefit: service experience value", "benefit: personal value", "benefit: psychological value",
        "benefit: social value",
    ),
    "costs": ("cost: money", "cost: time", "cost: energy", "cost: emotional"),
    "drawbacks": (
        "drawback: waiting", "drawback: shipping/delivery", "drawback: product or service fault", "drawback: process",
        "drawback: complaint handling",
    ),
}  # fmt: skip
_FILLED_IN = ("{business}", "{offer}", "{period}")
_BRACED = re.compile(r"\{[^{}]*\}")


@dataclass(frozen=True, slots=True)
class Wording:
    """How a question is asked: of customers, of the owner ("" as of customers), and the words beside its answers."""

    customer: str
    owner: str = ""
    anchors: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FactorSetUp:
    """A factor with its question as it is asked now. `answered`: somebody has answered it in this wording.

    `reworded`: the program's own wording is another one; False for a factor of the owner's own.
    """

    id: int
    key: str
    lever: str
    label: str
    type: str
    core: bool
    active: bool
    own: bool
    importance: float | None
    keywords: tuple[str, ...]
    version_id: int
    wording: Wording
    reworded: bool = False


@dataclass(frozen=True, slots=True)
class FactorDraft:
    """A factor as it is typed: a new one, or what one is to become."""

    label: str
    lever: str
    type: str
    wording: Wording
    keywords: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class QuestionSetUp:
    """A question about all of it, or about a whole lever (`lever`), as it is asked now; `own`: the owner's."""

    id: int
    key: str
    kind: str
    lever: str | None
    own: bool
    active: bool
    version_id: int
    wording: Wording
    reworded: bool = False


@dataclass(frozen=True, slots=True)
class QuestionDraft:
    """A question of the owner's own as it is typed."""

    kind: str
    wording: Wording


def proposed(label: str, lever: str) -> Wording:
    """A wording for a factor of this name, to be bettered by the owner."""
    name = _in_a_sentence(label)
    asked = {
        "worth": (
            _("How good is {business} when it comes to {name}?"),
            _("How good would most of your customers say you are when it comes to {name}?"),
        ),
        "costs": (
            _("Even when all goes to plan: how much does {name} take out of you?"),
            _("Even when all goes to plan: how much would most of your customers say {name} takes out of them?"),
        ),
        "drawbacks": (
            _("How much did {name} get in your way?"),
            _("How much would most of your customers say {name} gets in their way?"),
        ),
    }
    customer, owner = asked.get(lever, asked["worth"])
    anchors = {
        "costs": (_("Very little"), _("A fair amount"), _("A great deal: far too much")),
        "drawbacks": (_("Not at all"), _("Somewhat: I noticed it"), _("A great deal: it nearly made me give up")),
    }.get(lever, (_("Poor: well below what I expect"), _("All right"), _("Excellent: well above what I expect")))
    return Wording(
        customer.replace("{name}", name), owner.replace("{name}", name),
        dict(zip(ANCHORS["scale5"], anchors, strict=True)),
    )  # fmt: skip


def _in_a_sentence(label: str) -> str:
    """The name as it stands inside a sentence: "Parking" is parking, "VAT invoices" stay as they are."""
    name = label.strip()
    return name[:1].lower() + name[1:] if name[1:2].islower() or name[1:2] in (" ", "") else name


def as_keywords(text: str) -> tuple[str, ...]:
    """Words typed with commas between them, as they are compared; each once."""
    words = (" ".join(match_key(part).split()) for part in text.replace(";", ",").replace("\n", ",").split(","))
    return tuple(dict.fromkeys(word for word in words if word))


def factor_problems(draft: FactorDraft, others: Iterable[FactorSetUp]) -> dict[str, str]:
    """What is wrong with a factor: field -> message; empty means it can be saved. `others`: all but itself."""
    found = {}
    if not draft.label.strip():
        found["label"] = _("Give it a short name, as “Parking”.")
    elif len(draft.label.strip()) > LONGEST_LABEL:
        found["label"] = _("A name has {count} characters at most.").format(count=LONGEST_LABEL)
    else:
        twin = next((one for one in others if match_key(one.label) == match_key(draft.label)), None)
        if twin is not None and twin.active:
            found["label"] = _("“{name}” is there already, under {part}.").format(
                name=twin.label, part=lever_name(twin.lever)
            )
        elif twin is not None:
            found["label"] = _("“{name}” is there already, under {part}, but not in use. Put it back instead.").format(
                name=twin.label, part=lever_name(twin.lever)
            )
    if draft.lever not in LEVERS:
        raise ValueError(f"there is no lever {draft.lever!r}")
    long = next((word for word in draft.keywords if len(word) > LONGEST_KEYWORD), None)
    if long is not None:
        found["keywords"] = _("“{word}” is too long to be met again. Put commas between words.").format(word=long)
    return found | wording_problems("scale5", draft.wording)


def question_problems(draft: QuestionDraft, others: Iterable[QuestionSetUp]) -> dict[str, str]:
    """What is wrong with a question of the owner's own. `others`: all but itself."""
    if draft.kind not in OWN_KINDS:
        raise ValueError(f"no own question is of kind {draft.kind!r}")
    found = wording_problems(draft.kind, draft.wording)
    asked = match_key(draft.wording.customer)
    if "customer" not in found and any(match_key(other.wording.customer) == asked for other in others):
        found["customer"] = _("This is asked already.")
    return found


def wording_problems(kind: str, wording: Wording) -> dict[str, str]:
    """What is wrong with a wording: "customer", "owner" or "anchor_N" -> message."""
    found = {}
    if not wording.customer.strip():
        found["customer"] = _("Write the question your customers read.")
    for key, text in (("customer", wording.customer), ("owner", wording.owner)):
        if len(text.strip()) > LONGEST_QUESTION:
            found[key] = _("A question has {count} characters at most; this one has {now}.").format(
                count=LONGEST_QUESTION, now=len(text.strip())
            )
        else:
            strange = [mark for mark in _BRACED.findall(text) if mark not in _FILLED_IN]
            if strange:
                found[key] = _("Nothing is filled in for {mark}. {known} can be.").format(
                    mark=strange[0], known=", ".join(_FILLED_IN)
                )
    return found | _anchor_problems(ANCHORS[kind], wording.anchors)


def _anchor_problems(places: tuple[str, ...], anchors: Mapping[str, str]) -> dict[str, str]:
    found = {}
    for place in places:
        text = anchors.get(place, "").strip()
        if not text and place in (places[0], places[-1]):
            found[f"anchor_{place}"] = _("Say what {number} means.").format(number=place)
        elif len(text) > LONGEST_ANCHOR:
            found[f"anchor_{place}"] = _("Words beside an answer have {count} characters at most.").format(
                count=LONGEST_ANCHOR
            )
    if places and not found and len({match_key(anchors.get(places[0], "")), match_key(anchors[places[-1]])}) == 1:
        found[f"anchor_{places[-1]}"] = _("{low} and {high} mean the same now.").format(low=places[0], high=places[-1])
    return found


def tidy(wording: Wording, kind: str) -> Wording:
    """The wording as it is kept: without blanks around it, with words only for answers that have some."""
    anchors = {place: wording.anchors.get(place, "").strip() for place in ANCHORS[kind]}
    return Wording(
        " ".join(wording.customer.split()), " ".join(wording.owner.split()),
        {place: " ".join(text.split()) for place, text in anchors.items() if text},
    )  # fmt: skip


def as_read(text: str, business: str) -> str:
    """A question as a customer would read it, with names filled in; of what was bought nothing is known here."""
    names = {"{business}": business, "{offer}": _("what you bought"), "{period}": _("the last 12 months")}
    for mark, name in names.items():  # not str.format: a name may hold braces of its own
        text = text.replace(mark, name)
    return text


def type_name(kind: str) -> str:
    """What kind of benefit, cost or drawback a factor is, in everyday words."""
    return {
        "benefit: product/service value": _("What the product or service does"),
        "benefit: service experience value": _("Service: the way there and the people"),
        "benefit: personal value": _("Personal: being known and heard"),
        "benefit: psychological value": _("Feelings: how safe and good it feels"),
        "benefit: social value": _("Others: what it says about them"),
        "cost: money": _("Money"),
        "cost: time": _("Time"),
        "cost: energy": _("Effort"),
        "cost: emotional": _("Worry and stress"),
        "drawback: waiting": _("Waiting"),
        "drawback: shipping/delivery": _("Delivery and appointments"),
        "drawback: product or service fault": _("Faults"),
        "drawback: process": _("Paperwork and systems"),
        "drawback: complaint handling": _("When something went wrong"),
    }.get(kind, kind)


def kind_name(kind: str) -> str:
    """How a question is answered."""
    return {
        "scale5": _("1 to 5, with words"), "scale0_10": _("0 to 10"), "yes_no": _("Yes or no"),
        "text": _("In words"),
    }[kind]  # fmt: skip
