"""SQL of marked words: the passages of an entry that are about a theme, and words that always are."""

from __future__ import annotations

from dataclasses import dataclass

from cvdesk.catalogue.records import key_of, match_key
from cvdesk.db import Operation, Queries
from cvdesk.errors import UserError
from cvdesk.themes.lexicon import words_of
from cvdesk.wording import _
from cvdesk.wording.figures import lever_name

_MARKS = """
SELECT theme_id, factors.lever, words FROM entry_themes
JOIN themes ON themes.id = theme_id JOIN factors ON factors.id = themes.factor_id
WHERE entry_id = ? AND state = 'confirmed' AND words <> '' ORDER BY entry_themes.id
"""
_KNOWN = "SELECT id, state, words FROM entry_themes WHERE entry_id = ? AND theme_id = ?"
_HAS_MAIN = """
SELECT 1 FROM entry_themes WHERE entry_id = ? AND theme_id <> ? AND state = 'confirmed' AND main = 1
"""
_LONGEST_RULE = 60
_LAST_PLACE = 1_000


@dataclass(frozen=True, slots=True)
class Mark:
    """A passage of an entry's text that was marked as being about a theme."""

    theme_id: int
    lever: str
    words: str


def marks(db: Queries, entry_id: int) -> list[Mark]:
    """The marked passages of an entry, in the order they were marked."""
    return [
        Mark(row["theme_id"], row["lever"], passage)
        for row in db.rows(_MARKS, (entry_id,))
        for passage in row["words"].split("\n")
        if passage
    ]


def settle(op: Operation, entry_id: int, theme_id: int, state: str, words: str = "") -> None:
    """Says for the owner that an entry is about a theme ("confirmed") or is not ("rejected").

    `words`: the passage that says so; several passages stand in lines of their own. The first theme confirmed is the
    main one. UserError when the entry was deleted meanwhile.
    """
    if op.value("SELECT 1 FROM entries WHERE id = ?", (entry_id,)) is None:
        raise UserError(_("This feedback was deleted meanwhile."), _("Undo the deletion, then mark the words again."))
    known = op.row(_KNOWN, (entry_id, theme_id))
    kept = [] if known is None else [line for line in known["words"].split("\n") if line]
    passages = kept if state == "confirmed" else []
    passages += [line.strip() for line in words.splitlines() if line.strip() and line.strip() not in passages]
    values: dict[str, object] = {"state": state, "by": "owner", "words": "\n".join(passages)}
    if state == "confirmed" and (known is None or known["state"] != "confirmed"):
        values["main"] = int(op.value(_HAS_MAIN, (entry_id, theme_id)) is None)
    if known is None:
        op.insert("entry_themes", {"entry_id": entry_id, "theme_id": theme_id, **values})
    else:
        op.update("entry_themes", known["id"], values)


def add_rule(op: Operation, theme_id: int, words: str) -> None:
    """From now on these words suggest the theme. UserError for what is no word or is too long to be met again."""
    word = rule_word(words)
    if op.value("SELECT 1 FROM theme_rules WHERE theme_id = ? AND word = ?", (theme_id, word)) is None:
        op.insert("theme_rules", {"theme_id": theme_id, "word": word})


def rule_word(words: str) -> str:
    """Words as a rule keeps them. UserError for what is no word or is too long to be met again."""
    word = " ".join("".join(mark if mark.isalnum() or mark in "-'’" else " " for mark in match_key(words)).split())
    if not words_of(word):
        raise UserError(_("There is no word in what you marked."), _("Mark one word or a few, then try again."))
    if len(word) > _LONGEST_RULE:
        raise UserError(
            _("This is too long to be met again word for word."), _("Mark one word or a few, then try again.")
        )
    return word


def other_theme(op: Operation, lever: str) -> int:
    """The theme for what belongs to a part of value but to none of what customers value there; made when first used.

    It hangs on a factor that is never asked about, so that no score counts it.
    """
    key = f"other-{lever}"
    known = op.row("SELECT id, active FROM themes WHERE key = ?", (key,))
    if known is not None:
        op.update("themes", known["id"], {"active": 1})
        return int(known["id"])
    factor = op.value("SELECT id FROM factors WHERE key = ?", (key,))
    name = _("Other: {part}").format(part=lever_name(lever))
    if factor is None:
        factor = op.insert("factors", {
            "key": key, "lever": lever, "place": _LAST_PLACE, "label": name, "core": 0, "active": 0, "own": 1,
        })  # fmt: skip
    return op.insert("themes", {"key": key_of(key), "name": name, "factor_id": factor})
