"""Where to save: with an ending, and nothing is replaced unasked."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog

from cvdesk.kit.ask import Prompts, with_ending

PDF = "PDF files (*.pdf)"


@pytest.mark.parametrize(
    ("typed", "kinds", "path"),
    [
        ("mine", PDF, "mine.pdf"),
        ("mine.PDF", PDF, "mine.PDF"),
        ("report v1.2", PDF, "report v1.2.pdf"),
        ("mine.zip", "With its files (*.zip);;PDF files (*.pdf)", "mine.zip"),
    ],
)
def test_the_ending_is_added_where_it_is_missing(typed, kinds, path):
    assert with_ending(Path(typed), ".pdf", kinds) == Path(path)


def test_what_the_ending_leads_to_is_not_replaced_unasked(qapp, tmp_path, monkeypatch):
    there = tmp_path / "mine.pdf"
    there.write_bytes(b"old")
    typed = iter([tmp_path / "mine", tmp_path / "another", tmp_path / "mine", there])
    asked = []

    def confirm(_self, _parent, question, _explanation, _yes):
        asked.append(question)
        return len(asked) == 2

    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_given: (str(next(typed)), ""))
    monkeypatch.setattr(Prompts, "confirm", confirm)
    prompts = Prompts()
    assert prompts.save_file(None, "Save", tmp_path / "report.pdf", PDF) == tmp_path / "another.pdf"
    assert prompts.save_file(None, "Save", tmp_path / "report.pdf", PDF) == there
    assert asked == ["“mine.pdf” is already there."] * 2
    assert prompts.save_file(None, "Save", tmp_path / "report.pdf", PDF) == there  # the system itself has asked
