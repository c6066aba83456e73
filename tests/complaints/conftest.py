"""A business file to log complaints in, and short ways to log them and to take their steps."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from cvdesk.catalogue.records import Business
from cvdesk.complaints import store
from cvdesk.complaints.page import ComplaintsPage
from cvdesk.complaints.records import Complaint
from cvdesk.customers import store as customers
from cvdesk.customers.records import Customer
from cvdesk.db import BusinessFile
from cvdesk.exchange.new import make_business
from tests.pages import make_session, settle

DAY = date(2026, 11, 2)
TODAY = date(2026, 11, 21)


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


@pytest.fixture
def show(qtbot, qapp) -> Iterator[Callable[..., ComplaintsPage]]:
    """The page around a file, on TODAY, in a window that has the keyboard."""
    pages: list[ComplaintsPage] = []

    def made(file: BusinessFile, width: int = 1110) -> ComplaintsPage:
        session = make_session(qapp, file, TODAY)
        page = ComplaintsPage(session)
        pages.append(page)
        qtbot.addWidget(page)
        page.resize(width, 760)
        page.show()
        page.activateWindow()
        qtbot.waitExposed(page)
        qtbot.waitUntil(page.isActiveWindow)
        page.focus_first()
        settle(qtbot, session)
        return page

    yield made
    for page in pages:
        page.hide()  # hands over what is half typed, as the window does when it is closed
        page.session.close()
