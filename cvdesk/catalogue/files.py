"""Pictures, PDFs and saved e-mails kept with feedback and complaints: inside the business file, each content once."""

from __future__ import annotations

import hashlib
import mimetypes
from dataclasses import dataclass
from pathlib import Path

from cvdesk.db import Operation, Queries
from cvdesk.errors import UserError
from cvdesk.wording import _

LIMIT = 25 * 1024 * 1024  # bytes, as the file itself says
PICTURES = ("*.png", "*.jpg", "*.jpeg", "*.gif", "*.webp", "*.bmp", "*.tif", "*.tiff", "*.heic")
_BEGINNINGS = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"BM", "image/bmp"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"%PDF-", "application/pdf"),
)
# What some systems do not know by its ending.
_ENDINGS = {".eml": "message/rfc822", ".webp": "image/webp", ".heic": "image/heic"}
_KNOWN = "SELECT id FROM attachments WHERE hash = ?"
_LINKED = "SELECT id FROM attachment_links WHERE attachment_id = ? AND {owner} = ?"
_LINKS = """
SELECT attachment_links.id AS link_id, attachments.id, name, media_type, length(data) AS size
FROM attachment_links JOIN attachments ON attachments.id = attachment_id
WHERE {owner} = ? ORDER BY attachment_links.id
"""
_READ = "SELECT name, media_type, data FROM attachments WHERE id = ?"
_OTHERS = "SELECT count(*) FROM attachment_links WHERE attachment_id = ?"


@dataclass(frozen=True, slots=True)
class Attached:
    """An attachment as lists show it, without its bytes. `link_id` says where it hangs, `size` is in bytes."""

    link_id: int
    id: int
    name: str
    media_type: str
    size: int

    @property
    def is_picture(self) -> bool:
        """Whether it can be shown as a picture."""
        return self.media_type.startswith("image/")


@dataclass(frozen=True, slots=True)
class Attachment:
    """An attachment with its bytes."""

    name: str
    media_type: str
    data: bytes


def attach(
    op: Operation,
    source: Path | bytes,
    name: str = "",
    *,
    entry_id: int | None = None,
    complaint_id: int | None = None,
) -> int:
    """Keeps a file's content with an entry or a complaint and gives the attachment's id.

    The same content is kept once, however often it is attached. Raises UserError for what cannot be read, is empty or
    larger than LIMIT.
    """
    owner, owner_id = _owner(entry_id, complaint_id)
    if isinstance(source, Path):
        name = name or source.name
        source = _content(source)
    name = name.strip() or _("Picture")
    _check_size(len(source), name)
    digest = hashlib.sha256(source).hexdigest()
    known = op.value(_KNOWN, (digest,))
    attachment_id = int(known) if known is not None else op.insert("attachments", {
        "hash": digest, "name": name, "media_type": media_type(source, name), "data": source,
    })  # fmt: skip
    if op.value(_LINKED.format(owner=owner), (attachment_id, owner_id)) is None:
        op.insert("attachment_links", {"attachment_id": attachment_id, owner: owner_id})
    return attachment_id


def links(db: Queries, *, entry_id: int | None = None, complaint_id: int | None = None) -> list[Attached]:
    """What is attached to an entry or a complaint, in the order it was."""
    owner, owner_id = _owner(entry_id, complaint_id)
    return [Attached(*row) for row in db.rows(_LINKS.format(owner=owner), (owner_id,))]


def read(db: Queries, attachment_id: int) -> Attachment:
    """An attachment with its bytes; raises LookupError for an unknown id."""
    row = db.row(_READ, (attachment_id,))
    if row is None:
        raise LookupError(f"there is no attachment {attachment_id}")
    return Attachment(row["name"], row["media_type"], bytes(row["data"]))


def detach(op: Operation, link_id: int) -> None:
    """Takes an attachment off; its bytes go when nothing else has it attached. Can be undone."""
    attachment_id = op.value("SELECT attachment_id FROM attachment_links WHERE id = ?", (link_id,))
    op.delete("attachment_links", link_id)
    if not op.value(_OTHERS, (attachment_id,)):
        op.delete("attachments", attachment_id)


def media_type(data: bytes, name: str) -> str:
    """What a file is: by how it begins, else by the ending of its name; "" where neither says."""
    for beginning, kind in _BEGINNINGS:
        if data.startswith(beginning):
            return kind
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    ending = Path(name).suffix.lower()
    return _ENDINGS.get(ending) or mimetypes.guess_type(name)[0] or ""


def check(path: Path) -> None:
    """Raises UserError for a file that could not be attached, before anything is typed to go with it."""
    try:
        size = path.stat().st_size
    except OSError as error:
        raise _unreadable(path) from error
    _check_size(size, path.name)


def _content(path: Path) -> bytes:
    check(path)  # before reading: a film would fill the memory
    try:
        return path.read_bytes()
    except OSError as error:
        raise _unreadable(path) from error


def _check_size(size: int, name: str) -> None:
    if not size:
        raise UserError(_("{name} is empty.").format(name=name), _("Choose another file."))
    if size > LIMIT:
        raise UserError(
            _("{name} is larger than 25 MB.").format(name=name),
            _("Make it smaller, for example by saving the picture in a lower quality, and attach that."),
        )


def _unreadable(path: Path) -> UserError:
    return UserError(
        _("{name} cannot be read.").format(name=path.name),
        _("Check that the file is still there and that you may open it."),
    )


def _owner(entry_id: int | None, complaint_id: int | None) -> tuple[str, int]:
    """The column that says what an attachment hangs on, and the id there."""
    if (entry_id is None) == (complaint_id is None):
        raise ValueError("an attachment belongs to one entry or one complaint")
    return ("entry_id", entry_id) if entry_id is not None else ("complaint_id", int(complaint_id or 0))


def detach_all(op: Operation, *, entry_id: int | None = None, complaint_id: int | None = None) -> None:
    """Takes everything off that hangs on an entry or a complaint, before it is deleted."""
    for attached in links(op, entry_id=entry_id, complaint_id=complaint_id):
        detach(op, attached.link_id)
