"""What was changed by hand about a half-typed line: laid over what was read, and as a text that survives a crash."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from cvdesk.feedback.capture import CaptureContext, Captured
from cvdesk.themes.lexicon import suggest
from cvdesk.themes.records import Theme

_DAYS = ("date", "promised_by")
_TEXTS = (
    "customer_name",
    "name_to_ask",
    "customer_alike",
    "rating_raw",
    "rating_scale",
    "complaint",
    "safety",
    "promise",
)
_IDS = ("customer_id", "channel_id", "promise_staff_id")
_LISTS = ("themes", "suggested_themes")


def packed(changes: Mapping[str, Any]) -> str:
    """Changes as JSON; nothing for none."""
    if not changes:
        return ""
    return json.dumps(
        {name: value.isoformat() if name in _DAYS and value else value for name, value in changes.items()}
    )


def unpacked(text: str) -> dict[str, Any]:
    """The changes again; none where the text cannot be read, so that a spoilt draft costs no more than itself."""
    try:
        kept = json.loads(text) if text else {}
        return {name: _value(name, value) for name, value in kept.items()} if isinstance(kept, dict) else {}
    except (ValueError, TypeError):
        return {}


def _value(name: str, value: Any) -> Any:
    if name in _DAYS:
        return None if value is None else date.fromisoformat(value)
    if name == "rating":
        return None if value is None else float(value)
    if name == "anonymous":
        return bool(value)
    if name == "candidates":
        return ()  # only ever emptied by hand
    if name == "safety_answers":
        return tuple((str(key), str(answer)) for key, answer in value)
    if name in _LISTS:
        return tuple(int(one) for one in value)
    if name in _IDS:
        return None if value is None else int(value)
    if name in _TEXTS:
        return None if value is None else str(value)
    raise ValueError(name)


def with_changes(captured: Captured, changes: Mapping[str, Any], settled: set[str]) -> Captured:
    """A line as it was understood, with what was changed by hand; problems with what was changed are settled."""
    if "customer_id" in changes:
        settled = settled | {"customer"}
    settled = settled | (changes.keys() & {"date", "rating"})
    problems = tuple(problem for problem in captured.problems if problem[0] not in settled)
    return replace(captured, **changes, problems=problems)


def possible(changes: Mapping[str, Any], context: CaptureContext) -> dict[str, Any]:
    """What was changed by hand, as far as it is still there: a customer may have been deleted meanwhile."""
    kept = dict(changes)
    known = {theme.id for theme in context.themes}
    for name in ("themes", "suggested_themes"):
        if name in kept:
            kept[name] = tuple(one for one in kept[name] if one in known)
    if kept.get("customer_id") is not None and not context.people.knows(kept["customer_id"]):
        for name in ("customer_id", "customer_name", "candidates", "anonymous", "customer_alike", "name_to_ask"):
            kept.pop(name, None)
    channels = {one.id for one in context.channels}
    for name, ids in (("channel_id", channels), ("promise_staff_id", dict(context.staff).keys())):
        if kept.get(name) is not None and kept[name] not in ids:
            del kept[name]
    return kept


def themes_to_make(captured: Captured, context: CaptureContext) -> tuple[tuple[str, Theme], ...]:
    """Names after # that no theme has yet, each with a theme of the factor its words belong to."""
    made = []
    for tag in captured.unknown_themes:
        name = tag.replace("-", " ").replace("_", " ").strip()
        like = suggest(name, context.themes)
        if like:
            made.append((name[:1].upper() + name[1:], like[0]))
    return tuple(made)
