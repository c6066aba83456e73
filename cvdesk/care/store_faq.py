"""SQL of questions and answers: what several customers asked, the owner's answers, and how many were answered."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from cvdesk.care.records_community import Faq, Recurring
from cvdesk.care.store_community import named_in, names_kept_off
from cvdesk.catalogue import store as catalogue
from cvdesk.catalogue.records import Business, Logo, as_name, as_said, match_key
from cvdesk.catalogue.store_letterhead import logo
from cvdesk.db import Operation, Queries
from cvdesk.db.filter import Period
from cvdesk.db.rows import day_start
from cvdesk.errors import UserError
from cvdesk.feedback.store_answers import Snippet, save_snippet, snippets
from cvdesk.wording import _

FEWEST = 3  # different customers who asked it
_ALIKE = 78.0  # how alike the words of two questions are, 0-100, for one answer to do for both
_SHORTEST = 4  # letters of a word that says what a question is about
_TELLING = 2  # such words a question needs to be understood by itself
_MOST = 2000  # questions looked at, the latest
_MOST_WORDINGS = 6
_SENTENCE = re.compile(r"[^.!?…]*\?")
_LONGEST_NAME = 60

_QUESTIONS = """
SELECT entries.id, entries.text, entries.customer_id, entries.answered, (
    SELECT theme_id FROM entry_themes JOIN themes ON themes.id = theme_id
    WHERE entry_id = entries.id AND state = 'confirmed' AND themes.active = 1
    ORDER BY main DESC, entry_themes.id LIMIT 1) AS theme_id
FROM entries WHERE kind = 'question' AND trim(text) <> '' AND position >= ? AND position < ?
ORDER BY position DESC LIMIT ?
"""
_FAQS = "SELECT id, question, answer, theme_id, place, shown FROM faqs ORDER BY place, id"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question a customer asked; `words`: what it is about, as questions are compared. `who`: None for anonymous."""

    id: int
    text: str
    who: int | None
    answered: date | None
    theme_id: int | None
    words: str


@dataclass(frozen=True, slots=True)
class FaqSheet:
    """What goes out: questions with answers that are shown."""

    business: Business
    today: date
    faqs: tuple[Faq, ...]
    logo: Logo | None = None


def faqs(db: Queries, today: date) -> tuple[Faq, ...]:
    """All questions with their answers in the owner's order, with how many were answered this year."""
    kept = [
        Faq(row["question"], row["answer"], row["theme_id"], row["place"], bool(row["shown"]), row["id"])
        for row in db.rows(_FAQS)
    ]
    asked = [one for one in _asked(db, date(today.year, 1, 1), today) if one.answered and one.answered <= today]
    names = names_kept_off(db) if kept else frozenset()
    against = _("It names a customer who has not agreed to be named.")
    return tuple(
        replace(
            faq,
            answered=_people(one for one in asked if _covers(faq, one)),
            held_back=against if named_in((faq.question, faq.answer), names) else "",
        )
        for faq in kept
    )


def recurring(db: Queries, today: date) -> tuple[Recurring, ...]:
    """What at least three different customers asked within 12 months and is not answered here yet, most asked first.

    Questions of one theme in words that are alike belong together; what is left of a theme does where it is enough.
    Anonymous questions belong to a group, but nobody can tell how many people they are: they do not count.
    """
    known = _plain(db)
    asked = [
        one for one in _asked(db, Period.last_months(12, today).start, today)
        if not any(_covers(faq, one) for faq in known)
    ]  # fmt: skip
    themes = {one.id: one.name for one in catalogue.named(db, "themes")}
    by_theme: dict[int | None, list[Asked]] = {}
    for one in asked:
        by_theme.setdefault(one.theme_id, []).append(one)
    found: list[Recurring] = []
    for theme, some in by_theme.items():
        name = themes.get(theme, "") if theme is not None else ""
        alike = _grouped(some)
        enough = [group for group in alike if _people(group) >= FEWEST]
        found += [_recurring(group, theme, name, alike_words=True) for group in enough]
        rest = [one for group in alike if group not in enough for one in group]
        if theme is not None and _people(rest) >= FEWEST and not any(faq.theme_id == theme for faq in known):
            found.append(_recurring(rest, theme, name, alike_words=False))
    return tuple(sorted(found, key=lambda one: (-one.customers, one.question)))


def _plain(db: Queries) -> list[Faq]:
    return [Faq(row["question"], row["answer"], row["theme_id"], id=row["id"]) for row in db.rows(_FAQS)]


def _asked(db: Queries, first: date, today: date) -> list[Asked]:
    span = (day_start(first.isoformat()), day_start(date.fromordinal(today.toordinal() + 1).isoformat()))
    return [
        Asked(
            row["id"], row["text"], row["customer_id"],
            date.fromisoformat(row["answered"]) if row["answered"] else None, row["theme_id"], words(row["text"]),
        )
        for row in db.rows(_QUESTIONS, (*span, _MOST))
    ]  # fmt: skip


