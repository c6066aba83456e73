"""Forms that come back: files read beside the window, tied to their sheets, and taken in as one step."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from pathlib import Path

from cvdesk.catalogue import store as catalogue
from cvdesk.catalogue.records import Factor
from cvdesk.db import Operation, Queries
from cvdesk.errors import UserError
from cvdesk.feedback.mail import read_email
from cvdesk.surveys import store
from cvdesk.surveys.records import Returned, Survey, SurveySheet
from cvdesk.surveys.records_codes import as_code
from cvdesk.surveys.records_items import Item, assembled, items
from cvdesk.surveys.records_marker import Marker, read_marker
from cvdesk.surveys.records_reply import Reply, codes_in, read_reply
from cvdesk.surveys.records_return import LARGEST, Brought, RawForm, same_answers
from cvdesk.surveys.records_return_files import attached_pdfs, decoded
from cvdesk.surveys.store_return_pdf import NotRead, read_pdf
from cvdesk.value.records import AnswerValue
from cvdesk.wording import _
from cvdesk.wording.numbers import whole

__all__ = ["Decided", "TakenIn", "Waiting", "read_files", "reply_to", "sheet_of_text", "take_in_all", "waiting"]

_FORMER = """
SELECT answers.question_version_id AS version, answers.state, answers.value, answers.text
FROM assessments JOIN answers ON answers.assessment_id = assessments.id
WHERE assessments.sheet_id = ? AND assessments.state = 'done'
"""
_NAME = "SELECT name FROM customers WHERE id = ?"
_OFFERING = "SELECT name FROM offerings WHERE id = ?"
_DRAFTED = "SELECT 1 FROM assessments WHERE sheet_id = ? AND state = 'draft'"
# Sheets that went out by e-mail and may still be answered: a reply may have lost its code.
_WAITING = """
SELECT sheets.id, sheets.code, surveys.name AS survey, COALESCE(customers.name, '') AS who, sheets.asked
FROM sheets JOIN surveys ON surveys.id = sheets.survey_id LEFT JOIN customers ON customers.id = sheets.customer_id
WHERE sheets.answered IS NULL AND sheets.way IN ('email', 'pdf')
ORDER BY sheets.asked DESC, sheets.id DESC LIMIT 500
"""
_TEXTS = (".txt", ".text")

Watch = Callable[[int], bool]


@dataclass(frozen=True, slots=True)
class Decided:
    """A form that is to be taken in; `replace`: instead of the answers that are here."""

    brought: Brought
    replace: bool = False


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What became of a batch: how many forms were taken in, how many of them instead of former answers, and what
    could not be, name -> why."""

    count: int
    replaced: int
    refused: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Waiting:
    """A sheet that went out by e-mail: its code, its survey and whose it is, empty for nobody's."""

    sheet_id: int
    code: str
    survey: str
    who: str


@dataclass(frozen=True, slots=True)
class _Known:
    """A form's sheet and survey, and what it asks piece by piece. `sheet` None: a form for nobody in particular."""

    survey: Survey
    sheet: SurveySheet | None
    asked: tuple[Item, ...]


def read_files(db: Queries, paths: Sequence[Path], go_on: Watch = lambda _done: True) -> list[Brought]:
    """Every form of these files, in order. Nothing is changed; `go_on(files read)` may end it early."""
    found: list[Brought] = []
    seen: dict[object, Brought] = {}
    for number, path in enumerate(paths, start=1):
        for one in _read_file(db, path):
            found.append(_against(one, seen))
        if not go_on(number):
            break
    return found


def _against(one: Brought, seen: dict[object, Brought]) -> Brought:
    """A form beside those read before it in the same list. Without a code only the same file is the same form: two
    people may well say the same."""
    if one.returned is None or one.outcome not in ("ready", "differs"):
        return one
    key: object = one.sheet_id if one.sheet_id is not None else one.digest
    before = seen.setdefault(key, one)
    if before is one or before.returned is None:
        return one
    if same_answers(one.returned, before.returned.answers):
        return replace(one, outcome="twice")
    return replace(one, outcome="differs", before=None)


def _read_file(db: Queries, path: Path) -> Iterator[Brought]:
    try:
        if path.stat().st_size > LARGEST:
            yield Brought(path.name, "too_big")
            return
        content = path.read_bytes() if path.is_file() else None  # reading what is none may never end
    except OSError:
        content = None
    if content is None:
        yield Brought(path.name, "unreadable")
        return
    if not content:
        yield Brought(path.name, "no_bytes")
        return
    if b"%PDF-" in content[:1024]:
        yield _pdf(db, path.name, content)
    elif path.suffix.lower() == ".eml":
        yield from _email(db, path.name, content)
    elif path.suffix.lower() in _TEXTS:
        yield _text(db, path.name, decoded(content))
    else:
        yield Brought(path.name, "no_form")


