"""What a saved e-mail or text holds, as bytes: the forms attached to it, and its words."""

from __future__ import annotations

from email import message_from_bytes
from itertools import islice

_PARTS = 60  # of one e-mail that are looked at


def attached_pdfs(content: bytes) -> list[bytes]:
    """The PDFs an e-mail carries."""
    try:
        parts = list(islice(message_from_bytes(content).walk(), _PARTS))
    except RecursionError:  # parts inside parts without end; nobody's mail program writes that
        return []
    found = []
    for part in parts:
        if part.get_content_type() == "application/pdf" or str(part.get_filename() or "").lower().endswith(".pdf"):
            inside = part.get_payload(decode=True)
            if isinstance(inside, bytes):
                found.append(inside)
    return found


def decoded(content: bytes) -> str:
    """A text as its bytes say: most programs write UTF-8, older ones on Windows their own."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")
