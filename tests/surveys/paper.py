"""What tests of survey forms share: a survey in a file, its sheets as PDFs, somebody who fills them in."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path
from typing import Any

import pikepdf
from pypdf import PdfReader, PdfWriter
from pypdf.generic import NameObject

from cvdesk.catalogue import store as catalogue
from cvdesk.db import BusinessFile
from cvdesk.surveys import report_form, store
from cvdesk.surveys.records import Survey, SurveySheet, composed
from cvdesk.surveys.records_items import Item, items
from cvdesk.surveys.records_return import Brought
from cvdesk.surveys.store_return import read_files

DAY = date(2026, 11, 2)
MORE = ("importance", "lever_points")


def make_survey(file: BusinessFile, form: str = "short", more: bool = False, **about: Any) -> Survey:
    """A saved survey of a form; `more`: with the questions of importance and points."""
    asked = list(composed(form, catalogue.questions(file), catalogue.factors(file)))
    if more:
        asked += [one for one in catalogue.questions(file) if one.key in MORE]
    made = Survey(None, about.pop("name", "Bread round"), form, tuple(one.version_id for one in asked), DAY, **about)
    return store.get(file, file.run("Survey", lambda op: store.save(op, made)).result)


def make_sheets(
    file: BusinessFile, survey: Survey, blank: int = 1, customers: tuple[int, ...] = ()
) -> list[SurveySheet]:
    """Sheets of it, handed out; the same file gives the same codes."""
    made = file.run(
        "Hand out", lambda op: store.hand_out(op, survey, DAY, "pdf", customers, blank, draw=store.seeded(7))
    ).result
    return store.sheets(file, made)


def form_bytes(file: BusinessFile, sheet: SurveySheet, folder: Path) -> bytes:
    """The form of a sheet, to be filled in on the screen."""
    target = folder / f"{sheet.code}.pdf"
    report_form.form_pdf(file, sheet.survey_id, [sheet.id], target=target, made=DAY, fillable=True)
    return target.read_bytes()


def asked(file: BusinessFile, sheet: SurveySheet) -> list[Item]:
    """What a sheet asks, piece by piece."""
    return items(store.questions(file, store.get(file, sheet.survey_id), sheet), catalogue.factors(file), "", "")


def fill_by_pypdf(content: bytes, values: dict[str, str]) -> bytes:
    """The form as a respondent would leave it, by one library: crosses as names, words as text."""
    writer = PdfWriter(clone_from=io.BytesIO(content))
    crosses = _crossed(content)
    given = {name: f"/{value}" if name in crosses else value for name, value in values.items()}
    writer.update_page_form_field_values(None, given, auto_regenerate=False)
    for one in writer._objects:
        kind = one.get_object() if one is not None else None
        if isinstance(kind, dict) and kind.get("/T") in crosses and kind.get("/T") in values:
            kind[NameObject("/V")] = NameObject(f"/{values[kind['/T']]}")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _crossed(content: bytes) -> set[str]:
    fields = PdfReader(io.BytesIO(content)).get_fields() or {}
    return {name for name, field in fields.items() if field.get("/FT") == "/Btn"}


def fill_by_pikepdf(content: bytes, values: dict[str, str]) -> bytes:
    """The same by another library, straight into the objects, as form programs save them."""
    with pikepdf.open(io.BytesIO(content)) as document:
        for field in document.Root.AcroForm.Fields:
            name = str(field.T)
            if name not in values:
                continue
            if pikepdf.Name.Btn == field.FT:
                field.V = pikepdf.Name(f"/{values[name]}")
                for kid in field.Kids:
                    shown = f"/{values[name]}"
                    kid.AS = pikepdf.Name(shown) if shown in kid.AP.N else pikepdf.Name.Off
            else:
                field.V = pikepdf.String(values[name])
        out = io.BytesIO()
        document.save(out)
        return out.getvalue()


def filled(file: BusinessFile, sheet: SurveySheet, folder: Path, value: str = "4") -> bytes:
    """The form with its first five questions answered."""
    return fill_by_pikepdf(form_bytes(file, sheet, folder), {item.field: value for item in asked(file, sheet)[:5]})


def bring(file: BusinessFile, folder: Path, content: bytes, name: str = "form.pdf") -> Brought:
    """What is made of a file with this content."""
    path = folder / name
    path.write_bytes(content)
    (found,) = read_files(file, [path])
    return found
