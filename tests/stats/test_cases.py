"""Worked examples with known results, through the same runner as any other case file."""

from pathlib import Path
from typing import Any

import pytest

from tests.reference.checks import CHECKS
from tests.reference.runner import case_name, problems, read_cases

CASES = read_cases(Path(__file__).with_name("cases.json"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case_name(case, 0))
def test_case(case: dict[str, Any]) -> None:
    assert problems(case) == []


def test_every_check_that_is_built_has_a_case() -> None:
    assert set(CHECKS) == {case["check"] for case in CASES}
