"""Ready for other languages: a language of four plurals goes through, and of English nothing is left but data.

The language is made up: every letter of a sentence becomes a Cyrillic one, so whatever stays Latin was never given to
the catalogue, or was put together from pieces after it.
"""

from __future__ import annotations

import gettext
import re
import shutil
from collections.abc import Iterator

import pytest

from cvdesk.catalogue.records import Filter, Period
from cvdesk.db import open_file
from cvdesk.exchange.sample import make_sample
from cvdesk.reports.kinds import make
from cvdesk.reports.records_kinds import Wanted
from cvdesk.wording import ngettext, text
from cvdesk.wording.counts import ANSWERS
from tests.desk import TODAY
from tests.pdf import reading

YEAR = Filter(Period.last_months(12, TODAY))
_LETTERS = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", "абцдефгхийклмнопярстувшжузАБЦДЕФГХИЙКЛМНОПЯРСТУВШЖУЗ"
)
_FIELD = re.compile(r"(\{[^{}]*\})")
_LATIN = re.compile(r"[A-Za-z]{3,}(?: +[A-Za-z]{3,})*")
_TABLES = "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql LIKE '%STRICT%'"
_MONTHS = "January February March April May June July August September October November December"
_BY_BABEL = {*_MONTHS.split(), *(month[:3] for month in _MONTHS.split()), "CV Desk", "PDF"}


class MadeUp(gettext.NullTranslations):
    """One, two to four, five and more: as Polish has them, with a mark that says which was chosen."""

    def gettext(self, message: str) -> str:
        return changed(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        few = 2 <= n % 10 <= 4 and not 12 <= n % 100 <= 14
        return changed(msgid1 if n == 1 else msgid2) + ("" if n == 1 else "²" if few else "³")


def changed(message: str) -> str:
    """The sentence in the made-up language; what is filled in keeps its name."""
    return "".join(part if part[:1] == "{" else part.translate(_LETTERS) for part in _FIELD.split(message))


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    path = tmp_path_factory.mktemp("sample") / "s.cvdesk"
    make_sample(path, today=TODAY)
    return path


@pytest.fixture
def made_up(monkeypatch):
    monkeypatch.setattr(text._Spoken, "catalogue", MadeUp())


def everything_written(file) -> Iterator[str]:
    """All texts in the file: what the owner, staff and customers wrote."""
    tables = [
        row[0] for row in file.rows("SELECT name FROM sqlite_schema WHERE type = 'table' AND sql LIKE '%STRICT%'")
    ]
    for table in tables:
        columns = [row[0] for row in file.rows("SELECT name FROM pragma_table_info(?) WHERE type = 'TEXT'", (table,))]
        for column in columns:
            for row in file.rows(f'SELECT DISTINCT "{column}" FROM "{table}"'):
                if row[0]:
                    yield " ".join(str(row[0]).split())


def unknown(run: list[str], written: str, whole: set[str]) -> bool:
    """Whether words that stand together are more than texts of the file side by side, each perhaps cut by its line."""
    place = 0
    while place < len(run):
        for end in range(len(run), place, -1):
            part = " ".join(run[place:end])
            cut = place == 0 or end == len(run)
            if part in _BY_BABEL or part.lower() in whole or ((end - place > 1 or cut) and part.lower() in written):
                break
        else:
            return True
        place = end
    return False


@pytest.mark.parametrize("kind", ["value-strategy", "summary", "trends", "themes"])
def test_nothing_english_is_left_but_what_people_wrote(sample, tmp_path, made_up, kind):
    with open_file(shutil.copy(sample, tmp_path / "s.cvdesk")) as file:
        printed = reading.words(make(file, Wanted(kind, YEAR, TODAY)).pdf)
        whole = {one.lower() for one in everything_written(file)}
    written = "\n".join(whole)
    left = {found for found in _LATIN.findall(printed) if unknown(found.split(), written, whole)}
    assert sorted(left) == []


def test_the_search_finds_english_that_was_never_given_to_the_catalogue(sample, tmp_path):
    with open_file(shutil.copy(sample, tmp_path / "s.cvdesk")) as file:
        printed = reading.words(make(file, Wanted("summary", YEAR, TODAY)).pdf)
        whole = {one.lower() for one in everything_written(file)}
    written = "\n".join(whole)
    assert any(unknown(found.split(), written, whole) for found in _LATIN.findall(printed))


def test_every_plural_form_is_chosen_by_the_count_itself(made_up):
    assert [ANSWERS.count(n)[-1:] for n in (1, 2, 5, 22, 112)] == ["р", "²", "³", "²", "³"]
    assert ngettext("{n} case", "{n} cases", 3).format(n=3) == "3 цасес²"
