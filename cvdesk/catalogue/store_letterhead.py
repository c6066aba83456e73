"""Whose paper it is: the business with its logo, for the head of every document."""

from __future__ import annotations

from cvdesk.catalogue.records import Letterhead, Logo
from cvdesk.catalogue.store import business
from cvdesk.db import Operation, Queries

_LOGO = "SELECT id, data, media_type, name FROM images WHERE key = 'logo'"


def letterhead(db: Queries) -> Letterhead:
    """The business and its logo."""
    return Letterhead(business(db), logo(db))


def logo(db: Queries) -> Logo | None:
    """The picture at the head of the papers; None where there is none."""
    row = db.row(_LOGO)
    return None if row is None else Logo(bytes(row["data"]), row["media_type"], row["name"])


def save_logo(op: Operation, picture: Logo | None) -> None:
    """Takes this picture in place of the one before; None takes it away."""
    known = op.row(_LOGO)
    if picture is None:
        if known is not None:
            op.delete("images", known["id"])
        return
    values = {"data": picture.data, "media_type": picture.media_type, "name": picture.name}
    if known is None:
        op.insert("images", {"key": "logo", **values})
    else:
        op.update("images", known["id"], values)
