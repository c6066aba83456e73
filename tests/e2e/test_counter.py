"""Counter mode with a real mouse on a display of its own: every visitor's answers are there, also after a kill."""

import json
import os
import random
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings

from cvdesk.catalogue import pin
from cvdesk.catalogue.records import Business
from cvdesk.db import open_file
from cvdesk.db.check import check
from cvdesk.exchange.new import make_business
from cvdesk.shell.counter_kept import keep_counter
from cvdesk.surveys import store, store_counter
from cvdesk.value import store as value
from cvdesk.value.records_wording import asked_wording
from tests.desk import TODAY

ROOT = Path(__file__).resolve().parents[2]
# 200 for the whole trial: COUNTER_VISITORS=200 ./test tests/e2e/test_counter.py
VISITORS = int(os.environ.get("COUNTER_VISITORS", "14"))
LETTERS = "aeinorst"


@dataclass
class Seen:
    """A visitor as the mouse knows it: question -> answer in the file; what was touched last may not be on disk yet."""

    answers: dict = field(default_factory=dict)
    touched: dict = field(default_factory=dict)
    whole: bool = False

    def outcomes(self) -> list:
        """What the file may hold of this visitor; None: nothing."""
        if self.whole:
            return [self.answers] if any(one is not None for one in self.answers.values()) else [None]
        both = [self.answers, self.answers | self.touched]
        enough = [sum(one is not None for one in answers.values()) >= 2 for answers in both]
        kept = [answers if ok else None for answers, ok in zip(both, enough, strict=True)]
        # The last touch of a form makes it whole: then one answer is enough.
        return [*kept, both[1]] if len(both[1]) == 6 and not enough[1] else kept


class Hand:
    """A display, the program on it, and a mouse."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.xvfb = subprocess.Popen(
            ["Xvfb", "-displayfd", "1", "-screen", "0", "1024x768x24", "-nolisten", "tcp"],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        )  # fmt: skip
        self.env = {**os.environ, "DISPLAY": f":{self.xvfb.stdout.readline().strip()}", "QT_QPA_PLATFORM": "xcb"}
        self.start()

    def start(self) -> None:
        command = [sys.executable, "-m", "tests.e2e.counter_driver", str(self.path)]
        self.program = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=self.env)

    def screen(self) -> dict:
        """The screen that takes touches next."""
        line = self.program.stdout.readline()
        assert line, "the program ended by itself"
        return json.loads(line)

    def touch(self, place) -> None:
        command = ["xdotool", "mousemove", str(place[0]), str(place[1]), "click", "1"]
        subprocess.run(command, env=self.env, check=True)

    def kill(self) -> None:
        """Pulls the plug, and starts the computer again."""
        self.program.kill()
        self.program.wait()
        self.program.stdout.close()
        self.start()

    def close(self) -> None:
        self.program.kill()
        self.program.wait()
        self.program.stdout.close()
        self.xvfb.kill()
        self.xvfb.wait()
        self.xvfb.stdout.close()


@pytest.fixture
def hand(tmp_path):
    path = tmp_path / "shop.cvdesk"
    with make_business(path, Business("Corner shop")) as file:
        survey = file.run("Survey", lambda op: store_counter.minute_survey(op, TODAY)).result
        file.run("PIN", lambda op: pin.set_pin(op, "2468"))
    keep_counter(QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat), path, survey)
    made = Hand(path)
    yield made
    made.close()


def answer_of(name: str) -> float | None:
    """What a button answers, as the file holds it."""
    return float(name[0]) if name[0].isdigit() else None


def visit(hand: Hand, rng: random.Random, plug_after: int | None) -> Seen:
    """One visitor from the welcome on; `plug_after` so many answers the power goes, right behind a touch."""
    seen, screen = Seen(), hand.screen()
    assert screen["screen"] == "welcome"
    hand.touch(screen["buttons"]["Touch to begin"])
    while True:
        screen = hand.screen()
        seen.answers |= seen.touched
        seen.touched = {}
        if screen["screen"] == "thanks":
            seen.whole = True
            hand.touch((500, 300))
            return seen
        assert screen["screen"] == "question"
        touch_one(hand, rng, screen, seen)
        if plug_after is not None and len(seen.answers) >= plug_after:
            hand.kill()
            return seen


def touch_one(hand: Hand, rng: random.Random, screen: dict, seen: Seen) -> None:
    buttons = screen["buttons"]
    if "Nothing to say" in buttons:
        words = "".join(rng.choice(LETTERS) for _letter in range(rng.choice((0, 0, 2, 4))))
        for letter in words:
            hand.touch(buttons[letter] if letter in buttons else buttons[letter.upper()])
        hand.touch(buttons["Nothing to say"])
        seen.touched = {screen["question"]: words.capitalize() or None}
        return
    name = rng.choice([one for one in buttons if one != "Back"])
    hand.touch(buttons[name])
    seen.touched = {screen["question"]: answer_of(name)}


def in_file(file) -> list[dict]:
    """The finished sheets in the order they came in: question as asked -> answer."""
    (survey,) = store.surveys(file)
    asked = {one.key: asked_wording(one, False, "Corner shop", "") for one in store.questions(file, survey)}
    found = []
    for (sheet,) in file.rows("SELECT id FROM assessments WHERE state = 'done' ORDER BY id"):
        answers = value.answers(file, sheet)
        found.append({asked[key]: one.value if one.text == "" else one.text for key, one in answers.items()})
    return found


def test_no_visitor_is_lost_also_when_the_power_goes(hand):
    rng = random.Random(20261121)
    seen = []
    for number in range(VISITORS):
        plug = rng.randrange(6) if number % 5 == 3 else None
        seen.append(visit(hand, rng, plug))
    assert hand.screen()["screen"] == "welcome"
    hand.close()
    assert sum(not one.whole for one in seen) >= VISITORS // 5
    with open_file(hand.path) as file:
        kept = in_file(file)
        assert check(file).problems == ()
        assert file.draft(store_counter.DRAFT) == ""
        assert file.value("SELECT count(*) FROM operations WHERE label = 'Answers at the counter'") == len(kept)
        assert file.value("SELECT count(DISTINCT sheet_token) FROM assessments") == len(kept)
    lost, rest = unmatched(seen, kept)
    assert (lost, rest) == ([], [])
    assert len(kept) >= sum(one.whole for one in seen) * 0.9  # the others touched "does not apply" throughout


def unmatched(seen: list[Seen], kept: list[dict]) -> tuple[list, list]:
    """Visitors of whom the file holds nothing it should, and sheets that are nobody's, both in their order."""
    lost, rest = [], list(kept)
    for one in seen:
        outcomes = one.outcomes()
        sheet = {question: answer for question, answer in rest[0].items() if answer is not None} if rest else None
        given = [None if o is None else {k: v for k, v in o.items() if v is not None} for o in outcomes]
        if sheet is not None and sheet in given:
            rest.pop(0)
        elif None not in given:
            lost.append(one)
    return lost, rest
