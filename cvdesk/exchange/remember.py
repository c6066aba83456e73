"""What a person chose for a list, kept with its import, and found again for the next list that looks the same."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from cvdesk.db import Queries
from cvdesk.exchange import names
from cvdesk.exchange.plan import Options

_LIKE_THIS = """
SELECT kind, source, shape, created_at FROM imports WHERE instr(shape, ?) > 0 ORDER BY id DESC LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class Remembered:
    """How a list that looked the same came in last time. `at`: that moment, UTC."""

    kind: str
    source: str
    options: Options
    at: datetime


def looks_of(header: Sequence[str]) -> str:
    """What makes two lists look the same: the names of their columns, in their order."""
    plain = "\0".join(names.plain(name) for name in header)
    return hashlib.sha256(plain.encode("utf-8", "surrogatepass")).hexdigest()[:24]


def to_keep(looks: str, chosen: Options) -> dict[str, Any]:
    """What an import keeps for the next list like it; nothing for a list without column names."""
    if not looks:
        return {}
    return {"looks": looks, "chosen": {name: value for name, value in _values(chosen).items() if value not in _UNSET}}


def recall(db: Queries, looks: str) -> Remembered | None:
    """How the last list that looked like this came in; None where none did."""
    row = db.row(_LIKE_THIS, (json.dumps({"looks": looks})[1:-1],)) if looks else None
    if row is None:
        return None
    chosen = json.loads(row["shape"]).get("chosen", {})
    return Remembered(row["kind"], row["source"], _options(chosen), datetime.fromisoformat(row["created_at"]))


_UNSET: tuple[object, ...] = ("", None, ())


def _values(chosen: Options) -> dict[str, Any]:
    return {each.name: getattr(chosen, each.name) for each in fields(Options)}


def _options(kept: Mapping[str, Any]) -> Options:
    """As it was kept, in so far as this version knows of it."""
    known = {each.name for each in fields(Options)}
    values = {name: value for name, value in kept.items() if name in known}
    pairs = values.pop("mapping", [])
    return Options(mapping=tuple((str(field), str(column)) for field, column in pairs), **values)
