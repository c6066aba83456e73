"""What the sample's owner did and thinks of doing, and what stands beside the charts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from cvdesk.exchange.sample_feedback import Said
from cvdesk.exchange.sample_rows import Rows
from cvdesk.exchange.sample_shop import Shop
from cvdesk.exchange.sample_words import Story, texts

UNTOLD = 6  # how many who asked for the evening collection still have to be told


def make_plan(rows: Rows, shop: Shop, story: Story, said: Sequence[Said]) -> None:
    """Writes actions with their lifts, the notes of the charts, and who was told what changed."""
    words = texts("shop")
    opened = None
    for item in words["action"]:
        action = _action(rows, shop, story, item)
        opened = action if item["status"] == "done" else opened
    starts = story.opening.isoformat()
    rows.add("chart_notes", {"date": story.dearer.isoformat(), "text": words["story"]["note_price"]})
    rows.add("chart_notes", {"date": starts, "text": words["story"]["note"], "action_id": opened})
    _tell(rows, shop, story, said, opened)


def _action(rows: Rows, shop: Shop, story: Story, item: dict[str, Any]) -> int:
    status = item["status"]
    opening = story.opening
    action = rows.add("actions", {
        "name": item["name"], "note": item.get("note", ""), "theme_id": shop.themes[item["theme"]],
        "cost_once_minor": item.get("cost_once", 0), "cost_month_minor": item.get("cost_month", 0),
        "hours": float(item["hours"]), "reach": item["reach"], "chance": item["chance"],
        "must_fix": int("must_fix" in item), "must_fix_why": item.get("must_fix", ""), "status": status,
        "result": item.get("result", ""),
        "planned": (opening - timedelta(days=60)).isoformat() if status == "done" else None,
        "started": (opening - timedelta(days=20)).isoformat() if status == "done"
        else (story.today - timedelta(days=5)).isoformat() if status == "started" else None,
        "done": opening.isoformat() if status == "done" else None,
    })  # fmt: skip
    for factor, (low, likely, high) in item["lifts"].items():
        rows.add("action_lifts", {
            "action_id": action, "factor_id": shop.factors[factor], "low": low, "likely": likely, "high": high,
        })  # fmt: skip
    return action


def _tell(rows: Rows, shop: Shop, story: Story, said: Sequence[Said], opened: int | None) -> None:
    wishes = [item for item in said if item.theme == "evening-collection" and item.kind == "suggestion"]
    asked = dict.fromkeys(wish.person.id for wish in wishes if wish.day < story.opening)
    for place, customer in enumerate(list(asked)[UNTOLD:]):
        day = story.opening + timedelta(days=min(3 + place, (story.today - story.opening).days))
        rows.add("touches", {
            "customer_id": customer, "date": day.isoformat(), "kind": "told", "done": day.isoformat(),
            "note": "Evening collection is open", "action_id": opened,
            "channel_id": shop.channels["phone"], "staff_id": shop.staff["Priya"],
        })  # fmt: skip
