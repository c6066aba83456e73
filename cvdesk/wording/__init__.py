"""Every sentence of the program: gettext catalogues for words, Babel for numbers, dates and money."""

from cvdesk.wording.text import _, ngettext, use_language

__all__ = ["_", "ngettext", "use_language"]
