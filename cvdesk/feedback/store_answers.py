"""SQL of answering customers: what was answered, and snippets of text used again and again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from cvdesk.catalogue.records import as_name, as_said
from cvdesk.db import Operation, Queries
from cvdesk.errors import UserError
from cvdesk.feedback import store
from cvdesk.wording import _

_SNIPPETS = "SELECT id, name, text FROM snippets ORDER BY name COLLATE NOCASE"
_SAME_NAME = "SELECT id FROM snippets WHERE lower(name) = lower(?) AND id IS NOT ?"
NAME = "{name}"  # what stands for the customer's name in a snippet


@dataclass(frozen=True, slots=True)
class Snippet:
    """A piece of text under a name; `{name}` in it becomes the customer's name."""

    name: str
    text: str
    id: int | None = None

    def written_to(self, name: str) -> str:
        """The text for one customer; where nobody is named, the place for the name closes up."""
        if name:
            return self.text.replace(NAME, name)
        return self.text.replace(f" {NAME}", "").replace(NAME, "")


def snippets(db: Queries) -> list[Snippet]:
    """All snippets by name."""
    return [Snippet(row["name"], row["text"], row["id"]) for row in db.rows(_SNIPPETS)]


def save_snippet(op: Operation, snippet: Snippet) -> int:
    """Adds or changes a snippet and gives its id. UserError without name or text, and where the name is taken."""
    name, text = as_name(snippet.name), as_said(snippet.text)
    if not (name and text):
        raise UserError(_("A snippet needs a name and a text."), _("Write both, then save again."))
    if op.value(_SAME_NAME, (name, snippet.id)) is not None:
        raise UserError(_("There is a snippet called “{name}” already.").format(name=name), _("Choose another name."))
    if snippet.id is None:
        return op.insert("snippets", {"name": name, "text": text})
    op.update("snippets", snippet.id, {"name": name, "text": text})
    return snippet.id


def delete_snippet(op: Operation, snippet_id: int) -> None:
    """Deletes a snippet. Can be undone."""
    op.delete("snippets", snippet_id)


def answer(op: Operation, entry_id: int, text: str, day: date) -> None:
    """Notes what was answered and on which day; an empty text only that it was.

    UserError when the entry was deleted meanwhile or was given later than that day.
    """
    given = op.value("SELECT date FROM entries WHERE id = ?", (entry_id,))
    if given is None:
        raise UserError(_("This feedback was deleted meanwhile."), _("Undo the deletion, then answer again."))
    if given > day.isoformat():
        raise UserError(_("This is before the feedback was given."), _("Choose another day."))
    op.update("entries", entry_id, {"answer": as_said(text), "answered": day.isoformat(), "needs_answer": 1})
    op.forget_draft(draft_key(entry_id))


def no_answer_needed(op: Operation, entry_id: int) -> None:
    """Takes an entry off the list of what needs an answer."""
    store.must_be_there(op, entry_id)
    op.update("entries", entry_id, {"needs_answer": 0})
    op.forget_draft(draft_key(entry_id))


def wait_again(op: Operation, entry_id: int) -> None:
    """Puts an entry back on the list of what needs an answer; what was written stays."""
    store.must_be_there(op, entry_id)
    op.update("entries", entry_id, {"needs_answer": 1, "answered": None})


def draft_key(entry_id: int) -> str:
    """Under which name a half-written answer is kept."""
    return f"answer:{entry_id}"
