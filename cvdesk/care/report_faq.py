"""Questions and answers on paper."""

from __future__ import annotations

from pathlib import Path

from cvdesk.care.store_faq import FaqSheet
from cvdesk.catalogue.records import Letterhead
from cvdesk.catalogue.report_furniture import furniture
from cvdesk.errors import UserError
from cvdesk.pdf import styles
from cvdesk.pdf.blocks import Flowable, Heading, Text, Title
from cvdesk.pdf.document import Furniture, as_bytes
from cvdesk.pdf.document import save as save_pdf
from cvdesk.pdf.fonts import SEMIBOLD
from cvdesk.pdf.styles import Style
from cvdesk.wording import _

_FEW = 6  # questions
_QUESTION, _ANSWER = Style(15, 20, SEMIBOLD), Style(13, 19.5)


def faq_pdf(data: FaqSheet, paper: str = "a4") -> bytes:
    """Questions and answers as bytes; the same data gives the same bytes. UserError where there is no answer yet."""
    return as_bytes(_faq_story(data), _around(data, paper))


def save_faq_pdf(data: FaqSheet, path: Path, paper: str = "a4") -> None:
    """Writes questions and answers; UserError where it cannot be written, then nothing of it is left."""
    save_pdf(path, _faq_story(data), _around(data, paper))


def _faq_story(data: FaqSheet) -> list[Flowable]:
    if not data.faqs:
        raise UserError(
            _("There is no question with an answer to show yet."), _("Write an answer and tick “On the page”.")
        )
    said = _("What customers of {business} ask, and what we answer.").format(business=data.business.name)
    story: list[Flowable] = [
        Title(_("Questions and answers"), _("Questions and answers"), after=4), Text(said, styles.NOTE, after=4),
    ]  # fmt: skip
    if len(data.faqs) <= _FEW:
        return [*story, *(part for faq in data.faqs for part in _large(faq.question, faq.answer))]
    for faq in data.faqs:
        story.append(Heading(faq.question, before=16, outline=1))
        story.append(Text(faq.answer, styles.BODY))
    return story


def _large(question: str, answer: str) -> list[Flowable]:
    """In letters that are read across a counter, where the page has room for them."""
    asked = Text(question, _QUESTION, before=22, after=4, keep=True)
    asked.tag = "H2"
    return [asked, Text(answer, _ANSWER)]


def _around(data: FaqSheet, paper: str) -> Furniture:
    return furniture(Letterhead(data.business, data.logo), _("Questions and answers"), data.today, paper)


__all__ = ["faq_pdf", "save_faq_pdf"]
