"""SQL of advocates and referrals. Without consent nothing of an advocate is handed to anything that prints."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from cvdesk.care.records_community import (
    Advocate,
    AdvocateRow,
    Candidate,
    Quote,
    Referral,
    ReferralRow,
    advocate_problems,
    referral_problems,
)
from cvdesk.catalogue.records import as_name, as_said, match_key
from cvdesk.complaints.store_due import OPEN
from cvdesk.customers.store_permission import may
from cvdesk.db import Operation, Queries
from cvdesk.db.filter import Period
from cvdesk.db.rows import day_start
from cvdesk.errors import UserError
from cvdesk.wording import _, ngettext
from cvdesk.wording.numbers import number, whole

_LOYAL = 9  # from which answer to "would you recommend us?" on somebody speaks well of a business
_TOP = 5
_TWICE = 2
_NAMED_WORDS = 2  # a name of one word may be any word: "Rose"

_PRAISE = "kind = 'praise' AND trim(text) <> '' AND position >= :start"
_FITTING = f"""
WITH said AS (
    SELECT assessments.customer_id AS customer, max(answers.value) AS recommend FROM answers
    JOIN question_versions ON question_versions.id = answers.question_version_id
    JOIN questions ON questions.id = question_versions.question_id AND questions.key = 'recommend'
    JOIN assessments ON assessments.id = answers.assessment_id
    WHERE answers.state = 'answered' AND assessments.kind = 'customer' AND assessments.state = 'done'
        AND assessments.customer_id IS NOT NULL AND assessments.date BETWEEN :first AND :today
    GROUP BY 1
), heard AS (
    SELECT customer_id AS customer, sum(COALESCE(rating, 0) >= {_TOP}) AS top, sum({_PRAISE}) AS praise,
        max(CASE WHEN {_PRAISE} THEN position END) AS latest
    FROM entries WHERE customer_id IS NOT NULL AND position >= :start GROUP BY 1
)
SELECT customers.id, customers.name, said.recommend, heard.top, heard.praise, entries.text
FROM heard JOIN customers ON customers.id = heard.customer JOIN entries ON entries.position = heard.latest
LEFT JOIN said ON said.customer = heard.customer
WHERE customers.active = 1 AND heard.praise > 0 AND (said.recommend >= {_LOYAL} OR heard.top >= {_TWICE})
    AND NOT EXISTS (SELECT 1 FROM advocates WHERE customer_id = customers.id)
    AND NOT EXISTS (SELECT 1 FROM complaints WHERE customer_id = customers.id AND {OPEN})
ORDER BY COALESCE(said.recommend, 0) + heard.top + heard.praise DESC, customers.name_key, customers.id
"""
_ADVOCATES = """
SELECT advocates.*, customers.name AS name,
    (SELECT count(*) FROM entries WHERE customer_id = customers.id AND kind = 'praise' AND trim(text) <> '') AS praise,
    (SELECT count(*) FROM referrals WHERE customer_id = customers.id) AS sent
FROM advocates JOIN customers ON customers.id = advocates.customer_id ORDER BY customers.name_key, customers.id
"""
# The one door for words of advocates: only those who said yes are behind it.
_QUOTES = """
SELECT entries.id, entries.customer_id, entries.date, entries.text,
    CASE WHEN advocates.may_name = 1 THEN customers.name ELSE '' END AS name
FROM advocates JOIN customers ON customers.id = advocates.customer_id
CROSS JOIN entries ON entries.customer_id = advocates.customer_id
WHERE advocates.may_quote = 1 AND entries.kind = 'praise' AND trim(entries.text) <> '' AND {whose}
ORDER BY +entries.position DESC
"""
_NAMES = """
SELECT customers.name_key FROM customers LEFT JOIN advocates ON advocates.customer_id = customers.id
WHERE COALESCE(advocates.may_quote AND advocates.may_name, 0) = 0
"""
_REFERRALS = """
SELECT referrals.*, customers.name AS customer, COALESCE(sent.name, referrals.name) AS referred,
    (SELECT count(*) FROM referrals AS all_of_them WHERE all_of_them.customer_id = referrals.customer_id) AS sent