def _email(db: Queries, name: str, content: bytes) -> Iterator[Brought]:
    """The forms attached to an e-mail; where there are none, its text."""
    try:
        mail = read_email(content)
    except UserError:
        yield Brought(name, "no_form")
        return
    attached = attached_pdfs(content)
    for inside in attached:
        yield _pdf(db, name, inside)
    if not attached:
        yield _text(db, name, f"{mail.text}\n{mail.subject}")


def _text(db: Queries, name: str, text: str) -> Brought:
    """A reply as a text: its code says which sheet it answers."""
    known = next((one for one in (_of_code(db, code) for code in codes_in(text)) if one is not None), None)
    if known is None:
        return Brought(name, "unknown" if codes_in(text) else "foreign")
    reply = read_reply(text, known.asked, known.survey.thanks)
    return _brought(db, name, known, reply.returned, [*reply.left_out, *_not_understood(reply, known.asked)])


def _pdf(db: Queries, name: str, content: bytes) -> Brought:
    try:
        raw = read_pdf(content)
    except NotRead as error:
        return Brought(name, error.fault)
    ours = {field for field in raw.fields if field[:1] == "q" and field[1:].partition("-")[0].isdigit()}
    try:
        marked: Marker | None = read_marker(raw.marker)
    except ValueError:
        marked = None
    if marked is not None and not marked.known:
        return Brought(name, "newer")
    if not ours or (marked is None and not codes_in(raw.text)):
        return _without_fields(db, name, raw, marked)
    known = _known(db, marked, raw, ours)
    if known is None:
        return Brought(name, "unknown", business=_other_business(db, raw.author))
    if {item.field for item in known.asked if not item.part} - ours:
        return Brought(name, "damaged", code=known.sheet.code if known.sheet else "")
    given, left_out = _given(raw, known.asked)
    returned, more = assembled(known.asked, given)
    made = _brought(db, name, known, returned, [*left_out, *more])
    return made if known.sheet is not None else replace(made, digest=sha256(content).hexdigest())


def _without_fields(db: Queries, name: str, raw: RawForm, marked: Marker | None) -> Brought:
    """A form printed or flattened into a picture, or something else altogether."""
    codes = [marked.code] if marked is not None and marked.code else codes_in(raw.text)
    for code in codes:
        found = store.sheet_by_code(db, code)
        if found is not None:
            survey = store.get(db, found.survey_id)
            return Brought(
                name, "picture", survey.id, survey.name, found.id, found.code, _who(db, found), before=found.answered
            )
    if codes:
        return Brought(name, "unknown", business=_other_business(db, raw.author))
    return Brought(name, "foreign" if raw.text.strip() or raw.fields else "picture")


def _known(db: Queries, marked: Marker | None, raw: RawForm, ours: set[str]) -> _Known | None:
    parts = {part for _version, _sign, part in (field.partition("-") for field in ours) if part}
    codes = codes_in(raw.text) if marked is None else [marked.code] if marked.code else []
    for code in codes:
        found = _of_code(db, code, parts)
        if found is not None and (marked is None or found.survey.id == marked.survey_id):
            return found
    if codes or marked is None:
        return None
    try:
        survey = store.get(db, marked.survey_id)
    except LookupError:
        return None
    there = {field[1:].partition("-")[0] for field in ours}
    asking = _asking(survey, [version for version in survey.questions if str(version) in there])
    asked = _items(db, survey, asking, parts)
    return _Known(survey, None, tuple(asked))


def _asking(survey: Survey, versions: Sequence[int]) -> Survey:
    """The survey as if it asked only these."""
    return replace(survey, questions=tuple(versions))


def _of_code(db: Queries, code: str, parts: set[str] | None = None) -> _Known | None:
    try:
        sheet = store.sheet_by_code(db, as_code(code))
    except ValueError:
        return None
    if sheet is None:
        return None
    survey = store.get(db, sheet.survey_id)
    asked = _items(db, survey, _asking(survey, sheet.questions), parts or set())
    return _Known(survey, sheet, tuple(asked))


def _items(db: Queries, survey: Survey, asking: Survey, parts: set[str]) -> list[Item]:
    """`parts`: of questions that are answered in parts, also such as are no longer among the factors."""
    factors = catalogue.factors(db)
    gone = parts - {factor.key for factor in factors}
    factors += [Factor(0, key, "", key, "", False, None, ()) for key in sorted(gone)]
    offer = db.value(_OFFERING, (survey.offering_id,)) if survey.offering_id is not None else ""
    return items(store.questions(db, asking), factors, catalogue.business(db).name, str(offer or ""))


