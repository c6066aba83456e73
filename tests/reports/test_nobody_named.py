"""What anybody wrote about another customer, anywhere in the file, names nobody where names are left out."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from pypdf import PdfReader

from cvdesk.catalogue.records import Filter, Period
from cvdesk.db import Operation, open_file
from cvdesk.exchange.sample import make_sample
from cvdesk.reports.kinds import KINDS, make
from cvdesk.reports.records_kinds import Wanted

TODAY = date(2026, 11, 21)
YEAR = Filter(Period.last_months(12, TODAY))
WORDS = "Ask Zoe  QUILLFEATHER's sister, Ziggy, 01999 777-888, 17 thistledown lane."
SECRET = ("quillfeather", "ziggy", "777-888", "thistledown")
TEXTS = {
    "entries": ("text", "promise"), "complaints": ("text", "cause", "resolution"), "complaint_events": ("note",),
    "touches": ("note", "said"), "actions": ("name", "result"), "chart_notes": ("text",), "phases": ("reason",),
    "vouchers": ("gives", "reason"), "customers": ("notes",), "strategies": ("name", "learned"),
}  # fmt: skip
ABOUT = {
    "customers": "SELECT customer_id FROM complaints WHERE customer_id NOT NULL ORDER BY id LIMIT 1",
    "complaints": "SELECT id FROM complaints WHERE repeat_of NOT NULL ORDER BY id LIMIT 1",
}
TELLING = [kind for kind in KINDS if kind.named or kind.key in ("summary", "trends")]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    path = tmp_path_factory.mktemp("told") / "told.cvdesk"
    make_sample(path, today=TODAY)
    with open_file(path) as file:
        file.run("Tell", _tell)
        yield file


def _tell(op: Operation) -> None:
    known = {"name": "Zoë Quillfeather", "name_key": "zoe quillfeather", "preferred_name": "Ziggy"}
    zoe = op.insert("customers", {**known, "address": "17 Thistledown Lane\nWhitbyford"})
    phone = {"customer_id": zoe, "kind": "phone", "value": "+44 1999 777888", "match_key": "+441999777888"}
    op.insert("contacts", phone)
    for table, columns in TEXTS.items():
        for row in op.rows(f"SELECT id FROM {table} WHERE id <> ? ORDER BY id DESC LIMIT 60", (zoe,)):
            op.update(table, row["id"], dict.fromkeys(columns, WORDS))


@pytest.mark.parametrize("kind", TELLING, ids=lambda kind: kind.key)
def test_nobody_is_named_in_what_others_wrote(told: Any, kind: Any) -> None:
    about = told.value(ABOUT[kind.about]) if kind.needed else None
    made = make(told, Wanted(kind.key, YEAR, TODAY, names=not kind.named, about=about))
    reader = PdfReader(io.BytesIO(made.pdf))
    marks = [str(one.title) for one in reader.outline if hasattr(one, "title")]
    said = [page.extract_text() for page in reader.pages] + marks + [str(reader.metadata)]
    said += [name + content.decode(errors="replace") for name, content in made.beside]
    flat = " ".join(" ".join(said).split()).casefold()
    assert [secret for secret in SECRET if secret in flat] == []
