"""The figures counted once more, row by row in plain Python, with nothing of the program but its Filter."""

from collections import Counter, defaultdict
from datetime import date, timedelta
from typing import Any

from cvdesk.catalogue.records import Filter
from cvdesk.db import BusinessFile

Row = dict[str, Any]


class ByHand:
    """All rows of a file, and what a filter makes of them."""

    def __init__(self, shop: BusinessFile, chosen: Filter, today: date) -> None:
        self.chosen, self.today = chosen, today
        self.end = min(chosen.period.end, today)
        self.tables = {
            name: [dict(row) for row in shop.rows(f"SELECT * FROM {name}")]
            for name in (
                "customers", "customer_tags", "entries", "entry_themes", "complaints", "complaint_themes",
                "complaint_events", "assessments", "answers", "purchases", "touches", "channels", "themes",
            )
        }  # fmt: skip
        self.questions = {
            row["id"]: row["key"]
            for row in shop.rows(
                "SELECT version.id, questions.key FROM question_versions AS version"
                " JOIN questions ON questions.id = version.question_id"
            )
        }
        self.tagged = {row["customer_id"] for row in self.tables["customer_tags"] if row["tag_id"] == chosen.tag}
        self.segments = {row["id"]: row["segment_id"] for row in self.tables["customers"]}

    def fits(self, row: Row) -> bool:
        period = self.chosen.period
        if not period.start.isoformat() <= row["date"] <= self.end.isoformat():
            return False
        for column in ("offering", "segment", "channel"):
            wanted = getattr(self.chosen, column)
            if wanted is not None and row[f"{column}_id"] != wanted:
                return False
        return self.chosen.tag is None or row["customer_id"] in self.tagged

    def entries(self) -> list[Row]:
        found = [row for row in self.tables["entries"] if self.fits(row)]
        if self.chosen.theme is None:
            return found
        about = {
            row["entry_id"]
            for row in self.tables["entry_themes"]
            if row["theme_id"] == self.chosen.theme and row["state"] == "confirmed"
        }
        return [row for row in found if row["id"] in about]

    def complaints(self) -> list[Row]:
        found = [row for row in self.tables["complaints"] if self.fits(row)]
        if self.chosen.theme is None:
            return found
        about = {row["complaint_id"] for row in self.tables["complaint_themes"] if row["theme_id"] == self.chosen.theme}
        return [row for row in found if row["id"] in about]

    def active(self) -> set[int]:
        first = (self.end - timedelta(days=364)).isoformat()
        seen: set[int] = set()
        for table in ("entries", "complaints", "assessments", "purchases", "touches"):
            for row in self.tables[table]:
                customer = row["customer_id"]
                if customer is None or not first <= row["date"] <= self.end.isoformat():
                    continue
                if table == "assessments" and (row["kind"] != "customer" or row["state"] != "done"):
                    continue
                if table == "touches" and row["due"] is not None and row["done"] is None:
                    continue
                segment = row["segment_id"] if "segment_id" in row else self.segments[customer]
                if self.chosen.segment is not None and segment != self.chosen.segment:
                    continue
                seen.add(customer)
        return seen if self.chosen.tag is None else seen & self.tagged

    def months(self, rows: list[Row]) -> dict[str, int]:
        return dict(Counter(row["date"][:7] for row in rows))

    def by_channel(self) -> dict[str, int]:
        names = {row["id"]: row["key"] for row in self.tables["channels"]}
        return dict(Counter(names[row["channel_id"]] for row in self.entries() if row["channel_id"]))

    def by_rating(self) -> dict[str, int]:
        stars = Counter(str(int(row["rating"] + 0.5)) for row in self.entries() if row["rating"] is not None)
        return {str(star): stars[str(star)] for star in range(1, 6)}

    def ended(self, complaint: Row) -> date | None:
        """The day it was resolved last, as known at the end."""
        found: date | None = None
        steps = [row for row in self.tables["complaint_events"] if row["complaint_id"] == complaint["id"]]
        for step in sorted(steps, key=lambda row: (row["date"], row["id"])):
            if step["date"] > self.end.isoformat():
                break
            if step["stage"] == "reopened":
                found = None
            elif step["stage"] in ("resolved", "told", "closed") and found is None:
                found = date.fromisoformat(step["date"])
        return found

    def durations(self) -> list[tuple[int, bool]]:
        """(days, over) of each complaint that counts."""
        found = []
        for row in self.complaints():
            if row["outcome"] in ("spam", "duplicate"):
                continue
            ended = self.ended(row)
            found.append((((ended or self.end) - date.fromisoformat(row["date"])).days, ended is not None))
        return found

    def median_days(self) -> float | None:
        """Kaplan-Meier, the long way round: day by day."""
        cases = self.durations()
        share = 1.0
        for day in range(max((days for days, _over in cases), default=-1) + 1):
            at_risk = sum(days >= day for days, _over in cases)
            share *= 1 - sum(over and days == day for days, over in cases) / at_risk
            if share <= 0.5 + 1e-12:
                return float(day)
        return None

    def theme_customers(self) -> dict[str, tuple[int, int, int]]:
        """Theme -> confirmed entries, active customers who mention it, further ones only suggested."""
        entries = {row["id"]: row for row in self.entries()}
        counts: Counter[int] = Counter()
        sure: dict[int, set[int]] = defaultdict(set)
        perhaps: dict[int, set[int]] = defaultdict(set)
        for row in self.tables["entry_themes"]:
            entry = entries.get(row["entry_id"])
            if entry is None or row["state"] == "rejected":
                continue
            counts[row["theme_id"]] += row["state"] == "confirmed"
            if entry["customer_id"] is not None:
                (sure if row["state"] == "confirmed" else perhaps)[row["theme_id"]].add(entry["customer_id"])
        active = self.active()
        keys = {row["id"]: row["key"] for row in self.tables["themes"]}
        found = {}
        for theme in counts:
            numbers = (
                counts[theme],
                len(sure[theme] & active),
                len((perhaps[theme] - sure[theme]) & active),
            )
            if numbers[0] or numbers[2]:
                found[keys[theme]] = numbers
        return found

    def latest_answers(self) -> dict[str, dict[object, float]]:
        """Question -> person -> latest number."""
        sheets = [
            row
            for row in self.tables["assessments"]
            if row["kind"] == "customer" and row["state"] == "done" and row["competitor_id"] is None and self.fits(row)
        ]
        by_sheet = defaultdict(list)
        for row in self.tables["answers"]:
            by_sheet[row["assessment_id"]].append(row)
        found: dict[str, dict[object, float]] = defaultdict(dict)
        for sheet in sorted(sheets, key=lambda row: (row["date"], row["id"])):
            person = sheet["customer_id"] or sheet["sheet_token"] or ("sheet", sheet["id"])
            for row in by_sheet[sheet["id"]]:
                if row["state"] == "answered" and row["value"] is not None:
                    found[self.questions[row["question_version_id"]]][person] = row["value"]
        return found
