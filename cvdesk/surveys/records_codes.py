"""Codes of sheets: short enough to be typed from paper, with a sign that tells a slip of the pen."""

from __future__ import annotations

from collections.abc import Callable

# No vowels, so that no word appears, and nothing that is easily read as another sign.
ALPHABET = "23456789BCDFGHJKMNPQRSTVWXYZ"
_LENGTH = 7
_MISREAD = str.maketrans({"0": "D", "O": "D", "1": "J", "I": "J", "L": "J", "U": "V", "A": "4", "E": "F"})


def new_code(draw: Callable[[int], int]) -> str:
    """A code of seven random signs and one that checks them, as "K7M2-QXP4". `draw(n)` gives a number below n."""
    signs = "".join(ALPHABET[draw(len(ALPHABET))] for _place in range(_LENGTH))
    return f"{signs[:4]}-{signs[4:]}{_check(signs)}"


def as_code(text: str) -> str:
    """A code as it was typed or scanned, in the way it is kept. ValueError where it is none."""
    signs = "".join(text.upper().split()).replace("-", "").replace("–", "").translate(_MISREAD)
    if len(signs) != _LENGTH + 1 or any(sign not in ALPHABET for sign in signs) or _check(signs[:-1]) != signs[-1]:
        raise ValueError(f"{text!r} is no code")
    return f"{signs[:4]}-{signs[4:]}"


def _check(signs: str) -> str:
    # Each weight has no factor in common with 28, so that any one sign misread shows; of two changed round 95 % do.
    weights = (1, 3, 5, 9, 11, 13, 15)
    total = sum(weight * ALPHABET.index(sign) for weight, sign in zip(weights, signs, strict=True))
    return ALPHABET[total % len(ALPHABET)]
