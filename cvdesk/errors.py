"""The one kind of error a person is meant to read."""

from __future__ import annotations


class UserError(Exception):
    """Something outside the program is in the way: says what happened and what to do about it."""

    def __init__(self, what: str, to_do: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.to_do = to_do

    def __str__(self) -> str:
        return f"{self.what} {self.to_do}".strip()
