"""The sheet about one customer, read back as whoever holds it reads it."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from pypdf import PdfReader

from cvdesk.catalogue.records import Business
from cvdesk.complaints import store as complaints
from cvdesk.complaints.records import Complaint
from cvdesk.customers import store as customers
from cvdesk.customers.records import Contact, Customer
from cvdesk.customers.records_hidden import Hider
from cvdesk.customers.report_customer import as_pdf
from cvdesk.customers.store_sheet import gather
from cvdesk.db import BusinessFile
from cvdesk.db.rows import Operation
from cvdesk.exchange.new import make_business
from cvdesk.feedback import store as feedback
from cvdesk.feedback.records import Entry

TODAY = date(2026, 11, 21)
ADA = Customer(
    name="Ada Byron Lovelace", preferred_name="Addie", organisation="Analytical Engines Ltd",
    contacts=(Contact("email", "ada@engines.example"), Contact("phone", "+44 20 7946 0018")),
    address="12 Harbour Street\nFlat 2", city="Leith", nicknames=("Countess",), notes="Addie likes rye.",
)  # fmt: skip
SECRET = ("Ada", "Byron", "Lovelace", "Addie", "Engines", "ada@engines.example", "7946", "Harbour Street", "Countess")


@pytest.fixture
def file(tmp_path: Path) -> Iterator[BusinessFile]:
    with make_business(tmp_path / "b.cvdesk", Business("Quay Bakery")) as made:
        yield made


def flat(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())


def told(file: BusinessFile, words: str = "I am Ada  byron lovelace, ring 020 7946 0018 at 12 Harbour Street.") -> int:
    def noted(op: Operation) -> int:
        ada = customers.save(op, ADA)
        feedback.save(op, Entry(date=TODAY, text=words, customer_id=ada, rating=2, needs_answer=True))
        complaints.save(op, Complaint(
            date=TODAY - timedelta(days=40), text="Addie waited an hour; write to ada@engines.example", customer_id=ada,
            severity="serious", acknowledge_by=TODAY - timedelta(days=38), resolve_by=TODAY - timedelta(days=30),
        ))  # fmt: skip
        return ada

    return file.run("Ada", noted).result


def test_says_who_it_is_and_what_waits(file: BusinessFile) -> None:
    text = flat(as_pdf(gather(file, told(file), TODAY)))
    assert "Ada Byron Lovelace: 2 things are waiting, 1 late" in text
    for words in ("Addie", "ada@engines.example", "020 7946 0018", "12 Harbour Street, Flat 2, Leith", "Complaint #1",
                  "! late since", "Waits for an answer", "★★"):  # fmt: skip
        assert words in text


def test_without_names_nothing_leads_to_the_person(file: BusinessFile) -> None:
    ada = told(file)
    pdf = as_pdf(gather(file, ada, TODAY), names=False)
    text = flat(pdf)
    information = " ".join(str(value) for value in (PdfReader(io.BytesIO(pdf)).metadata or {}).values())
    outline = " ".join(str(one.title) for one in PdfReader(io.BytesIO(pdf)).outline if hasattr(one, "title"))
    for secret in SECRET:
        assert secret.casefold() not in f"{text} {information} {outline}".casefold(), secret
    assert str(ada) in text
    assert "waited an hour" in text


def test_somebody_nothing_is_known_of_has_one_calm_page(file: BusinessFile) -> None:
    ben = file.run("Ben", lambda op: customers.save(op, Customer(name="Ben"))).result
    pdf = as_pdf(gather(file, ben, TODAY))
    assert len(PdfReader(io.BytesIO(pdf)).pages) == 1
    assert "Ben: nothing is waiting" in flat(pdf)
    assert "Nothing heard yet." in flat(pdf)


def test_very_long_words_are_cut_and_the_same_bytes_come_twice(file: BusinessFile) -> None:
    ada = told(file, "late " * 4000)
    first, second = (as_pdf(gather(file, ada, TODAY)) for _time in range(2))
    assert first == second
    assert len(PdfReader(io.BytesIO(first)).pages) <= 2


def test_parts_can_be_left_out(file: BusinessFile) -> None:
    text = flat(as_pdf(gather(file, told(file), TODAY), left_out=frozenset({"words", "everything"})))
    assert "What they said" not in text
    assert "Everything so far" not in text
    assert "What is waiting" in text


@pytest.mark.parametrize(
    "words",
    [
        "ADA BYRON LOVELACE",
        "Ada\nByron\u00a0Lovelace",
        "(Addie)",
        "+44 (0)20 7946-0018",
        "0044 20 79460018",
        "Lovelace's",
    ],
)
def test_names_are_found_however_they_are_written(words: str) -> None:
    hidden = Hider(ADA)(f"It was {words} again")
    assert hidden.startswith("It was ")
    assert not any(part in hidden for part in ("Ada", "ADA", "Lovelace", "Addie", "0018", "7946"))


def test_everyday_words_that_are_part_of_a_name_stay() -> None:
    hide = Hider(Customer(name="Rose Green"))
    assert hide("The green door, and Rose Green") == "The green door, and …"
    assert Hider(Customer(name="Al"))("Also all") == "Also all"
