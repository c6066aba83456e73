"""Home's figures, kept in the file for as long as nothing in it changes, so that opening works nothing out."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, fields, is_dataclass
from datetime import date
from functools import cache
from types import NoneType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from cvdesk.catalogue.records import Filter
from cvdesk.db import BusinessFile
from cvdesk.figures.records import Figures

T = TypeVar("T")

# Changed whenever the records or a formula change, so that an older program's figures are not taken for ours.
_FORM = 6


def home(file: BusinessFile, chosen: Filter, today: date) -> Figures:
    """The figures of a filter: as kept since the last change of the file, else gathered and kept."""

    def work() -> Figures:
        from cvdesk.figures.store import gather  # brings the measuring method along, which kept figures do not need

        return gather(file, chosen, today)

    return remembered(file, "figures", chosen, today, Figures, work)


def remembered(file: BusinessFile, name: str, chosen: Filter, today: date, kind: type[T], work: Callable[[], T]) -> T:
    """What `work` gives, a frozen record of this kind: as kept since the last change of the file, else made now."""
    key = f"{name} {_FORM} {to_text(chosen)}"
    kept = file.kept(key, today.isoformat())
    if kept is not None:
        return from_text(kind, kept)
    before = file.newest_operation()
    made = work()
    file.keep(key, today.isoformat(), to_text(made), as_of=before)
    return made


def to_text(record: Any) -> str:
    """A frozen record as JSON that `from_text` turns back into an equal one."""
    return json.dumps(asdict(record), default=_plain, ensure_ascii=False, separators=(",", ":"))


def from_text(kind: type[T], text: str) -> T:
    """The record that was written; its types say how. TypeError for a type this form does not know."""
    record: T = _read(kind, json.loads(text))
    return record


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} cannot be kept")


@cache
def _types(kind: type[Any]) -> dict[str, Any]:
    return get_type_hints(kind)


def _read(kind: Any, value: Any) -> Any:
    origin, inner = get_origin(kind), get_args(kind)
    if value is None or kind in (int, str, bool):
        return value
    if kind is float:
        return float(value)
    if kind is date:
        return date.fromisoformat(value)
    if origin is tuple:
        return tuple(_read(inner[0], item) for item in value)
    if origin is Mapping:
        return {key: _read(inner[1], item) for key, item in value.items()}
    if NoneType in inner:
        return _read(next(option for option in inner if option is not NoneType), value)
    if is_dataclass(kind):
        types = _types(kind)  # type: ignore[arg-type]
        return kind(**{field.name: _read(types[field.name], value[field.name]) for field in fields(kind)})  # type: ignore[operator]
    raise TypeError(f"{kind} cannot be kept")
