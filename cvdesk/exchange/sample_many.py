"""Placeholder"""
from __future__ import annotations
import random
from datetime import date
from cvdesk.exchange.sample_rows import Rows
from cvdesk.exchange.sample_shop import Shop
def rows_of(entries: int) -> int:
    return 12 * entries + 100_000
def make_many(rows: Rows, shop: Shop, today: date, entries: int, rng: random.Random) -> None:
    """x"""
