"""A reply to a survey by e-mail, read again: quoted, broken otherwise, turned round, with or without brackets."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cvdesk.surveys.records import Returned
from cvdesk.surveys.records_codes import ALPHABET, as_code
from cvdesk.surveys.records_items import Item, assembled
from cvdesk.surveys.records_mail import mark_word
from cvdesk.value.records import AnswerValue
from cvdesk.wording import _

_QUOTED = re.compile(r"^[ \t]*(?:[>|›»＞][ \t]?)+")
_OPEN, _CLOSE = "[［【〔", "]］】〕"
_NOTHING = re.compile(r"[\s_.…·]*")
_NUMBER = re.compile(r"\d+")
_TICKS = "xX×✕✗✘✓✔☑☒"
_YES = frozenset({"yes", "y", "ja", "j", "oui", "o", "si", "sí", "s", "sim", "tak", "da", "да", "evet", "1", "true"})
_NO = frozenset({"no", "n", "nein", "non", "não", "nao", "nee", "nej", "nie", "ne", "нет", "hayır", "0", "false"})
_NONE = frozenset({
    "-", "–", "—", "−", "/", "?", "n/a", "na", "n.a.", "n.a", "none", "k.a.", "k. a.", "does not apply",
    "doesn't apply", "doesn’t apply", "not applicable", "don't know", "don’t know", "dont know",
})  # fmt: skip
_NO_WORDS = frozenset({"-", "–", "—", "/", "n/a"})  # where words are asked for, the rest of these may be meant
_CODE = re.compile(f"(?<![0-9A-Za-z])[{ALPHABET}]{{4}}[-–—‑]?[{ALPHABET}]{{4}}(?![0-9A-Za-z])", re.IGNORECASE)
# The mark of an answer in whatever language: a word, the number, a colon and the open bracket.
_ANY_MARK = re.compile(rf"(?<!\w)[^\W\d_]{{1,24}}\s{{0,80}}(\d{{1,3}})\s{{0,80}}[:：]\s{{0,80}}[{re.escape(_OPEN)}]")
_LONGEST = 200_000  # characters of a reply; the longest form asks in 10,000
_SIGNATURE = re.compile(r"^-- ?$")


@dataclass(frozen=True, slots=True)
class Reply:
    """What a reply says. `given`: answers by field; `unread`: what stands at a question and is no answer to it."""

    given: Mapping[str, AnswerValue]
    unread: Mapping[str, str]
    returned: Returned
    left_out: tuple[str, ...]


def codes_in(text: str) -> list[str]:
    """Codes of sheets that stand in a text, as they are kept, each once."""
    found: dict[str, None] = {}
    for match in _CODE.finditer(unicodedata.normalize("NFKC", text)):
        try:
            found[as_code(match[0].translate(str.maketrans("—‑", "--")))] = None
        except ValueError:  # a word that only looks like one
            continue
    return list(found)


def read_reply(text: str, asked: Sequence[Item], thanks: str = "") -> Reply:
    """The answers of a reply to the form that asked these pieces. Never raises; what is unclear is in `unread`.

    `thanks`: what the form ends with, so that it is not taken for an answer. What stands behind the mark of a question
    counts before a list that was written above or below the form.
    """
    by_number = {item.number: item for item in asked}
    rows = text[:_LONGEST].replace("\r\n", "\n").replace("\r", "\n").split("\n")
    plain = "\n".join(_QUOTED.sub("", row) for row in rows)
    said = _behind_marks(plain, asked, thanks or _("Thank you."))
    if said:
        loose = _loose(plain, asked) if not all(said.values()) else {}
    else:
        said, above, below = _translated(plain, by_number)
        loose = _loose(above, asked) | _loose(below, asked)
    given: dict[str, AnswerValue] = {}
    unread: dict[str, str] = {}
    for number, item in by_number.items():
        words = said.get(number) or loose.get(number, "") or _ticked(plain, item)
        if not words:
            continue
        answer = understood(item, words)
        if answer is None:
            unread[item.field] = words
        else:
            given[item.field] = answer
    returned, left_out = assembled(asked, given)
    return Reply(given, unread, returned, tuple(left_out))


def understood(item: Item, words: str) -> AnswerValue | None:
    """What somebody wrote as an answer to a question; None where it is none."""
    plain = unicodedata.normalize("NFKC", words).strip().strip("[]()<>").strip()
    low = plain.casefold().strip(" .!\"'“”‘’")
    if item.kind == "text":
        return AnswerValue("not_apply", None) if low in _NO_WORDS else AnswerValue("answered", None, words)
    if (low or plain) in _NONE or plain in _NONE or low == _("does not apply").casefold():
        return AnswerValue("not_apply", None)
    if item.kind == "yes_no":
        first = re.split(r"[\s,.;:!]", low, maxsplit=1)[0] if low else ""
        if first in _YES or first == _("yes").casefold():
            return AnswerValue("answered", 1.0)
        return AnswerValue("answered", 0.0) if first in _NO or first == _("no").casefold() else None
    numbers = _NUMBER.findall(plain)
    if not numbers:
        named = [value for value, meaning in item.anchors.items() if _same(meaning, plain)]
        return AnswerValue("answered", float(named[0])) if len(named) == 1 else None
    # "4 out of 5", "4/5": the scale itself says nothing. Two different numbers are no answer.
    if len(numbers) == 2 and int(numbers[1]) == item.scale[-1] and re.search(r"/|\bof\b|\bvon\b|\bsur\b", plain):
        numbers = numbers[:1]
    if len(set(numbers)) > 1 or re.search(r"\d[.,]\d|[-−]\s*\d", plain):
        return None
    value = int(numbers[0])
    return AnswerValue("answered", float(value)) if len(numbers[0]) < 4 and value in item.scale else None


def _same(meaning: str, words: str) -> bool:
    return bool(words) and " ".join(meaning.casefold().split()) == " ".join(words.casefold().split())


def _loosely(words: str) -> str:
    """A pattern for words however the lines were broken."""
    return r"\s+".join(re.escape(word) for word in words.split())


def _mark_pattern() -> re.Pattern[str]:
    names = {mark_word(), "Answer"}
    return re.compile(rf"(?:{'|'.join(map(_loosely, names))})\s*(\d{{1,3}})\s*[:：.)=]", re.IGNORECASE)


def _behind_marks(text: str, asked: Sequence[Item], thanks: str) -> dict[int, str]:
    """What stands behind the mark of each question, up to the next thing that belongs to the form."""
    numbers = {item.number: item for item in asked}
    marks = [found for found in _mark_pattern().finditer(text) if int(found[1]) in numbers]
    ends = {
        found.start()
        for found in re.finditer(rf"(?:^|(?<=[{re.escape(_CLOSE)}]))[ \t]*{_loosely(thanks)}", text, re.MULTILINE)
    }
    stops = sorted({found.start() for found in marks} | _form_starts(text, asked) | ends)
    said: dict[int, str] = {}
    for found in marks:
        item = numbers[int(found[1])]
        if said.get(item.number):
            continue
        place = bisect_left(stops, found.end())
        end = stops[place] if place < len(stops) else len(text)
        said[item.number] = _inside(text[found.end() : end], item)
    return said


def _translated(text: str, by_number: Mapping[int, Item]) -> tuple[dict[int, str], str, str]:
    """What stands in the brackets of a form whose words somebody's mail program translated; what is above and below."""
    marks = [found for found in _ANY_MARK.finditer(text) if int(found[1]) in by_number]
    if not marks:
        return {}, text, ""
    said: dict[int, str] = {}
    for found, after in zip(marks, [*marks[1:], None], strict=True):
        item = by_number[int(found[1])]
        said[item.number] = said.get(item.number) or _bracketed(text[found.end() : after and after.start()], item)
    # The first question stands above its mark; what is above that may be a list of answers.
    heads = re.finditer(rf"^[ \t]*{int(marks[0][1])}\s*[.)]\s+\S", text[: marks[0].start()], re.MULTILINE)
    first = max((head.start() for head in heads), default=0)
    below = text.find("\n\n", marks[-1].end())
    return said, text[:first], text[below:] if below >= 0 else ""


