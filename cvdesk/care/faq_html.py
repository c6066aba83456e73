"""Questions and answers as one web page: no script, nothing from elsewhere, everything typed is shown as text."""

from __future__ import annotations

import html
import unicodedata
from pathlib import Path

from cvdesk.care.records_community import Faq
from cvdesk.care.store_faq import FaqSheet
from cvdesk.db.writing import refuse_database, save_bytes
from cvdesk.errors import UserError
from cvdesk.wording import _
from cvdesk.wording.numbers import day

_LONG = 6  # from so many questions on a list of them stands at the top
_STYLE = """
:root { color-scheme: light dark; }
body { margin: 0; background: #f6f7f9; color: #1b2430; font: 1.05rem/1.6 system-ui, sans-serif; }
main { max-width: 42rem; margin: 0 auto; padding: 2.5rem 1.25rem 4rem; }
h1 { font-size: 1.9rem; line-height: 1.25; margin: 0 0 .25rem; }
h2 { font-size: 1.15rem; line-height: 1.4; margin: 2rem 0 .25rem; padding-top: 1.5rem; border-top: 1px solid #e3e6ea; }
p { margin: .5rem 0; overflow-wrap: anywhere; }
h1, h2, li { overflow-wrap: anywhere; }
.quiet { color: #5d6b7c; }
a { color: #0f5e8c; }
a:focus-visible { outline: 2px solid #0f5e8c; outline-offset: 2px; }
ul { padding-left: 1.25rem; }
@media (prefers-color-scheme: dark) {
  body { background: #14181d; color: #e8ecf1; }
  h2 { border-color: #2c333b; }
  .quiet { color: #a3afbd; }
  a { color: #5db3e6; }
  a:focus-visible { outline-color: #5db3e6; }
}
@media print {
  body { background: #fff; color: #000; font-size: 11pt; }
  main { max-width: none; padding: 0; }
  nav { display: none; }
  h2 { break-after: avoid; }
  p { break-inside: avoid; }
}
"""


def page(data: FaqSheet) -> str:
    """The web page. UserError where there is no question with an answer."""
    if not data.faqs:
        raise UserError(
            _("There is no question with an answer to show yet."), _("Write an answer and tick “On the page”.")
        )
    title = _("Questions and answers")
    whose = _("{title}: {business}").format(title=title, business=data.business.name)
    parts = [
        "<!doctype html>",
        f'<html lang="{_text(data.business.language.replace("_", "-"))}">',
        "<head>",
        '<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">",
        f"<title>{_text(whose)}</title>",
        f"<style>{_STYLE}</style>",
        "</head>",
        "<body>",
        "<main>",
        f"<h1>{_text(title)}</h1>",
        f'<p class="quiet" dir="auto">{_text(data.business.name)}</p>',
    ]
    if len(data.faqs) >= _LONG:
        parts += _list(data.faqs)
    for number, faq in enumerate(data.faqs, start=1):
        parts.append(f'<section aria-labelledby="q{number}">')
        parts.append(f'<h2 id="q{number}" dir="auto">{_text(faq.question)}</h2>')
        parts += [f'<p dir="auto">{_lines(one)}</p>' for one in _paragraphs(faq.answer)]
        parts.append("</section>")
    made = _("As of {day}").format(day=day(data.today))
    parts += [f'<footer><p class="quiet">{_text(made)}</p></footer>', "</main>", "</body>", "</html>", ""]
    return "\n".join(parts)


def save(data: FaqSheet, path: Path) -> None:
    """Writes the page; UserError where it cannot be written, then nothing of it is left."""
    refuse_database(path)
    save_bytes(path, page(data).encode("utf-8"))


def _list(faqs: tuple[Faq, ...]) -> list[str]:
    items = [
        f'<li dir="auto"><a href="#q{number}">{_text(faq.question)}</a></li>'
        for number, faq in enumerate(faqs, start=1)
    ]
    return [f'<nav aria-label="{_text(_("Questions"))}">', "<ul>", *items, "</ul>", "</nav>"]


def _paragraphs(text: str) -> list[str]:
    """Blocks between empty lines."""
    found: list[list[str]] = [[]]
    for one in text.splitlines():
        if one.strip():
            found[-1].append(one.strip())
        elif found[-1]:
            found.append([])
    return ["\n".join(block) for block in found if block]


def _lines(block: str) -> str:
    return "<br>\n".join(_text(one) for one in block.split("\n"))


def _text(text: str) -> str:
    """Plain text for a page, also within quotes; marks no page may hold become a sign in their place."""
    kept = "".join("\ufffd" if unicodedata.category(mark) in ("Cc", "Cs") and mark != "\t" else mark for mark in text)
    return html.escape(kept, quote=True)


__all__ = ["page", "save"]
