"""Whatever people do in whatever order: undo and redo restore it all, and what is derived stays in step."""

import shutil
import tempfile
from datetime import date, timedelta
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from cvdesk.db import create_file, open_file
from cvdesk.db.staging import Staging
from tests.db.helpers import customer, entry, fresh_summaries, records, search, seed, summaries

DAYS = st.integers(-40, 40).map(lambda number: (date(1970, 1, 1) + timedelta(days=number)).isoformat())
RATINGS = st.none() | st.integers(1, 10).map(lambda grade: 1 + 4 * (grade - 1) / 9) | st.sampled_from([1.0, 4.5, 5.0])
TEXTS = st.sampled_from(["", "fresh bread", "Größe", "面包很好吃", 'it\'s "warm"\n=1+1', "bread " * 50])
KINDS = st.sampled_from(["praise", "problem", "comment"])
PICK = st.integers(0, 10_000)


class Life(RuleBasedStateMachine):
    """A file, and beside it what every table held before each step that can be undone or redone."""

    @initialize()
    def start(self):
        self.folder = Path(tempfile.mkdtemp(prefix="cvdesk-history-"))
        self.file = create_file(self.folder / "file.cvdesk")
        self.known = self.file.run("Set up", seed).result
        self.behind = [self.empty()]
        self.ahead = []
        self.now = records(self.file)

    def empty(self):
        return {name: [] for name in records(self.file)}

    def teardown(self):
        if hasattr(self, "file"):
            self.file.close()
            shutil.rmtree(self.folder)

    def do(self, work, attach=None):
        done = self.file.run("Step", work, attach=attach)
        if done.operation_id:
            self.behind.append(self.now)
            self.ahead.clear()
        self.now = records(self.file)

    def one_of(self, table, pick):
        ids = [row[0] for row in self.now[table]]
        return ids[pick % len(ids)] if ids else None

    @rule(day=DAYS, text=TEXTS, rating=RATINGS, kind=KINDS, pick=PICK, here=st.booleans())
    def log(self, day, text, rating, kind, pick, here):
        def work(op):
            who = self.one_of("customers", pick)
            channel = self.known.channel if here and self.one_of("channels", 0) else None
            said = entry(op, day, text, rating=rating, kind=kind, customer_id=who, channel_id=channel)
            if here and self.one_of("themes", 0):
                values = {
                    "entry_id": said,
                    "theme_id": self.known.theme,
                    "state": "confirmed",
                    "by": "rule",
                    "score": 0.1 + 0.2,
                }
                op.insert("entry_themes", values)

        self.do(work)

    @rule(name=st.sampled_from(["Ada", "Grace", "Zoë"]))
    def meet(self, name):
        self.do(lambda op: customer(op, name))

    @rule(pick=PICK, day=DAYS)
    def complain(self, pick, day):
        def work(op):
            number = 1 + op.value("SELECT COALESCE(max(number), 0) FROM complaints")
            who, said, earlier = (self.one_of(name, pick) for name in ("customers", "entries", "complaints"))
            values = {"number": number, "date": day, "customer_id": who, "entry_id": said, "repeat_of": earlier}
            case = op.insert("complaints", values)
            op.insert("complaint_events", {"complaint_id": case, "stage": "received", "date": day})

        self.do(work)

    @rule(pick=PICK, day=DAYS, text=TEXTS, rating=RATINGS, times=st.integers(1, 3))
    def edit(self, pick, day, text, rating, times):
        chosen = self.one_of("entries", pick)
        if chosen:

            def work(op):
                for _again in range(times):
                    op.update("entries", chosen, {"date": day, "rating": rating})
                    op.update("entries", chosen, {"text": text})

            self.do(work)

    @rule(pick=PICK, table=st.sampled_from(["customers", "entries", "entries", "complaints", "themes"]))
    def delete(self, pick, table):
        chosen = self.one_of(table, pick)
        if chosen:
            self.do(lambda op: op.delete(table, chosen))

    @rule(pick=PICK, text=TEXTS)
    def do_and_regret(self, pick, text):
        chosen = self.one_of("entries", pick)

        def work(op):
            made = entry(op, "2026-01-01", text, rating=3.0)
            if chosen:
                op.update("entries", chosen, {"text": text + "?"})
                op.delete("entries", chosen)
            op.delete("entries", made)

        self.do(work)

    @rule(days=st.lists(DAYS, min_size=1, max_size=6), text=TEXTS, rating=RATINGS, gaps=st.booleans())
    def bring_in(self, days, text, rating, gaps):
        first = self.file.reserve_ids(3 * len(days))
        path = self.folder / f"{first}.sqlite"
        with Staging(path) as staging:
            staging.table("customers", ("name", "name_key"))
            staging.add("customers", [(first, "Imported", "imported")])
            staging.table("entries", ("date", "text", "rating", "customer_id"))
            step = 2 if gaps else 1
            staging.add("entries", [(first + 1 + step * n, day, text, rating, first) for n, day in enumerate(days)])
        self.do(lambda op: [op.copy_in(table, "incoming") for table in ("customers", "entries")], {"incoming": path})
        path.unlink()

    @rule(pick=PICK)
    def fail(self, pick):
        chosen = self.one_of("entries", pick)
        before = summaries(self.file)

        def work(op):
            entry(op, "2026-01-01", "never")
            if chosen:
                op.delete("entries", chosen)
            raise ZeroDivisionError

        try:
            self.file.run("Fail", work)
        except ZeroDivisionError:
            assert records(self.file) == self.now
            assert summaries(self.file) == before
            assert search(self.file, "never") == []

    @precondition(lambda self: self.behind)
    @rule(times=st.integers(1, 4))
    def undo(self, times):
        for _again in range(min(times, len(self.behind))):
            assert self.file.undo() is not None
            self.ahead.append(self.now)
            expected = self.behind.pop()
            self.now = records(self.file)
            assert self.now == expected

    @precondition(lambda self: self.ahead)
    @rule(times=st.integers(1, 4))
    def redo(self, times):
        for _again in range(min(times, len(self.ahead))):
            assert self.file.redo() is not None
            self.behind.append(self.now)
            expected = self.ahead.pop()
            self.now = records(self.file)
            assert self.now == expected

    @rule()
    def reopen(self):
        self.file.close()
        self.file = open_file(self.folder / "file.cvdesk")

    @invariant()
    def holds(self):
        if not hasattr(self, "file"):
            return
        assert self.file.rows("PRAGMA foreign_key_check") == []
        assert self.file.out_of_step() == []
        assert summaries(self.file) == fresh_summaries(self.file)
        indexed = {row[0] for row in self.file.rows("SELECT id FROM entries WHERE text LIKE '%bread%'")}
        assert set(search(self.file, "bread")) == indexed
        if not self.behind:
            assert self.file.undo() is None
        if not self.ahead:
            assert self.file.redo() is None


TestLife = Life.TestCase
TestLife.settings = settings(max_examples=12, stateful_step_count=25)