FROM referrals JOIN customers ON customers.id = referrals.customer_id
LEFT JOIN customers AS sent ON sent.id = referrals.referred_id ORDER BY referrals.date DESC, referrals.id DESC
"""


def candidates(db: Queries, today: date) -> tuple[Candidate, ...]:
    """Who may be asked to speak for the business, the warmest first.

    Who would recommend it (9 or 10) or gave 5 stars twice, and praised it in words, all within 12 months; nobody with
    an open complaint, nor anybody who wants no contact.
    """
    first = Period.last_months(12, today).start.isoformat()
    found = db.rows(_FITTING, {"first": first, "today": today.isoformat(), "start": day_start(first)})
    allowed = set(may(db, [row["id"] for row in found], own_matter=True).yes)
    return tuple(
        Candidate(row["id"], row["name"], _reasons(row), " ".join(str(row["text"]).split()))
        for row in found
        if row["id"] in allowed
    )


def _reasons(row: Any) -> tuple[str, ...]:
    found = []
    if row["recommend"] is not None and row["recommend"] >= _LOYAL:
        found.append(_("would recommend: {answer} of 10").format(answer=number(row["recommend"], 0)))
    if row["top"] >= _TWICE:
        found.append(ngettext("{count} time 5 stars", "{count} times 5 stars", row["top"]).format(
            count=whole(row["top"])))  # fmt: skip
    praise = row["praise"]
    found.append(ngettext("praised you once in words", "praised you {count} times in words", praise).format(
        count=whole(praise)))  # fmt: skip
    return tuple(found)


def advocates(db: Queries) -> tuple[AdvocateRow, ...]:
    """All advocates by name."""
    return tuple(AdvocateRow(_advocate(row), row["name"], row["praise"], row["sent"]) for row in db.rows(_ADVOCATES))


def _advocate(row: Any) -> Advocate:
    return Advocate(
        row["customer_id"], date.fromisoformat(row["since"]), bool(row["may_quote"]), bool(row["may_name"]),
        _day(row["consent_on"]), row["consent_how"], row["note"], row["id"],
    )  # fmt: skip


def save_advocate(op: Operation, advocate: Advocate) -> int:
    """Adds or changes an advocate and gives the id. UserError where consent lacks its day or how it was given."""
    problems = advocate_problems(advocate)
    if problems:
        raise UserError(_("The consent is not complete."), next(iter(problems.values())))
    agreed = advocate.may_quote
    values = {
        "customer_id": advocate.customer_id, "since": advocate.since.isoformat(), "may_quote": int(agreed),
        "may_name": int(advocate.may_name),
        "consent_on": advocate.consent_on.isoformat() if agreed and advocate.consent_on else None,
        "consent_how": as_said(advocate.consent_how) if agreed else "", "note": as_said(advocate.note),
    }  # fmt: skip
    known = advocate.id
    if known is None:
        known = op.value("SELECT id FROM advocates WHERE customer_id = ?", (advocate.customer_id,))
    if known is None:
        return op.insert("advocates", values)
    op.update("advocates", known, values)
    return int(known)


def withdraw(op: Operation, advocate_id: int) -> None:
    """They no longer want to be quoted or named: from now on nothing of them goes on paper."""
    op.update("advocates", advocate_id, {"may_quote": 0, "may_name": 0, "consent_on": None, "consent_how": ""})


def delete_advocate(op: Operation, advocate_id: int) -> None:
    """No longer an advocate. Can be undone."""
    op.delete("advocates", advocate_id)


def quotes(db: Queries, customer_id: int | None = None) -> tuple[Quote, ...]:
    """Words of praise that may be used, of one advocate or all, the latest first; names only of those who agreed."""
    whose = "1" if customer_id is None else "advocates.customer_id = :customer"
    return tuple(
        Quote(row["id"], row["customer_id"], date.fromisoformat(row["date"]), row["text"], row["name"])
        for row in db.rows(_QUOTES.format(whose=whose), {"customer": customer_id} if customer_id is not None else {})
    )


def names_kept_off(db: Queries) -> frozenset[str]:
    """Names, as they are compared, that stand on nothing that is put up: of all who have not agreed to be named.

    Only names of two words and more: a single one may be any word.
    """
    names = (_words(row["name_key"]) for row in db.rows(_NAMES))
    return frozenset(name for name in names if len(name.split()) >= _NAMED_WORDS)


def every_name(db: Queries) -> frozenset[str]:
    """Names of all customers, as they are compared, also those of one word."""
    return frozenset(_words(row["name_key"]) for row in db.rows("SELECT name_key FROM customers")) - {""}


def named_in(texts: Iterable[str], names: frozenset[str]) -> bool:
    """Whether one of the names stands in one of the texts."""
    spaced = [f" {_words(text)} " for text in texts]
    return any(f" {name} " in text for text in spaced for name in names)


def _words(text: str) -> str:
    return " ".join("".join(mark if mark.isalnum() else " " for mark in match_key(text)).split())


def referrals(db: Queries) -> tuple[ReferralRow, ...]:
    """Who sent whom, the latest first."""
    return tuple(
        ReferralRow(
            Referral(
                row["customer_id"], date.fromisoformat(row["date"]), row["referred_id"], row["name"],
                _day(row["thanked"]), row["note"], row["id"],
            ),
            row["customer"], row["referred"], row["sent"],
        )
        for row in db.rows(_REFERRALS)
    )  # fmt: skip


def save_referral(op: Operation, referral: Referral) -> int:
    """Adds or changes a referral and gives its id. UserError where nobody was sent or they sent themselves."""
    problems = referral_problems(referral)
    if problems:
        raise UserError(_("Who sent whom is not complete."), next(iter(problems.values())))
    values = {
        "customer_id": referral.customer_id, "referred_id": referral.referred_id,
        "name": as_name(referral.name) if referral.referred_id is None else "", "date": referral.date.isoformat(),
        "thanked": referral.thanked.isoformat() if referral.thanked else None, "note": as_said(referral.note),
    }  # fmt: skip
    if referral.id is None:
        return op.insert("referrals", values)
    op.update("referrals", referral.id, values)
    return referral.id


def thank(op: Operation, referral_id: int, day: date | None) -> None:
    """They were thanked on a day; None: not yet after all."""
    op.update("referrals", referral_id, {"thanked": day.isoformat() if day else None})


def delete_referral(op: Operation, referral_id: int) -> None:
    """Deletes who sent whom. Can be undone."""
    op.delete("referrals", referral_id)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
