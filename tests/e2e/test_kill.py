"""What was confirmed is on disk, whenever the program is killed; half-typed words are there again."""

import subprocess
import sys
from pathlib import Path

import pytest

from cvdesk.catalogue.records import Business
from cvdesk.db import open_file
from cvdesk.db.check import check
from cvdesk.exchange.new import make_business
from cvdesk.feedback.page_capture import DRAFT

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.display


def run_and_kill(path, count, half="", after=None):
    """Starts the window, kills it after so many confirmations ("typed" counts as the last), gives the confirmed ids."""
    command = [sys.executable, "-m", "tests.e2e.driver", str(path), str(count), half]
    confirmed = []
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as child:
        assert child.stdout is not None
        for line in child.stdout:
            if line.strip() == "typed":
                break
            confirmed.append(int(line))
            if len(confirmed) == after:
                break
        child.kill()
        confirmed += [int(line) for line in child.stdout if line.strip().isdigit() and line.endswith("\n")]
    assert child.returncode == -9, "it ended by itself"
    return confirmed


@pytest.fixture
def path(tmp_path):
    made = tmp_path / "shop.cvdesk"
    make_business(made, Business("Corner shop")).close()
    return made


@pytest.mark.parametrize("after", [1, 3, 40, 199])
def test_every_confirmed_entry_is_there_after_a_kill(path, after):
    confirmed = run_and_kill(path, 200, after=after)
    assert len(confirmed) >= after
    with open_file(path) as file:
        assert not file.read_only
        kept = {row[0] for row in file.rows("SELECT id FROM entries")}
        assert set(confirmed) <= kept
        assert len(kept) <= len(confirmed) + 1  # the one that was on its way
        logged = file.value("SELECT count(*) FROM operations WHERE label = 'Log feedback'")
        assert logged == len(kept)
        assert file.out_of_step() == []
        assert check(file).problems == ()
        # The line that was being logged is either an entry or a draft, never both.
        draft = file.draft(DRAFT)
        assert draft == "" or file.value("SELECT count(*) FROM entries WHERE instr(?, text || ',')", (draft,)) == 0
        file.undo()
        assert file.value("SELECT count(*) FROM entries") == len(kept) - 1


def test_a_half_typed_line_is_there_again_after_a_kill(path):
    half = "maria alvarez: bread arr"
    confirmed = run_and_kill(path, 3, half)
    assert len(confirmed) == 3
    with open_file(path) as file:
        assert file.draft(DRAFT) == half
        assert file.value("SELECT count(*) FROM entries") == 3
