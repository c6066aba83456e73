"""The runner of case files: what it prints and counts, and how it meets files that are not as they should."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.reference.__main__ import main
from tests.reference.runner import problems

ROOT = Path(__file__).parent.parent.parent


def wilson(expected: dict[str, Any], **more: Any) -> dict[str, Any]:
    inputs = {"successes": 0, "n": 20, "confidence": 0.95}
    return {"name": "w", "check": "wilson", "inputs": inputs, "expected": expected, "tolerance": 1e-4, **more}


def test_lines_and_closing_count(tmp_path: Path) -> None:
    cases = [
        wilson({"lower": 0, "upper": 0.16112516}, name="right"),
        wilson({"lower": 0.1}, name="wrong"),
        {"name": "later", "check": "telepathy", "inputs": {}, "expected": {"x": 1}, "tolerance": 1},
    ]
    (tmp_path / "cases.json").write_text(json.dumps(cases), encoding="utf-8")
    ran = subprocess.run(
        [sys.executable, "-m", "tests.reference", str(tmp_path / "cases.json")],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 1
    assert ran.stdout.splitlines() == [
        "ok right",
        "FAILED wrong: lower: expected 0.1, found 0",
        "FAILED later: check 'telepathy' is not built yet",
        "1 passed, 2 failed",
    ]


def test_exit_0_when_all_pass(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "cases.json"
    path.write_text(json.dumps([wilson({"lower": 0})]), encoding="utf-8-sig")
    assert main([str(path)]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "1 passed, 0 failed"


def test_bounds() -> None:
    assert problems(wilson({"upper_min": 0.16, "upper_max": 0.17})) == []
    assert problems(wilson({"upper_min": 0.17})) == ["upper: expected at least 0.17, found 0.1611251581"]
    assert problems(wilson({"upper_max": 0.15})) == ["upper: expected at most 0.15, found 0.1611251581"]
    assert problems(wilson({"colour_max": 1})) == ["colour_max: no such result"]


def test_nothing_is_expected_and_only_nothing_will_do() -> None:
    empty = {"successes": 0, "n": 0}
    assert problems(wilson({"lower": None}, inputs=empty)) == []
    assert problems(wilson({"lower": 0}, inputs=empty)) == ["lower: expected 0, found nothing"]
    assert problems(wilson({"lower": None})) == ["lower: expected nothing, found 0"]
    assert problems(wilson({"lower": False})) == ["lower: expected False, found 0"]


def test_lists_and_nested_results_are_compared_item_by_item() -> None:
    case = {"check": "kaplan_meier", "inputs": {"hours": [1, 2], "closed": [1, 0]}}
    assert problems({**case, "expected": {"survival": [0.5], "times": [1]}}) == []
    assert problems({**case, "expected": {"survival": [0.4]}}) == ["survival[0]: expected 0.4, found 0.5"]
    assert problems({**case, "expected": {"times": [1, 2]}}) == ["times: expected [1, 2], found [1]"]
    people = [{"q": 4}] * 5
    net = {"check": "net_value", "inputs": {"items": {"q": "worth"}, "answers": people}}
    assert problems({**net, "expected": {"levers": {"worth": 4, "costs": None}}}) == []
    assert problems({**net, "expected": {"levers": {"worth": 5}}}) == ["levers.worth: expected 5, found 4"]
    assert problems({**net, "expected": {"levers": {"speed": 5}}}) == ["levers.speed: no such result"]
    assert problems({**net, "expected": {"net": {"value": 1}}}) == ["net: expected {'value': 1}, found nothing"]


def test_tolerance_is_absolute() -> None:
    assert problems(wilson({"upper": 0.1612}, tolerance=0.001)) == []
    assert problems(wilson({"upper": 0.1612}, tolerance=1e-6)) == ["upper: expected 0.1612, found 0.1611251581"]


@pytest.mark.parametrize(
    ("case", "words"),
    [
        (7, "a case is an object, not a number"),
        ({}, "'check' must be"),
        ({"check": ["wilson"], "inputs": {}, "expected": {"x": 1}}, "'check' must be"),
        ({"check": "wilson", "expected": {"x": 1}}, "'inputs' must be"),
        ({"check": "wilson", "inputs": {}, "expected": []}, "'expected' must be"),
        (wilson({}), "names no result"),
        (wilson({"lower": 0}, tolerance="small"), "'tolerance' must be"),
        (wilson({"lower": 0}, inputs={"n": 3}), "inputs have no 'successes'"),
        (wilson({"lower": 0}, inputs={"n": 3, "successes": 4}), "4 of 3 is not a share"),
        (wilson({"lower": 0}, inputs={"n": "many", "successes": 4}), "cannot be computed"),
    ],
)
def test_malformed_case_fails_and_says_why(case: Any, words: str) -> None:
    assert any(words in problem for problem in problems(case))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b'{"cases": []}', "must hold a list of cases, not an object"),
        (b"name,check\n", "is not JSON"),
        (b"\xff\xfe\x00", "is not UTF-8"),
        (None, "cannot be read"),
    ],
)
def test_wrong_file(tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes | None, words: str) -> None:
    path = tmp_path / "cases.json"
    if content is not None:
        path.write_bytes(content)
    assert main([str(path)]) == 2
    assert words in capsys.readouterr().err


def test_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    assert "usage:" in capsys.readouterr().err
