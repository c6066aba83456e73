"""python -m tests.reference FILE.json: a line a case, then "N passed, N failed"; exit 1 if any failed."""

import sys
from collections.abc import Sequence
from pathlib import Path

from tests.reference.runner import CaseFileError, case_name, problems, read_cases

USAGE = "usage: python -m tests.reference FILE.json"


def main(arguments: Sequence[str]) -> int:
    """0 if all cases passed, 1 if any failed, 2 for wrong usage or a file that holds no cases."""
    if len(arguments) != 1:
        sys.stderr.write(USAGE + "\n")
        return 2
    try:
        cases = read_cases(Path(arguments[0]))
    except CaseFileError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    failed = 0
    for position, case in enumerate(cases, start=1):
        found = problems(case)
        name = case_name(case, position)
        failed += bool(found)
        sys.stdout.write(f"FAILED {name}: {'; '.join(found)}\n" if found else f"ok {name}\n")
    sys.stdout.write(f"{len(cases) - failed} passed, {failed} failed\n")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
