"""The logo: checked before it is taken, upright and unsqueezed on the first page, nothing in it reaches out or runs."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from cvdesk.errors import UserError
from cvdesk.pdf import logo, styles
from cvdesk.pdf.blocks import Flowable, NewPage, Text, Title
from cvdesk.pdf.logo import JPEG, MOST_BYTES, PNG, SVG, check_logo, size_of
from cvdesk.pdf.text import draw
from tests.pdf.anatomy import embedded, fonts, opened, pieces
from tests.pdf.reading import FURNITURE, pdf, reader, words


def story() -> list[Flowable]:
    return [Title("Found", "Found"), Text("x"), NewPage(), Text("second page")]


def picture(mode: str, size: tuple[int, int], colour: Any, kind: str = "PNG", **more: Any) -> bytes:
    buffer = io.BytesIO()
    Image.new(mode, size, colour).save(buffer, kind, **more)
    return buffer.getvalue()


def drawing(inner: str, head: str = "", outer: str = "") -> bytes:
    return (
        f'<?xml version="1.0"?>{head}<svg xmlns="http://www.w3.org/2000/svg" '
        'xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'width="200" height="100" viewBox="0 0 200 100" {outer}>{inner}</svg>'
    ).encode()


LOAF = drawing('<rect width="200" height="100" fill="#c00"/><text x="100" y="60" text-anchor="middle">Loaf ☕</text>')


def images(document: pikepdf.Pdf, page: int = 0) -> list[Any]:
    objects: Any = document.pages[page].resources.get("/XObject", pikepdf.Dictionary())
    return [one for one in objects.values() if one.Subtype == "/Image"]


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (picture("RGB", (300, 60), "red"), PNG), (picture("RGBA", (40, 400), (9, 9, 9, 200)), PNG),
        (picture("P", (30, 30), 3), PNG), (picture("1", (30, 30), 1), PNG), (picture("I;16", (30, 30), 40000), PNG),
        (picture("LA", (30, 30), (9, 200)), PNG), (picture("RGB", (300, 60), "red", "JPEG"), JPEG),
        (picture("CMYK", (300, 60), (0, 255, 255, 0), "JPEG"), JPEG), (picture("L", (300, 60), 9, "JPEG"), JPEG),
        (LOAF, SVG),
    ],
    ids=["rgb", "alpha", "palette", "bits", "deep", "grey-alpha", "photo", "inks", "grey", "drawing"],
)  # fmt: skip
def test_pictures_stand_at_the_head_of_the_first_page(data: bytes, kind: str) -> None:
    check_logo(data, kind)
    wide, tall = size_of(data, kind)
    assert 0 < wide <= 150.001
    assert 0 < tall <= 40.001
    content = pdf(story(), replace(FURNITURE, logo=data, logo_type=kind))
    document = opened(content)
    assert document.check_pdf_syntax() == []
    assert len(document.pages) == 2
    assert not images(document, 1)
    assert content == pdf(story(), replace(FURNITURE, logo=data, logo_type=kind))
    assert len(images(document)) == (kind != SVG)
    for image in images(document):
        assert image.ColorSpace in ("/DeviceRGB", "/DeviceGray")
    for page in document.pages:
        pieces(page)


def test_a_logo_is_never_squeezed() -> None:
    for size in ((600, 60), (60, 600), (100, 100)):
        wide, tall = size_of(picture("RGB", size, "red"), PNG)
        assert wide / tall == pytest.approx(size[0] / size[1])


def test_of_a_huge_picture_only_as_much_is_held_as_is_printed() -> None:
    data = picture("RGB", (8000, 1000), (15, 94, 140))
    size_of(data, PNG)
    held: Image.Image = logo._picture(data, PNG)
    assert held.size == (2400, 300)
    assert size_of(data, PNG) == pytest.approx((150.0, 18.75))


def test_a_photo_taken_sideways_stands_upright() -> None:
    turned = Image.Exif()
    turned[0x0112] = 6
    wide, tall = size_of(picture("RGB", (400, 100), "red", "JPEG", exif=turned), JPEG)
    assert wide / tall == pytest.approx(100 / 400)


def test_the_empty_margin_of_a_picture_is_no_part_of_it() -> None:
    whole = Image.new("RGBA", (400, 400), (0, 0, 0, 0))
    whole.paste((200, 0, 0, 255), (100, 180, 300, 220))
    buffer = io.BytesIO()
    whole.save(buffer, "PNG")
    wide, tall = size_of(buffer.getvalue(), PNG)
    assert (wide, tall) == pytest.approx((150, 30))


def test_what_can_be_seen_through_is_printed_as_it_looks_on_white() -> None:
    half = picture("RGBA", (300, 60), (255, 0, 0, 128))
    document = opened(pdf(story(), replace(FURNITURE, logo=half, logo_type=PNG)))
    (image,) = images(document)
    assert "/SMask" not in image
    assert "/Mask" not in image
    assert list(image.read_bytes()[:3]) == [255, 127, 127]


def test_inks_become_the_colours_of_a_screen() -> None:
    red_ink = picture("CMYK", (300, 60), (0, 255, 255, 0), "JPEG")
    document = opened(pdf(story(), replace(FURNITURE, logo=red_ink, logo_type=JPEG)))
    (image,) = images(document)
    assert image.ColorSpace == "/DeviceRGB"
    red, green, blue = image.read_bytes()[:3]
    assert red > 200
    assert green < 60
    assert blue < 60


def test_letters_of_a_drawing_are_drawn_in_fonts_that_are_in_the_document() -> None:
    content = pdf(story(), replace(FURNITURE, logo=LOAF, logo_type=SVG))
    assert "Loaf ☕" in words(content)
    document = opened(content)
    assert all(embedded(font) for font in fonts(document))


def test_the_business_is_named_beside_its_logo() -> None:
    content = pdf(story(), replace(FURNITURE, logo=LOAF, logo_type=SVG))
    assert all("Harbour Bakery" in page.extract_text() for page in reader(content).pages)


@pytest.mark.parametrize(
    "unsafe",
    [
        drawing("<script>alert(1)</script>"),
        drawing('<rect width="9" height="9" onclick="alert(1)"/>'),
        drawing('<image href="https://example.org/x.png" width="9" height="9"/>'),
        drawing('<image xlink:href="file:///etc/passwd" width="9" height="9"/>'),
        drawing('<image href="data:image/png;base64,AAAA" width="9" height="9"/>'),
        drawing('<use xlink:href="other.svg#part"/>'),
        drawing('<use href="//example.org/a.svg#part"/>'),
        drawing("<style>@import url(https://example.org/a.css);</style>"),
        drawing("<style>rect { fill: url( 'https://example.org/a.svg#b' ) }</style>"),
        drawing('<rect width="9" height="9" style="fill:url(http://example.org/a#b)"/>'),
        drawing("<foreignObject><p>x</p></foreignObject>"),
        drawing("<text>&secret;</text>", '<!DOCTYPE svg [<!ENTITY secret SYSTEM "file:///etc/passwd">]>'),
        drawing("<text>&a;</text>", '<!DOCTYPE svg [<!ENTITY a "b">]>'),
        drawing("", '<!DOCTYPE svg [<!ENTITY % p SYSTEM "https://example.org/a.dtd"> %p;]>'),
    ],
)
def test_drawings_that_reach_out_are_refused(unsafe: bytes) -> None:
    with pytest.raises(UserError, match=r"loaded from elsewhere|cannot be read"):
        check_logo(unsafe, SVG)


def test_a_thousand_million_copies_are_not_drawn() -> None:
    inner = '<defs><g id="a0"><rect width="1" height="1"/></g>'
    for place in range(1, 30):
        inner += f'<g id="a{place}">' + f'<use href="#a{place - 1}"/>' * 10 + "</g>"
    with pytest.raises(UserError):
        check_logo(drawing(inner + '</defs><use href="#a29"/>'), SVG)


def test_usual_drawings_are_taken() -> None:
    doctype = '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">'
    shaded = (
        '<defs><linearGradient id="g"><stop offset="0" stop-color="#fff"/><stop offset="1" stop-color="#00f"/>'
        '</linearGradient></defs><style>.a { fill: url(#g) }</style><rect class="a" width="200" height="100"/>'
        '<circle cx="50" cy="50" r="20" fill="#090" opacity="0.5"/>'
        '<a href="https://example.org"><path d="M0 0h9v9z"/></a>'
    )
    data = drawing(shaded, doctype)
    check_logo(data, SVG)
    content = pdf(story(), replace(FURNITURE, logo=data, logo_type=SVG))
    assert opened(content).check_pdf_syntax() == []


@pytest.mark.parametrize(
    ("data", "kind", "why"),
    [
        (b"not a picture", PNG, "no picture"), (b"", JPEG, "no picture"), (b"GIF89a", "image/gif", "no picture"),
        (picture("RGB", (30, 30), "red"), JPEG, "no picture"),
        (picture("RGB", (30, 30), "red")[:60], PNG, "no picture"),
        (picture("RGB", (300, 300), "red", "JPEG")[:200], JPEG, "no picture"),
        (picture("1", (9000, 9000), 1), PNG, "40 million"), (picture("1", (20000, 20000), 1), PNG, "40 million"),
        (bytes(MOST_BYTES + 1), PNG, "too large"), (picture("RGBA", (9, 9), (0, 0, 0, 0)), PNG, "transparent"),
        (b"<svg", SVG, "cannot be read"), (b"<html/>", SVG, "cannot be read"),
        (drawing("", "", 'width="0"'), SVG, "cannot be read"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_what_cannot_be_printed_is_refused_with_a_reason(data: bytes, kind: str, why: str) -> None:
    with pytest.raises(UserError) as error:
        check_logo(data, kind)
    assert why in error.value.what
    assert error.value.to_do


def test_a_broken_logo_from_elsewhere_never_keeps_a_report_from_being_made() -> None:
    for kind in (PNG, JPEG, SVG):
        content = pdf(story(), replace(FURNITURE, logo=b"broken", logo_type=kind))
        assert "Harbour Bakery" in words(content)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_pictures_broken_anywhere_are_refused_or_drawn_but_never_fail(data: st.DataObject) -> None:
    whole, kind = data.draw(st.sampled_from([
        (picture("RGBA", (12, 9), (9, 9, 200, 100)), PNG), (picture("RGB", (12, 9), "red", "JPEG"), JPEG), (LOAF, SVG),
    ]))  # fmt: skip
    at = data.draw(st.integers(0, len(whole) - 1))
    broken = whole[:at] + data.draw(st.binary(max_size=4)) + whole[at + data.draw(st.integers(0, 4)) :]
    try:
        check_logo(broken, kind)
    except UserError:
        return
    pdf([Text("x")], replace(FURNITURE, logo=broken, logo_type=kind))


class Accented(Flowable):  # type: ignore[misc]
    """Draws in the accent in all ways there are."""

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self.width, self.height = width, 60
        return width, 60

    def draw(self) -> None:
        self.canv.setFillColor(styles.ACCENT)
        self.canv.setStrokeColor(styles.ACCENT)
        self.canv.rect(0, 0, 20, 20, stroke=1, fill=1)
        self.canv.setFillColor(styles.ACCENT_GROUND)
        self.canv.rect(0, 0, 20, 20, stroke=0, fill=1)
        self.canv.setFillColor(styles.LEVER_COLOURS["worth"])
        self.canv.rect(0, 0, 20, 20, stroke=0, fill=1)
        draw(self.canv, "big", styles.BIG, 30, 10)


def _inks(content: bytes) -> set[tuple[str, ...]]:
    document = opened(content)
    found = set()
    for step in pikepdf.parse_content_stream(document.pages[0]):
        if str(step.operator) in ("rg", "RG"):
            found.add((str(step.operator), *(f"{float(share):.2f}" for share in step.operands)))  # type: ignore[arg-type]
    return found


def _as_ink(colour: str) -> tuple[str, ...]:
    return tuple(f"{int(colour[at : at + 2], 16) / 255:.2f}" for at in (1, 3, 5))


def test_the_business_colour_takes_the_place_of_ours_in_its_own_documents_only() -> None:
    ours, theirs = _inks(pdf([Accented()])), _inks(pdf([Accented()], replace(FURNITURE, colour="#8A1538")))
    accent, red, worth = _as_ink(styles.ACCENT), _as_ink("#8A1538"), _as_ink(styles.LEVER_COLOURS["worth"])
    assert {("rg", *accent), ("RG", *accent)} <= ours
    assert {("rg", *red), ("RG", *red)} <= theirs
    assert ("rg", *accent) not in theirs
    assert ("rg", *worth) in theirs
    assert _inks(pdf([Accented()])) == ours


def test_documents_of_two_businesses_made_at_once_do_not_mix() -> None:
    from concurrent.futures import ThreadPoolExecutor

    colours = ["#8A1538", "#00513B", "", "#3B2A00"] * 6

    def make(colour: str) -> bytes:
        return pdf([Accented() for _place in range(30)], replace(FURNITURE, colour=colour))

    alone = {colour: make(colour) for colour in colours}
    with ThreadPoolExecutor(4) as pool:
        for colour, content in zip(colours, pool.map(make, colours), strict=True):
            assert content == alone[colour]
