"""A score sheet that is killed in the middle is gone on with where it was: every answer that was given is there."""

import subprocess
import sys
from pathlib import Path

import pytest

from cvdesk.catalogue import store as catalogue
from cvdesk.catalogue.records import Business
from cvdesk.db import open_file
from cvdesk.db.check import check
from cvdesk.exchange.new import make_business
from cvdesk.value import store

ROOT = Path(__file__).resolve().parents[2]
KEYS = "4345521233125441n"
pytestmark = pytest.mark.display


@pytest.mark.parametrize("after", [1, 5, 12, 17])
def test_every_answer_is_there_after_a_kill(tmp_path, after):
    path = tmp_path / "shop.cvdesk"
    make_business(path, Business("Corner shop")).close()
    command = [sys.executable, "-m", "tests.e2e.sheet_driver", str(path), KEYS]
    saved = 0
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as child:
        assert child.stdout is not None
        for line in child.stdout:
            saved = int(line)
            if saved >= after:
                break
        child.kill()
    assert child.returncode == -9, "it ended by itself"
    with open_file(path) as file:
        sheet = store.open_draft(file, "customer")
        assert sheet is not None
        core = [one.key for one in catalogue.factors(file) if one.core]
        asked = [*core, "worth_it", "satisfaction", "ease", "recommend", "had_problem"]
        kept = [one.value for key in asked if (one := store.answers(file, sheet).get(key)) is not None]
        typed = [0.0 if key == "n" else float(key) for key in KEYS]
        assert after <= saved <= len(kept)
        assert kept == typed[: len(kept)]
        assert check(file).problems == ()
