"""Words without those who are named in them: for papers that leave customers' names out."""

from __future__ import annotations

import re
from collections.abc import Iterable

GONE = "…"
_MAIL = re.compile(r"[^\s@<>]+@[^\s@<>]+\.\w{2,}")
_PHONE = re.compile(r"\+?\d[\d\s()/.-]{7,}\d")
_LEAST_DIGITS = 9  # a day written 2026-11-21 has eight


def hidden_names(text: str, names: Iterable[str]) -> str:
    """The text with these names, and whatever reads as an e-mail or a phone number, replaced by "…"."""
    for name in sorted({one.strip() for one in names}, key=lambda one: (-len(one), one)):
        if name:
            text = _pattern(name).sub(GONE, text)
    return _PHONE.sub(_without_phone, _MAIL.sub(GONE, text))


def _pattern(name: str) -> re.Pattern[str]:
    """Finds a name whatever its blanks and capitals; where letters have capitals, only as whole words."""
    words = r"\s+".join(re.escape(word) for word in name.split())
    before = r"(?<!\w)" if _cased(name[0]) else ""
    after = r"(?!\w)" if _cased(name[-1]) else ""
    return re.compile(before + words + after, re.IGNORECASE)


def _cased(mark: str) -> bool:
    return mark.isdigit() or mark.lower() != mark.upper()


def _without_phone(found: re.Match[str]) -> str:
    return GONE if sum(mark.isdigit() for mark in found.group()) >= _LEAST_DIGITS else found.group()
