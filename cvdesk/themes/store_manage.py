"""SQL of the owner's work on the themes themselves: new ones, other names, merging, and taking out of use."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Container, Iterable

from cvdesk.catalogue.records import key_of, one_way
from cvdesk.db import Operation, Queries
from cvdesk.errors import UserError
from cvdesk.themes.records_manage import LONGEST_NAME, Merged, Row, ThemeLine, joined
from cvdesk.themes.store_filing import NONE_KEY
from cvdesk.wording import _

_LINES = f"""
SELECT themes.id, themes.key, themes.name, themes.factor_id, factors.label, factors.lever, themes.active,
  COALESCE((SELECT name FROM themes AS other WHERE other.id = themes.merged_into), ''),
  (SELECT count(*) FROM entry_themes WHERE theme_id = themes.id AND state = 'confirmed'),
  (SELECT count(*) FROM entry_themes WHERE theme_id = themes.id AND state = 'suggested'),
  (SELECT count(*) FROM complaint_themes WHERE theme_id = themes.id),
  (SELECT json_group_array(word) FROM (SELECT word FROM theme_rules WHERE theme_id = themes.id ORDER BY word))
FROM themes JOIN factors ON factors.id = themes.factor_id WHERE themes.key <> '{NONE_KEY}' {{which}}
ORDER BY themes.active DESC, themes.name COLLATE NOCASE, themes.id
"""
_FACTORS = "SELECT id, label, lever FROM factors WHERE place < 1000 AND active = 1 ORDER BY place"
_NAMES = f"SELECT id, key, name, active, merged_into FROM themes WHERE key <> '{NONE_KEY}'"
_OWN = "SELECT id, factor_id, active, merged_into FROM themes WHERE id = ?"
_ROWS_OF_BOTH = """
SELECT id, entry_id, theme_id, state, by, main, score, words, mood FROM entry_themes
WHERE theme_id = ?1 OR (theme_id = ?2 AND entry_id IN (SELECT entry_id FROM entry_themes WHERE theme_id = ?1))
"""
_COMPLAINT_ROWS = """
SELECT id, complaint_id, EXISTS (SELECT 1 FROM complaint_themes AS own
    WHERE own.complaint_id = complaint_themes.complaint_id AND own.theme_id = ?2) AS twice
