"""The owner's PIN that ends the log-only view. It keeps staff from wandering; it does not protect the file."""

from __future__ import annotations

import hashlib
import hmac
import secrets

from cvdesk.catalogue.store import save_setting, setting
from cvdesk.db import Operation, Queries
from cvdesk.errors import UserError
from cvdesk.wording import _

SETTING = "log_only_pin"
SHORTEST = 4
_COST = {"n": 2**14, "r": 8, "p": 1}  # 16 MB and about 50 ms a try


def has_pin(db: Queries) -> bool:
    """Whether a PIN is set."""
    return bool(setting(db, SETTING))


def set_pin(op: Operation, pin: str) -> None:
    """Keeps a PIN, only as a salted hash; "" takes it away. UserError for one of less than SHORTEST characters."""
    if pin and len(pin) < SHORTEST:
        raise UserError(_("This PIN is too short."), _("Take four digits or more."))
    salt = secrets.token_bytes(16)
    kept = {"salt": salt.hex(), "hash": _hash(pin, salt).hex()} if pin else None
    save_setting(op, SETTING, kept)


def fits(db: Queries, pin: str) -> bool:
    """Whether this is the PIN; anything is where none was set."""
    kept = setting(db, SETTING)
    return not kept or hmac.compare_digest(_hash(pin, bytes.fromhex(kept["salt"])), bytes.fromhex(kept["hash"]))


def _hash(pin: str, salt: bytes) -> bytes:
    return hashlib.scrypt(pin.encode(), salt=salt, **_COST)