def _bracketed(region: str, item: Item) -> str:
    """What stands between the brackets, of which the first is open, or behind them in the same line."""
    closes = [place for place, sign in enumerate(region) if sign in _CLOSE]
    if not closes:
        return _tidied(_first_paragraph(region, item))
    ends = [place for place in closes if not region[place + 1 :].split("\n", 1)[0].strip()]
    close = ends[0] if ends and item.kind == "text" else closes[0]
    inner = _tidied(region[:close])
    if inner and not (item.kind != "text" and inner in _TICKS):
        return inner
    return _tidied(re.sub(r"^\s*\([^)\n]*\)", "", region[close + 1 :].split("\n", 1)[0]))


def _form_starts(text: str, asked: Sequence[Item]) -> set[int]:
    """Where a question, a lead, or the end of the form begins."""
    starts: set[int] = set()
    for item in asked:
        pattern = rf"(?<!\w){item.number}\s*[.)]\s*{_loosely(item.wording[:60])}"
        starts |= {found.start() for found in re.finditer(pattern, text)}
        if item.lead:
            starts |= {found.start() for found in re.finditer(_loosely(item.lead[:60]), text)}
    code = _("Code {code}").format(code="").strip()
    starts |= {found.start() for found in re.finditer(rf"^[ \t]*{_loosely(code)}\s+\S", text, re.MULTILINE)}
    return starts


