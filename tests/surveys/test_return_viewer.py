"""A form filled in by the mouse and the keys of a real viewer (the engine of Chrome), saved, and brought back."""

import io

import pikepdf
import pypdfium2
import pytest
from pypdfium2 import raw

from cvdesk.value.records import AnswerValue
from tests.figures.shop import new_shop
from tests.surveys.paper import asked, bring, form_bytes, make_sheets, make_survey


class Viewer:
    """Shows the first page of a form; clicks go to the middle of a box or field."""

    def __init__(self, content: bytes) -> None:
        self.places: dict[tuple[str, str], list[float]] = {}
        with pikepdf.open(io.BytesIO(content)) as document:
            for field in document.Root.AcroForm.Fields:
                for kid in field.get("/Kids", [field]):
                    states = [key[1:] for key in dict(kid.AP.N.items()) if key != "/Off"] if "/AS" in kid else [""]
                    self.places[str(field.T), states[0]] = [float(edge) for edge in kid.Rect]
        self.document = pypdfium2.PdfDocument(content)
        self.document.init_forms()
        self.page = self.document[0]

    def click(self, field: str, value: str = "") -> None:
        left, bottom, right, top = self.places[field, value]
        at = (self.document.formenv, self.page, 0, (left + right) / 2, (bottom + top) / 2)
        raw.FORM_OnMouseMove(*at)
        raw.FORM_OnLButtonDown(*at)
        raw.FORM_OnLButtonUp(*at)

    def type(self, text: str) -> None:
        for sign in text:
            raw.FORM_OnChar(self.document.formenv, self.page, ord(sign), 0)

    def saved(self) -> bytes:
        raw.FORM_ForceToKillFocus(self.document.formenv)
        out = io.BytesIO()
        self.document.save(out)
        self.document.close()
        return out.getvalue()


@pytest.fixture
def file(tmp_path):
    with new_shop(tmp_path) as opened:
        yield opened


def test_clicks_and_keys_in_a_viewer_come_back(file, tmp_path):
    (sheet,) = make_sheets(file, make_survey(file, "minute"))
    viewer = Viewer(form_bytes(file, sheet, tmp_path))
    *scales, words = asked(file, sheet)
    for item in scales:
        viewer.click(item.field, "4")
    viewer.click(scales[0].field, "na")
    viewer.click(scales[1].field, "2")  # thought better of it
    viewer.click(words.field)
    viewer.type("Grüße, ça va?")
    found = bring(file, tmp_path, viewer.saved())
    assert found.outcome == "ready"
    assert found.returned.answers == {
        scales[0].version: AnswerValue("not_apply", None),
        scales[1].version: AnswerValue("answered", 2.0),
        scales[2].version: AnswerValue("answered", 4.0),
        scales[3].version: AnswerValue("answered", 4.0),
        scales[4].version: AnswerValue("answered", 4.0),
        words.version: AnswerValue("answered", None, "Grüße, ça va?"),
    }
