"""Contacts (vCard) and JSON as lists."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cvdesk.errors import UserError
from cvdesk.exchange.names import recognise
from cvdesk.exchange.read import Table, open_table, rows


def read(folder: Path, content: bytes | str, name: str = "list.vcf") -> tuple[Table, list[dict[str, str]]]:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    table = open_table(path)
    return table, [dict(zip(table.header, row, strict=True)) for row in rows(table)]


def test_contacts_of_three_versions_folded_quoted_and_escaped(tmp_path: Path) -> None:
    cards = (
        b"BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:M=FCller;J=F6rg\r\n"
        b"TEL;CELL:+49 170 1\r\nTEL;WORK;VOICE:+49 30 2\r\n"
        b"NOTE;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:first line=0D=0A=\r\nsecond caf=C3=A9\r\nEND:VCARD\r\n"
        b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ana\\, the baker\r\nN:Silva;Ana;;;\r\nitem1.EMAIL;TYPE=INTERNET:ana@exam\r\n"
        b" ple.com\r\nADR;TYPE=HOME:;;1 High St\\, Flat 2;Leeds;;LS1;UK\r\nNOTE:likes rye\\nand oats\r\n"
        b"CATEGORIES:regular,vip\r\nPHOTO;ENCODING=b:AAAA\r\nEND:VCARD\r\n"
        b'BEGIN:VCARD\nVERSION:4.0\nFN:\xc3\x89milie\nTEL;VALUE=uri;TYPE="voice,cell":tel:+33-1\nBDAY:19870203\n'
        b"ORG:Bakery;Sales\nX-CVDESK-SEGMENT:Regulars\nUID:urn:uuid:7\nEND:VCARD\n"
    )
    _table, found = read(tmp_path, cards)
    jorg, ana, emilie = found
    assert (jorg["Name"], jorg["Phone"], jorg["Phone 2"]) == ("Jörg Müller", "+49 170 1", "+49 30 2")
    assert jorg["Notes"] == "first line\r\nsecond café"
    assert (ana["Name"], ana["Email"], ana["Tags"]) == ("Ana, the baker", "ana@example.com", "regular; vip")
    assert (ana["Address"], ana["City"], ana["Country"]) == ("1 High St, Flat 2, LS1", "Leeds", "UK")
    assert ana["Notes"] == "likes rye\nand oats"
    assert (emilie["Name"], emilie["Phone"], emilie["Birthday"]) == ("Émilie", "+33-1", "19870203")
    assert (emilie["Organisation"], emilie["Segment"], emilie["ID"]) == ("Bakery, Sales", "Regulars", "urn:uuid:7")


def test_what_a_contact_holds_beside_our_fields_is_named(tmp_path: Path) -> None:
    table, found = read(tmp_path, "BEGIN:VCARD\nFN:Ana\nURL:https://example.com\nBDAY:--0203\nPHOTO:x\nEND:VCARD\n")
    assert {"Web page", "Birthday without year", "Photo"} <= set(table.header)
    assert found[0]["Web page"] == "https://example.com"
    assert set(recognise("customers", table.header)) == {"name"}


def test_an_organisation_is_told_from_a_person(tmp_path: Path) -> None:
    cards = "BEGIN:VCARD\nFN:Café Lumen\nORG:Café Lumen\nX-ABSHOWAS:COMPANY\nEND:VCARD\n"
    cards += "BEGIN:VCARD\nKIND:org\nFN:Deli\nEND:VCARD\nBEGIN:VCARD\nKIND:individual\nFN:Ana\nORG:Deli\nEND:VCARD\n"
    _table, found = read(tmp_path, cards)
    told = [(one["Name"], one["Kind"], one["Organisation"]) for one in found]
    assert told == [("Café Lumen", "organisation", ""), ("Deli", "organisation", ""), ("Ana", "", "Deli")]


def test_an_organisation_without_a_name_keeps_what_it_has(tmp_path: Path) -> None:
    _table, found = read(tmp_path, "BEGIN:VCARD\nKIND:org\nTEL:01632 960000\nEND:VCARD\n")
    assert found == [{"Phone": "01632 960000", "Kind": "organisation"}]


def test_a_contact_without_its_end_and_one_without_a_name_are_kept(tmp_path: Path) -> None:
    _table, found = read(tmp_path, "BEGIN:VCARD\nFN:Ana\nBEGIN:VCARD\nEMAIL:bo@example.com\nEND:VCARD\n")
    assert [(one["Name"], one["Email"]) for one in found] == [("Ana", ""), ("", "bo@example.com")]


TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp", "Zs"]), min_size=1, max_size=80)


@given(st.lists(st.tuples(TEXT, TEXT), min_size=1, max_size=5))
def test_any_contact_written_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, people: list[tuple[str, str]]
) -> None:
    """Names and notes come back as they were, escaped and folded as the standard says."""

    def written(name: str, text: str) -> str:
        for mark in ("\\", ";", ","):
            text = text.replace(mark, "\\" + mark)
        line = f"{name}:{text}"
        return "\r\n ".join(line[at : at + 60] for at in range(0, len(line), 60))

    cards = [f"BEGIN:VCARD\r\n{written('FN', name)}\r\n{written('NOTE', note)}\r\nEND:VCARD" for name, note in people]
    _table, found = read(tmp_path_factory.mktemp("cards"), "\r\n".join(cards))
    assert [(one["Name"], one["Notes"]) for one in found] == [(name.strip(), note.strip()) for name, note in people]


@pytest.mark.parametrize(
    ("content", "wanted"),
    [
        ('[{"a": 1, "b": "x"}, {"b": "y", "c": null}]', [{"a": "1", "b": "x", "c": ""}, {"a": "", "b": "y", "c": ""}]),
        ('{"meta": {"n": 2}, "data": {"rows": [{"a": 1}, {"a": 2}]}}', [{"a": "1"}, {"a": "2"}]),
        ('{"a": 1}\n\n{"a": 2}\n', [{"a": "1"}, {"a": "2"}]),
        ('[{"who": {"name": "Ana", "tags": ["x", "y"]}}]', [{"who.name": "Ana", "who.tags": "x; y"}]),
        ('[{"n": 12345678901234567890, "d": 1.10}]', [{"n": "12345678901234567890", "d": "1.10"}]),
        ('[{"yes": true, "no": false}]', [{"yes": "TRUE", "no": "FALSE"}]),
        ('[{"a": 1, "a": 2}]', [{"a": "1", "a 2": "2"}]),
        ('{"7": {"a": 1}, "8": {"a": 2}}', [{"key": "7", "a": "1"}, {"key": "8", "a": "2"}]),
        ('[["Date", "Comment"], ["2026-01-02", "good"]]', [{"Date": "2026-01-02", "Comment": "good"}]),
        ('[{"a": [{"b": 1}]}]', [{"a": '[{"b": "1"}]'}]),
    ],
)  # fmt: skip
def test_json_of_every_usual_shape(tmp_path: Path, content: str, wanted: list[dict[str, str]]) -> None:
    for encoding in ("utf-8", "utf-8-sig", "utf-16"):
        assert read(tmp_path, content.encode(encoding), "list.json")[1] == wanted


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ('[{"a": 1}, {"a": ', "no valid JSON .line 1"),
        ('{"a": 1}\n{"a": x}\n', "no valid JSON .line 2"),
        ('["a", "b"]', "no list of records"),
        ("[]", "is empty"),
        ("[" * 100_000, "no valid JSON"),
    ],
)
def test_json_that_is_no_list_is_refused(tmp_path: Path, content: str, words: str) -> None:
    with pytest.raises(UserError, match=words):
        read(tmp_path, content, "list.json")


@given(st.lists(st.fixed_dictionaries({"one": st.text(max_size=20), "two": st.integers()}), min_size=1, max_size=6))
def test_any_records_written_are_read_back(
    tmp_path_factory: pytest.TempPathFactory, records: list[dict[str, str | int]]
) -> None:
    """Texts and whole numbers of any size come back as they were."""
    found = read(tmp_path_factory.mktemp("json"), json.dumps(records), "list.json")[1]
    assert found == [{"one": record["one"], "two": str(record["two"])} for record in records]


def test_numbers_follow_the_decimal_comma_and_texts_stay(tmp_path: Path) -> None:
    table, _found = read(tmp_path, '[{"Stars": 4.5, "Text": "v1.5"}]', "list.json")
    assert list(rows(table.with_comma())) == [["4,5", "v1.5"]]