def question_of(text: str) -> str:
    """The question in what somebody said: its last sentence that ends with a question mark, else all of it."""
    found = [one.strip(" \n\t\"'“”") for one in _SENTENCE.findall(text)]
    last = found[-1] if found else text
    if sum(len(word) >= _SHORTEST for word in last.split()) < _TELLING and last.isascii():
        last = text  # "Which is it?" says nothing by itself
    return " ".join(last.split())


def words(text: str) -> str:
    """What a question is about, as two are compared: its longer words, without endings of the plural."""
    plain = "".join(mark if mark.isalnum() else " " for mark in match_key(question_of(text)))
    long = [word.removesuffix("s") for word in plain.split() if len(word) >= _SHORTEST or not word.isascii()]
    return " ".join(long or plain.split())


def _alike(one: str, other: str) -> bool:
    from rapidfuzz import fuzz

    return bool(one and other) and fuzz.token_set_ratio(one, other) >= _ALIKE


def _covers(faq: Faq, asked: Asked) -> bool:
    """Whether an answer given once and for all answers this question: the same words, and no other theme."""
    return (faq.theme_id is None or asked.theme_id in (None, faq.theme_id)) and _alike(
        words(faq.question), asked.words
    )  # fmt: skip


def _grouped(asked: Sequence[Asked]) -> list[list[Asked]]:
    """Questions that are alike, each in the group whose first one it is most alike to."""
    from rapidfuzz import fuzz, process

    groups: list[list[Asked]] = []
    leaders: list[str] = []
    for one in sorted(asked, key=lambda one: (len(one.words), one.id)):
        best = process.extractOne(one.words, leaders, scorer=fuzz.token_set_ratio, score_cutoff=_ALIKE)
        if best is None:
            leaders.append(one.words)
            groups.append([one])
        else:
            groups[best[2]].append(one)
    return groups


def _people(asked: Iterable[Asked]) -> int:
    return len({one.who for one in asked if one.who is not None})


def _recurring(group: list[Asked], theme: int | None, name: str, alike_words: bool) -> Recurring:
    first: dict[str, int] = {}  # the comment in which each wording stands first
    for one in group:
        first.setdefault(question_of(one.text), one.id)
    wordings = tuple(first)
    # The shortest way it was put says least about who asked.
    question = min(wordings, key=lambda text: (len(text), text)) if alike_words else ""
    shown = wordings[:_MOST_WORDINGS]
    return Recurring(question, shown, theme, name, _people(group), tuple(first.values())[:_MOST_WORDINGS])


def save_faq(op: Operation, faq: Faq) -> int:
    """Adds or changes a question and gives its id; a new one comes last. UserError without a question."""
    question = as_name(faq.question)
    if not question:
        raise UserError(_("A question is missing."), _("Write it, then save again."))
    values = {
        "question": question, "answer": as_said(faq.answer), "theme_id": faq.theme_id, "shown": int(faq.shown),
    }  # fmt: skip
    if faq.id is not None:
        op.update("faqs", faq.id, values)
        return faq.id
    last = op.value("SELECT COALESCE(max(place), 0) FROM faqs")
    return op.insert("faqs", {**values, "place": int(last) + 1})


def move_faq(op: Operation, faq_id: int, by: int) -> None:
    """Moves a question so many places on (below 0: up); at the end it stays."""
    order = [row["id"] for row in op.rows(_FAQS)]
    if faq_id not in order:
        return
    place = order.index(faq_id)
    order.insert(min(max(place + by, 0), len(order) - 1), order.pop(place))
    for number, row_id in enumerate(order, start=1):
        if op.value("SELECT place FROM faqs WHERE id = ?", (row_id,)) != number:
            op.update("faqs", row_id, {"place": number})


def show_faq(op: Operation, faq_id: int, shown: bool) -> None:
    """Puts a question on the page, or leaves it off."""
    op.update("faqs", faq_id, {"shown": int(shown)})


def delete_faq(op: Operation, faq_id: int) -> None:
    """Deletes a question with its answer. Can be undone."""
    op.delete("faqs", faq_id)


def use_as_reply(op: Operation, faq_id: int) -> str:
    """Puts the answer among the snippets, under the question; gives the name. An older one of that name is replaced.

    UserError where there is no answer yet.
    """
    row = op.row("SELECT question, answer FROM faqs WHERE id = ?", (faq_id,))
    if row is None or not row["answer"].strip():
        raise UserError(_("There is no answer yet."), _("Write it first, then use it as a reply."))
    name = as_name(row["question"])
    name = name if len(name) <= _LONGEST_NAME else name[: _LONGEST_NAME - 1].rstrip() + "…"
    known = next((one.id for one in snippets(op) if one.name.casefold() == name.casefold()), None)
    save_snippet(op, Snippet(name, row["answer"], known))
    return name


def sheet(db: Queries, today: date) -> FaqSheet:
    """What goes out, read as of one moment."""
    with db.snapshot():
        going = [faq for faq in faqs(db, today) if faq.shown and faq.answer.strip() and not faq.held_back]
        return FaqSheet(catalogue.business(db), today, tuple(going), logo(db))


__all__ = [
    "FEWEST", "FaqSheet", "delete_faq", "faqs", "move_faq", "question_of", "recurring", "save_faq", "sheet",
    "show_faq", "use_as_reply", "words",
]  # fmt: skip
