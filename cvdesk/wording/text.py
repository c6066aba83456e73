"""Words through gettext: one domain, catalogues in resources/translations, English as written in the code."""

from __future__ import annotations

import gettext

from cvdesk.paths import resources

_catalogue: gettext.NullTranslations = gettext.NullTranslations()


def use_language(language: str) -> None:
    """Takes the catalogue of a language ("de", "pt_BR"); English where there is none."""
    global _catalogue
    folder = resources() / "translations"
    _catalogue = gettext.translation("cvdesk", folder, languages=[language], fallback=True)


def _(message: str) -> str:
    """The sentence in the person's language."""
    return _catalogue.gettext(message)


def ngettext(one: str, many: str, count: int) -> str:
    """The sentence for this count, by the plural rules of the language."""
    return _catalogue.ngettext(one, many, count)
