"""Reads a case file, runs each case and says where a result differs from what is expected."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from tests.reference.checks import CHECKS

DEFAULT_TOLERANCE = 1e-6


class CaseFileError(Exception):
    """The file holds no list of cases; the text says why."""


def read_cases(path: Path) -> list[Any]:
    """The list of cases in a JSON file; CaseFileError if it cannot be read or is something else."""
    try:
        content = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise CaseFileError(f"{path} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise CaseFileError(f"{path} is not UTF-8 text") from error
    except json.JSONDecodeError as error:
        raise CaseFileError(f"{path} is not JSON: {error}") from error
    if not isinstance(content, list):
        raise CaseFileError(f"{path} must hold a list of cases, not {_kind(content)}")
    return content


def case_name(case: Any, position: int) -> str:
    """The case's own name, else its 1-based place in the file."""
    name = case.get("name") if isinstance(case, dict) else None
    return name if isinstance(name, str) and name else f"case {position}"


def problems(case: Any) -> list[str]:
    """What is wrong with a case, or differs from what it expects; empty if it passes."""
    fault = _malformed(case)
    if fault:
        return [f"malformed case: {fault}"]
    check = CHECKS.get(case["check"])
    if check is None:
        return [f"check {case['check']!r} is not built yet"]
    try:
        results = check(case["inputs"])
    except KeyError as error:
        return [f"malformed case: inputs have no {error}"]
    except (TypeError, ValueError, AttributeError, ArithmeticError) as error:
        return [f"cannot be computed from these inputs: {error}"]
    return list(_differences(case["expected"], results, case.get("tolerance", DEFAULT_TOLERANCE), ""))


def _malformed(case: Any) -> str | None:
    if not isinstance(case, dict):
        return f"a case is an object, not {_kind(case)}"
    for key, kind, words in (
        ("check", str, "the name of a check"),
        ("inputs", dict, "an object"),
        ("expected", dict, "an object"),
    ):
        if not isinstance(case.get(key), kind):
            return f"{key!r} must be {words}"
    if not case["expected"]:
        return "'expected' names no result"
    tolerance = case.get("tolerance", DEFAULT_TOLERANCE)
    if not _is_number(tolerance) or not tolerance >= 0:
        return "'tolerance' must be a number of 0 or more"
    return None


def _differences(expected: Any, found: Any, tolerance: float, where: str) -> Iterator[str]:
    if isinstance(expected, dict):
        if isinstance(found, Mapping):
            yield from _differing_keys(expected, found, tolerance, where)
        else:
            yield _differs(where, expected, found)
    elif isinstance(expected, list):
        if not isinstance(found, list | tuple) or len(found) != len(expected):
            yield _differs(where, expected, found)
        else:
            for position, (wanted, got) in enumerate(zip(expected, found, strict=True)):
                yield from _differences(wanted, got, tolerance, f"{where}[{position}]")
    elif not _same(expected, found, tolerance):
        yield _differs(where, expected, found)


def _differing_keys(
    expected: Mapping[str, Any], found: Mapping[str, Any], tolerance: float, where: str
) -> Iterator[str]:
    for key, wanted in expected.items():
        place = f"{where}.{key}" if where else key
        figure, ending = key[:-4], key[-4:]
        if key in found:
            yield from _differences(wanted, found[key], tolerance, place)
        elif ending in ("_min", "_max") and figure in found:
            got = found[figure]
            if not _is_number(got) or not _is_number(wanted) or not _bounded(ending, wanted, got, tolerance):
                words = "at least" if ending == "_min" else "at most"
                yield f"{place[:-4]}: expected {words} {_shown(wanted)}, found {_shown(got)}"
        else:
            yield f"{place}: no such result"


def _bounded(ending: str, bound: float, got: float, tolerance: float) -> bool:
    return got >= bound - tolerance if ending == "_min" else got <= bound + tolerance


def _same(expected: Any, found: Any, tolerance: float) -> bool:
    if _is_number(expected) and _is_number(found):
        return bool(abs(expected - found) <= tolerance)
    # True == 1 in Python, but a yes is not a figure.
    return type(expected) is type(found) and bool(expected == found)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _differs(where: str, expected: Any, found: Any) -> str:
    return f"{where}: expected {_shown(expected)}, found {_shown(found)}"


def _shown(value: Any) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, float):
        return f"{value:.10g}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_shown, value)) + "]"
    return repr(value)


def _kind(value: Any) -> str:
    names = {dict: "an object", list: "a list", str: "a text", bool: "true or false", type(None): "null"}
    return names.get(type(value), "a number")
