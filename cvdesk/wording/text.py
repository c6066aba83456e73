"""Words through gettext: one domain, catalogues in resources/translations, English as written in the code."""

from __future__ import annotations

import gettext

from cvdesk.paths import resources


class _Spoken:
    """The catalogue in use: one language at a time for screen, paper and command line alike."""

    catalogue: gettext.NullTranslations = gettext.NullTranslations()


def use_language(language: str) -> None:
    """Takes the catalogue of a language ("de", "pt_BR"); English where there is none."""
    folder = resources() / "translations"
    _Spoken.catalogue = gettext.translation("cvdesk", folder, languages=[language], fallback=True)


def languages() -> list[str]:
    """The languages there are words in: English and every catalogue."""
    folder = resources() / "translations"
    return sorted({"en", *(found.parent.parent.name for found in folder.glob("*/LC_MESSAGES/cvdesk.mo"))})


def _(message: str) -> str:
    """The sentence in the person's language."""
    return _Spoken.catalogue.gettext(message)


def ngettext(one: str, many: str, count: int) -> str:
    """The sentence for this count, by the plural rules of the language."""
    return _Spoken.catalogue.ngettext(one, many, count)
