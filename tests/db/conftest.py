"""A small business file with every kind of list in it, on disk, as the program makes it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from cvdesk.db import BusinessFile, Operation, create_file
from tests.db.helpers import Ids, seed


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "bakery.cvdesk"


@pytest.fixture
def file(path: Path) -> Iterator[BusinessFile]:
    with create_file(path) as opened:
        yield opened


@pytest.fixture
def known(file: BusinessFile) -> Ids:
    """Ids of a factor, a theme, a channel, an offering and a segment."""

    def work(op: Operation) -> Ids:
        return seed(op)

    return file.run("Set up", work).result
