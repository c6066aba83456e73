"""A business file to log complaints in, and short ways to log them and to take their steps."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from cvdesk.catalogue.records import Business
from cvdesk.complaints import store
from cvdesk.complaints.records import Complaint
from cvdesk.customers import store as customers
from cvdesk.customers.records import Customer
from cvdesk.db import BusinessFile
from cvdesk.exchange.new import make_business

DAY = date(2026, 11, 2)


@pytest.fixture
def file(tmp_path: Path) -> Iterator[BusinessFile]:
    with make_business(tmp_path / "bakery.cvdesk", Business("Harbour Bakery")) as made:
        yield made


@pytest.fixture
def add(file: BusinessFile) -> Callable[..., int]:
    def added(**said: object) -> int:
        case = replace(Complaint(date=DAY, text="cold soup"), **said)  # type: ignore[arg-type]
        return file.run("Log complaint", lambda op: store.save(op, case)).result

    return added


@pytest.fixture
def step(file: BusinessFile) -> Callable[..., None]:
    def taken(case: int, stage: str, day: date, **said: object) -> None:
        file.run("Step", lambda op: store.step(op, case, stage, day, **said))  # type: ignore[arg-type]

    return taken


@pytest.fixture
def person(file: BusinessFile) -> Callable[[str], int]:
    return lambda name: file.run("Add", lambda op: customers.save(op, Customer(name=name))).result