def _inside(region: str, item: Item) -> str:
    """The answer in what follows a mark: between the brackets, else behind them."""
    opened = re.match(rf"\s*[{re.escape(_OPEN)}]", region)
    if opened is None:
        return _tidied(_first_paragraph(region, item))
    body = region[opened.end() :]
    closes = [place for place, sign in enumerate(body) if sign in _CLOSE]
    if not closes:
        return _tidied(_first_paragraph(body, item))
    close = closes[-1] if item.kind == "text" else closes[0]
    inner, after = _tidied(body[:close]), body[close + 1 :]
    if inner and not (item.kind != "text" and inner in _TICKS):
        return inner
    hint = _("(yes or no)")
    after = re.sub(rf"^\s*{_loosely(hint)}", "", after)
    beside = _tidied(after.split("\n", 1)[0])
    below = _tidied(_first_paragraph(after, item))
    # Below the mark stands the next question as well, perhaps in words we no longer know: only what answers counts.
    return below if item.kind == "text" or understood(item, below) is not None else beside


def _first_paragraph(text: str, item: Item) -> str:
    """Words end at an empty line, where thanks and a signature follow; a number ends with its line."""
    text = text.strip("\n \t")
    rows: list[str] = []
    for row in text.split("\n"):
        if (rows and not row.strip()) or _SIGNATURE.match(row.strip(" ")) or (rows and item.kind != "text"):
            break
        if re.match(rf"\s*{item.number + 1}\s*[.)]\s+\S", row):  # the next question
            break
        rows.append(row)
    return "\n".join(rows)


def _tidied(text: str) -> str:
    rows = [row.strip() for row in text.replace("\u00a0", " ").strip().split("\n")]
    joined = "\n".join(rows).strip()
    return "" if _NOTHING.fullmatch(joined) else joined


def _loose(text: str, asked: Sequence[Item]) -> dict[int, str]:
    """A list written by hand, "1: 4", "2) 5", "3 - n/a", above or below the form."""
    numbers = {item.number: item for item in asked}
    marks = {found.start() for found in _mark_pattern().finditer(text)}
    form = _form_starts(text, asked) | marks
    first, last = (min(form), max(form)) if form else (len(text), len(text))
    below = text.find("\n\n", last) if form else len(text)
    found: dict[int, str] = {}
    meanings = {" ".join(words.casefold().split()) for item in asked for words in item.anchors.values() if words}
    for part in (text[:first], text[below:] if below >= 0 else ""):
        for match in re.finditer(
            r"^[ \t]*[#(]?(\d{1,3})\s*(?:[:：)=]|\.(?!\d)|[ \t][-–—])[ \t]+(\S[^\n]*)$", part, re.MULTILINE
        ):
            item = numbers.get(int(match[1]))
            # A question of a form that was not recognised, or what a number means in it, is no answer.
            means = "=" in match[0].removesuffix(match[2]) and " ".join(match[2].casefold().split()) in meanings
            asks = means or (not marks and match[2].rstrip().endswith("?"))
            if item is not None and item.number not in found and not asks and (
                item.kind == "text" or understood(item, match[2]) is not None
            ):  # fmt: skip
                found[item.number] = _tidied(match[2].strip().lstrip(_OPEN).rstrip(_CLOSE))
    return found


def _ticked(text: str, item: Item) -> str:
    """A cross beside the meaning of a number: "x 4 = …" or "5 = Completely: the problem is gone  x"."""
    if not item.anchors or item.part or item.kind == "text":
        return ""
    head = re.search(rf"(?<!\w){item.number}\s*[.)]\s*{_loosely(item.wording)}", text)
    if head is None:
        return ""
    mark = _mark_pattern().search(text, head.end())
    region = text[head.end() : mark.start() if mark else len(text)]
    crossed = set()
    for value, meaning in item.anchors.items():
        line = rf"{value}\s*=\s*{_loosely(meaning)}"
        tick = rf"\[?[{_TICKS}]\]?"
        if re.search(rf"(?:^|\n)[ \t]*{tick}[ \t]*{line}", region) or re.search(
            rf"{line}[ \t]+{tick}[ \t]*(?:\n|$)", region
        ):
            crossed.add(value)
    return crossed.pop() if len(crossed) == 1 else ""
