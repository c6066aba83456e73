"""PDFs made to harm, or harmed on the way: reading ends soon, and something is said."""

import time
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cvdesk.surveys.records_return import what
from tests.figures.shop import new_shop
from tests.surveys.paper import bring, filled, make_sheets, make_survey


def hostile() -> dict[str, bytes]:
    """Files made to hang or to fill the memory."""
    bomb = zlib.compress(b" " * 200_000_000, 9)
    kids = "".join(f"{n} 0 obj<</T(a{n})/Kids[{n + 1} 0 R]>>endobj\n" for n in range(5, 3000))
    loop = "5 0 obj<</T(a)/Kids[5 0 R 5 0 R 5 0 R]>>endobj\n"

    def pdf(body: str, more: bytes = b"") -> bytes:
        head = "%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[5 0 R]>>"
        head += "/OpenAction<</S/JavaScript/JS(while(1);)>>>>endobj\n"
        tail = "2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        tail += "3 0 obj<</Type/Page/Parent 2 0 R/Contents 4 0 R>>endobj\n"
        return (head + body + tail).encode() + more + b"trailer<</Root 1 0 R>>\n%%EOF"

    stream = f"4 0 obj<</Length {len(bomb)}/Filter/FlateDecode>>stream\n".encode() + bomb + b"\nendstream endobj\n"
    pages = "".join(f"{n} 0 obj<</Type/Pages/Kids[{n + 1} 0 R]/Count 1>>endobj\n" for n in range(2, 3000))
    return {
        "bomb": pdf("", stream),
        "deep fields": pdf(kids),
        "looping fields": pdf(loop),
        "deep arrays": pdf("5 0 obj" + "[" * 100_000 + "]" * 100_000 + "endobj\n"),
        "deep pages": b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        + pages.encode()
        + b"trailer<</Root 1 0 R>>\n%%EOF",
        "itself": b"%PDF-1.7\n1 0 obj 1 0 R endobj\ntrailer<</Root 1 0 R>>\n%%EOF",
        "zeros": b"%PDF-1.7\n" + b"\x00" * 3_000_000 + b"%%EOF",
        "xref loop": b"%PDF-1.7\nxref\n0 1\n0000000000 65535 f \n"
        b"trailer<</Size 1/Prev 9/Root 1 0 R>>\nstartxref\n9\n%%EOF",
        "dicts": b"%PDF-1.7\n" + b"1 0 obj<<" * 50_000 + b"trailer<</Root 1 0 R>>\n%%EOF",
    }


@pytest.mark.parametrize("kind", sorted(hostile()))
def test_a_hostile_pdf_neither_hangs_nor_crashes(tmp_path, kind):
    began = time.monotonic()
    with new_shop(tmp_path) as file:
        found = bring(file, tmp_path, hostile()[kind])
    assert found.outcome in ("damaged", "foreign", "picture")
    assert time.monotonic() - began < 20


def test_a_form_with_bytes_changed_is_read_or_refused(tmp_path):
    with new_shop(tmp_path) as file:
        (sheet,) = make_sheets(file, make_survey(file, "minute"))
        whole = filled(file, sheet, tmp_path)
        places = st.lists(st.tuples(st.integers(0, len(whole) - 1), st.integers(0, 255)), min_size=1, max_size=30)

        @settings(max_examples=60)
        @given(places)
        def changed(found):
            content = bytearray(whole)
            for place, byte in found:
                content[place] = byte
            assert what(bring(file, tmp_path, bytes(content)))

        changed()
