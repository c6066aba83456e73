"""SQL of suggesting again: entries nobody has filed get the suggestions the words and the model have for them now."""

from __future__ import annotations

import json
from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import dataclass, replace

from cvdesk.catalogue.filters import entries_clause
from cvdesk.catalogue.records import Clause, Filter
from cvdesk.db import Operation, Queries
from cvdesk.db.queries import Row
from cvdesk.themes.learn import stoppable
from cvdesk.themes.records_learn import MODEL, RULE, WORDS, Hit, Sorted
from cvdesk.themes.sorting import Sorter
from cvdesk.themes.store import themes
from cvdesk.themes.store_filing import UNSETTLED
from cvdesk.themes.store_learn import sorter

_SUGGESTED = "EXISTS (SELECT 1 FROM entry_themes WHERE entry_id = entries.id AND state = 'suggested')"
_UNSORTED = f"SELECT count(*) FROM entries WHERE {UNSETTLED} AND NOT {_SUGGESTED} AND {{chosen}}"
_OPEN = f"SELECT id, text FROM entries WHERE id > ? AND {UNSETTLED} AND {{chosen}} ORDER BY id LIMIT ?"
_STANDING = """
SELECT id, entry_id, theme_id, state, by, main, score FROM entry_themes
WHERE entry_id IN (SELECT value FROM json_each(?)) ORDER BY id
"""
_OWN = {("suggested", by) for by in (RULE, WORDS, MODEL)}
_ALL = Clause("1 = 1")
_AT_ONCE = 2_000


@dataclass(slots=True)
class _Changes:
    """What is to be written: rows to add, ids to change by their new values, ids to take away."""

    new: list[tuple[int, Hit, int]]
    changed: dict[tuple[str, int, float], list[int]]
    gone: list[int]


def unsorted(db: Queries, chosen: Filter | None = None) -> int:
    """Entries with words that nothing is suggested for and nobody has filed. The filter's theme does not count."""
    clause = _clause(chosen)
    return int(db.value(_UNSORTED.format(chosen=clause.sql), clause.parameters))


def prepared(db: Queries, chosen: Filter | None = None, stopped: Callable[[], bool] | None = None) -> Sorter:
    """What suggests themes, with what was learned already worked out for the entries nobody has filed.

    Takes seconds, for many entries minutes: never while somebody waits for the file. Raises StoppedError once `stopped`
    says that nobody waits for it.
    """
    with stoppable(stopped):
        made = sorter(db)
        if made.model is None:
            return made
        return made.prepared([row["text"] for entries in _chunks(db, _clause(chosen)) for row in entries])


def resort(op: Operation, chosen: Filter | None = None, ready: Sorter | None = None) -> Sorted:
    """Suggests again for the entries nobody has filed, and gives what came of it.

    The program's earlier suggestions are replaced; what the owner confirmed or rejected stays, and what was rejected is
    not suggested again. `ready`: from `prepared`, which is best asked for before; None: asked here.
    """
    made = ready or prepared(op, chosen)
    in_use = frozenset(theme.id for theme in themes(op))  # since it was prepared one may have been merged or undone
    total = Sorted()
    for entries in _chunks(op, _clause(chosen)):
        changes = _Changes([], {}, [])
        total = _added(total, _plan(op, entries, made, in_use, changes))
        total = replace(total, changed=total.changed + _write(op, changes))
    return total


def _clause(chosen: Filter | None) -> Clause:
    return _ALL if chosen is None else entries_clause(replace(chosen, theme=None))


def _chunks(db: Queries, clause: Clause) -> Iterator[list[Row]]:
    """The unfiled entries, some at a time."""
    last = 0
    while entries := db.rows(_OPEN.format(chosen=clause.sql), (last, *clause.parameters, _AT_ONCE)):
        yield entries
        last = entries[-1]["id"]


def _plan(db: Queries, entries: Sequence[Row], made: Sorter, in_use: Container[int], changes: _Changes) -> Sorted:
    standing: dict[int, list[Row]] = {}
    for row in db.rows(_STANDING, (json.dumps([row["id"] for row in entries]),)):
        standing.setdefault(row["entry_id"], []).append(row)
    # What is not the program's own suggestion was said by somebody, and stays.
    kept = [
        [row for row in standing.get(entry["id"], ()) if (row["state"], row["by"]) not in _OWN] for entry in entries
    ]
    said = [frozenset(row["theme_id"] for row in rows) for rows in kept]
    found = [
        tuple(hit for hit in hits if hit.theme.id in in_use)
        for hits in made.sort([row["text"] for row in entries], said)
    ]
    for entry, hits, rows, settled in zip(entries, found, kept, said, strict=True):
        own = {row["theme_id"]: row for row in standing.get(entry["id"], ()) if row["theme_id"] not in settled}
        led = any(row["main"] and row["state"] == "suggested" for row in rows)
        _compare(entry["id"], [(hit, int(place == 0 and not led)) for place, hit in enumerate(hits)], own, changes)
    firsts = [hits[0].by for hits in found if hits]
    return Sorted(len(entries), firsts.count(RULE), firsts.count(WORDS), firsts.count(MODEL))


def _compare(entry_id: int, hits: Sequence[tuple[Hit, int]], own: dict[int, Row], changes: _Changes) -> None:
    """Notes what has to change in an entry for these suggestions, each main or not, to stand there."""
    for hit, main in hits:
        row = own.pop(hit.theme.id, None)
        if row is None:
            changes.new.append((entry_id, hit, main))
        elif (row["by"], row["main"], row["score"]) != (hit.by, main, hit.score):
            changes.changed.setdefault((hit.by, main, hit.score), []).append(row["id"])
    changes.gone += [row["id"] for row in own.values()]


def _write(op: Operation, changes: _Changes) -> int:
    """Writes the changes and gives how many suggestions differ from before."""
    op.delete_many("entry_themes", changes.gone)
    for (by, main, score), ids in changes.changed.items():
        op.update_many("entry_themes", ids, {"by": by, "main": main, "score": score})
    for entry_id, hit, main in changes.new:
        op.insert("entry_themes", {
            "entry_id": entry_id, "theme_id": hit.theme.id, "state": "suggested", "by": hit.by, "main": main,
            "score": hit.score,
        })  # fmt: skip
    return len(changes.gone) + len(changes.new) + sum(map(len, changes.changed.values()))


def _added(one: Sorted, other: Sorted) -> Sorted:
    return Sorted(
        one.entries + other.entries, one.rule + other.rule, one.words + other.words, one.model + other.model,
        one.changed + other.changed,
    )  # fmt: skip
