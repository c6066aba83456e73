"""What travels hidden in a form that is filled in on the screen: which survey, which sheet, which way it is written."""

from __future__ import annotations

import re
from dataclasses import dataclass

FIELD = "cvdesk"  # the name of the field
_VERSION = 1
_MARKER = re.compile(r"cvdesk-survey (\d{1,4}) (\d{1,19}) ?(\S{0,20})")


@dataclass(frozen=True, slots=True)
class Marker:
    """A form by a newer program has a version we do not know. `code` empty: a form for nobody in particular."""

    version: int
    survey_id: int
    code: str

    @property
    def known(self) -> bool:
        """Whether this program can read the form."""
        return self.version == _VERSION


def marker(survey_id: int, code: str) -> str:
    """The hidden value of a form."""
    return f"cvdesk-survey {_VERSION} {survey_id} {code}".strip()


def read_marker(text: str) -> Marker:
    """The hidden value read again. ValueError where it is none of ours."""
    found = _MARKER.fullmatch(text.strip())
    if found is None:
        raise ValueError(f"{text[:40]!r} is no marker of a form")
    return Marker(int(found[1]), int(found[2]), found[3])
