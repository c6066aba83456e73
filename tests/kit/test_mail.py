"""Drafts of e-mails hold what they were given and no header more, whatever was typed."""

from __future__ import annotations

import email
from email.policy import default

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cvdesk.kit.mail import mailto, message

_HEADERS = {"To", "Subject", "X-Unsent", "Content-Type", "Content-Transfer-Encoding", "MIME-Version"}
_ENCODED = "=?utf-8?q?a=0aBcc:_evil@example.org?="
_PARTS = st.sampled_from(
    ["=?", "?=", "=", "?", "utf-8?q?", "=0aBcc:_x", "\r\nBcc: x", "Ada", "@", "b.example", " ", '"']
)
_TYPED = st.one_of(st.text(max_size=30), st.lists(_PARTS, max_size=9).map("".join))


@pytest.mark.parametrize("place", range(3))
def test_an_encoded_word_begins_no_other_header(place: int) -> None:
    given_ = ["Ada", "ada@example.org", "News"]
    given_[place] = _ENCODED if place != 1 else f"{_ENCODED}@example.org"
    name, to, subject = given_
    read = email.message_from_bytes(message(name, to, subject, "Hello").as_bytes(), policy=default)
    assert set(read.keys()) <= _HEADERS


@given(name=_TYPED, to=_TYPED, subject=_TYPED)
def test_whatever_is_typed_begins_no_other_header(name: str, to: str, subject: str) -> None:
    read = email.message_from_bytes(message(name, to, subject, "Hello").as_bytes(), policy=default)
    assert set(read.keys()) <= _HEADERS
    assert mailto(to, subject, "Hello").count("&") == 1