def reply_to(db: Queries, sheet_id: int, text: str) -> tuple[Brought, Reply, list[Item]]:
    """A pasted reply, read as one to this sheet: what it would bring, what was understood, and what was asked."""
    sheet = store.sheet(db, sheet_id)
    survey = store.get(db, sheet.survey_id)
    asked = _items(db, survey, _asking(survey, sheet.questions), set())
    reply = read_reply(text, asked, survey.thanks)
    left_out = [*reply.left_out, *_not_understood(reply, asked)]
    return _brought(db, sheet.code, _Known(survey, sheet, tuple(asked)), reply.returned, left_out), reply, asked


def sheet_of_text(db: Queries, text: str) -> int | None:
    """The sheet whose code stands in a text; None where there is none of this file."""
    sheets = (store.sheet_by_code(db, code) for code in codes_in(text))
    return next((sheet.id for sheet in sheets if sheet is not None), None)


def waiting(db: Queries) -> list[Waiting]:
    """Sheets that went out by e-mail and have not come back, the latest first."""
    return [Waiting(row["id"], row["code"], row["survey"], row["who"]) for row in db.rows(_WAITING)]


def _not_understood(reply: Reply, asked: Sequence[Item]) -> list[str]:
    return [_off(item, reply.unread[item.field]) for item in asked if item.field in reply.unread]


def _off(item: Item, said: str) -> str:
    return _("Question {number}: “{words}” is no answer to it, so it is left out.").format(
        number=whole(item.number), words=said[:60]
    )


def _given(raw: RawForm, asked: Sequence[Item]) -> tuple[dict[str, AnswerValue], list[str]]:
    """What stands in the fields, exactly as it was typed; what is off the scale is left out, in words."""
    given: dict[str, AnswerValue] = {}
    left_out = []
    for item in asked:
        said = raw.fields.get(item.field, "").replace("\r\n", "\n").replace("\r", "\n")
        plain = said.strip()
        if not plain or (plain == "Off" and item.kind != "text"):
            continue
        if item.kind == "text":
            given[item.field] = AnswerValue("answered", None, said)
        elif plain == "na":
            given[item.field] = AnswerValue("not_apply", None)
        elif plain.isascii() and plain.isdigit() and len(plain) < 4 and int(plain) in item.scale:
            given[item.field] = AnswerValue("answered", float(plain))
        else:
            left_out.append(_off(item, plain))
    return given, left_out


def _brought(db: Queries, name: str, known: _Known, returned: Returned, left_out: Sequence[str]) -> Brought:
    survey, sheet = known.survey, known.sheet
    versions = tuple(dict.fromkeys(item.version for item in known.asked))
    made = Brought(
        name, "ready", survey.id, survey.name, sheet.id if sheet else None, sheet.code if sheet else "",
        _who(db, sheet), returned, versions, tuple(left_out), ended=survey.ended,
    )  # fmt: skip
    if returned.empty:
        return replace(made, outcome="empty")
    if sheet is None:
        return made
    former = {
        row["version"]: AnswerValue(row["state"], row["value"], row["text"]) for row in db.rows(_FORMER, (sheet.id,))
    }
    if not former:
        return made
    return replace(made, outcome="same" if same_answers(returned, former) else "differs", before=sheet.answered)


def _who(db: Queries, sheet: SurveySheet | None) -> str:
    if sheet is None or sheet.customer_id is None:
        return ""
    return str(db.value(_NAME, (sheet.customer_id,)) or "")


def _other_business(db: Queries, author: str) -> str:
    return author if author and author != catalogue.business(db).name else ""


def take_in_all(op: Operation, decided: Sequence[Decided], day: date) -> TakenIn:
    """Takes these forms in, one after the other. What meanwhile cannot be taken in is left out and named."""
    count = replaced = 0
    refused: list[tuple[str, str]] = []
    for one in decided:
        brought = one.brought
        if brought.returned is None or brought.survey_id is None:
            raise ValueError(f"{brought.name} was not read")
        try:
            sheet_id = brought.sheet_id
            if sheet_id is None:
                survey = store.get(op, brought.survey_id)
                sheet_id = store.counter_sheet(op, survey, asked=brought.versions, way="pdf")
            begun = op.value(_DRAFTED, (sheet_id,)) is not None
            store.take_in(op, sheet_id, brought.returned, day, replace=one.replace or begun)
        except (UserError, LookupError) as error:
            refused.append((brought.name, _why(error)))
        else:
            count += 1
            replaced += one.replace
    return TakenIn(count, replaced, tuple(refused))


def _why(error: Exception) -> str:
    return str(error) if isinstance(error, UserError) else _("Its survey or its sheet is no longer in this file.")