FROM complaint_themes WHERE theme_id = ?1
"""
_RULE_ROWS = """
SELECT id, EXISTS (SELECT 1 FROM theme_rules AS own WHERE own.word = theme_rules.word AND own.theme_id = ?2) AS twice
FROM theme_rules WHERE theme_id = ?1
"""
_ACTIONS = "SELECT id FROM actions WHERE theme_id = ?"
_VIEWS = "SELECT id, value FROM saved_filters"


def lines(db: Queries) -> list[ThemeLine]:
    """All themes with what is filed under them: those in use first, by name."""
    return [_line(row) for row in db.rows(_LINES.format(which=""))]


def line_of(db: Queries, theme_id: int) -> ThemeLine:
    """One theme. LookupError for an unknown id."""
    found = db.row(_LINES.format(which="AND themes.id = ?"), (theme_id,))
    if found is None:
        raise LookupError(f"there is no theme {theme_id}")
    return _line(found)


def _line(row: Iterable[object]) -> ThemeLine:
    values = list(row)
    values[6] = bool(values[6])
    values[11] = tuple(json.loads(str(values[11])))
    return ThemeLine(*values)  # type: ignore[arg-type]


def factors(db: Queries) -> list[tuple[int, str, str]]:
    """What customers value, as (id, label, part of value), in the order of the question bank."""
    return [(row["id"], row["label"], row["lever"]) for row in db.rows(_FACTORS)]


def same_name(db: Queries, name: str, but: int | None = None) -> int | None:
    """The theme in use that has this name already."""
    for row in db.rows(_NAMES):
        if row["active"] and row["id"] != but and one_way(row["name"]) == one_way(name):
            return int(row["id"])
    return None


def _tidy(db: Queries, name: str, but: int | None = None) -> str:
    """A name as it is kept. UserError without one, for a long one, and for one that another theme has."""
    tidy = " ".join(name.split())
    if not tidy:
        raise UserError(_("The theme needs a name."), _("Write a name for it."))
    if len(tidy) > LONGEST_NAME:
        raise UserError(_("The name is too long."), _("Write a shorter one."))
    if same_name(db, tidy, but) is not None:
        raise UserError(
            _("There is a theme called “{name}” already.").format(name=tidy),
            _("Take another name, or merge the two themes."),
        )
    return tidy


def add(op: Operation, name: str, factor_id: int, rules: Iterable[str] = ()) -> int:
    """A new theme; one of that name that was out of use or had gone into another is put back. UserError as `_tidy`."""
    tidy = _tidy(op, name)
    key = key_of(tidy)
    taken = {row["key"]: row for row in op.rows(_NAMES)}
    known = taken.get(key)
    if known is not None and not known["active"]:
        theme = int(known["id"])
        op.update("themes", theme, {"name": tidy, "factor_id": factor_id, "active": 1, "merged_into": None})
    else:
        stem, number = key, 1
        while key in taken or key == NONE_KEY:  # a theme that was renamed keeps the key of its first name
            number += 1
            key = f"{stem}-{number}"
        theme = op.insert("themes", {"key": key, "name": tidy, "factor_id": factor_id})
    for word in rules:
        op.insert("theme_rules", {"theme_id": theme, "word": word})
    return theme


def rename(op: Operation, theme_id: int, name: str) -> None:
    """Gives a theme another name; its key stays, so that trends and lists still know it. UserError as `_tidy`."""
    op.update("themes", theme_id, {"name": _tidy(op, name, theme_id)})


def retire(op: Operation, theme_id: int) -> None:
    """Takes a theme out of use: nothing is suggested for it any more; what was filed under it stays."""
    op.update("themes", theme_id, {"active": 0})


def put_back(op: Operation, theme_id: int) -> None:
    """Takes a theme into use again, also one that had gone into another: what moved stays where it is."""
    name = str(op.value("SELECT name FROM themes WHERE id = ?", (theme_id,)))
    _tidy(op, name, theme_id)
    op.update("themes", theme_id, {"active": 1, "merged_into": None})


def merge(op: Operation, theme_id: int, into_id: int, factor_id: int | None = None) -> Merged:
    """Files everything of a theme under another one, in one step; the theme keeps its name and leads to the other.

    `factor_id`: what the two are about from now on, where they differed. UserError for a theme that cannot take it up.
    """
    theme, into = op.row(_OWN, (theme_id,)), op.row(_OWN, (into_id,))
    if theme is None or into is None or theme_id == into_id or not into["active"] or into["merged_into"] is not None:
        raise UserError(_("These two themes cannot be merged."), _("Choose two themes that are in use."))
    entries = move_entries(op, theme_id, into_id)
    complaints = move_complaints(op, theme_id, into_id)
    rules = _move(op, "theme_rules", op.rows(_RULE_ROWS, (theme_id, into_id)), into_id)
    op.update_many("actions", [row["id"] for row in op.rows(_ACTIONS, (theme_id,))], {"theme_id": into_id})
    for row in op.rows(_VIEWS):
        value = json.loads(row["value"])
        if isinstance(value, dict) and value.get("theme") == theme_id:
            kept = json.dumps({**value, "theme": into_id}, ensure_ascii=False)
            op.update("saved_filters", row["id"], {"value": kept})
    op.update("themes", into_id, {"factor_id": factor_id or into["factor_id"]})
    op.update("themes", theme_id, {"active": 0, "merged_into": into_id})
    return Merged(entries, complaints, rules)


def move_entries(op: Operation, theme_id: int, into_id: int, only: Container[int] | None = None) -> int:
    """Moves a theme's rows of entries to another theme; where an entry has both, the two become one.

    `only`: the entries whose rows go. Rows of these where the theme was rejected stay. Gives how many moved.
    """
    own: dict[int, Row] = {}
    others: dict[int, Row] = {}
    for row in op.rows(_ROWS_OF_BOTH, (theme_id, into_id)):
        values = Row(*(row[name] for name in Row.__slots__))
        (own if row["theme_id"] == theme_id else others)[row["entry_id"]] = values
    if only is not None:
        own = {entry: row for entry, row in own.items() if entry in only and row.state != "rejected"}
        others = {entry: row for entry, row in others.items() if entry in own}
    alone = [row.id for entry, row in own.items() if entry not in others]
    alike: dict[tuple[tuple[str, object], ...], list[int]] = defaultdict(list)
    for entry, kept in others.items():
        alike[tuple(joined(kept, own[entry]).items())].append(kept.id)
    op.delete_many("entry_themes", [own[entry].id for entry in others])
    op.update_many("entry_themes", alone, {"theme_id": into_id})
    for values_of, ids in alike.items():
        op.update_many("entry_themes", ids, dict(values_of))
    return len(own)


def move_complaints(op: Operation, theme_id: int, into_id: int, only: Container[int] | None = None) -> int:
    """Moves a theme's rows of complaints, of all or only of some, to another theme; gives how many."""
    rows = op.rows(_COMPLAINT_ROWS, (theme_id, into_id))
    return _move(op, "complaint_themes", [row for row in rows if only is None or row["complaint_id"] in only], into_id)


def _move(op: Operation, table: str, rows: Iterable[object], into_id: int) -> int:
    """Moves rows of a theme to another; those that the other one has as well go. Gives how many there were."""
    found = [(row["id"], row["twice"]) for row in rows]  # type: ignore[index]
    op.delete_many(table, [row_id for row_id, twice in found if twice])
    op.update_many(table, [row_id for row_id, twice in found if not twice], {"theme_id": into_id})
    return len(found)
