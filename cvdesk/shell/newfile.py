"""A new business file: the name customers know, the currency, and where the file goes."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QLocale, Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from cvdesk.catalogue.records import Business
from cvdesk.errors import UserError
from cvdesk.exchange.new import make_business
from cvdesk.kit import ask, crash
from cvdesk.kit.dialog import Dialog
from cvdesk.kit.form import Form, text_field
from cvdesk.kit.theme import LARGE, SMALL, WIDE, Theme
from cvdesk.kit.widgets import TEXT, TITLE, button, column, label, line
from cvdesk.wording import _

# Locale and currency offered first; the system's own stands before them.
_PLACES = (
    ("en_GB", "GBP"), ("en_IE", "EUR"), ("en_US", "USD"), ("en_CA", "CAD"), ("en_AU", "AUD"), ("en_NZ", "NZD"),
    ("en_ZA", "ZAR"), ("en_IN", "INR"),
)  # fmt: skip


def places() -> list[tuple[str, str, str]]:
    """(locale, currency, words) to choose from; English everywhere, dates and money as in that country."""
    from babel import Locale

    system = QLocale.system()
    own = (
        f"en_{QLocale.territoryToCode(system.territory())}",
        system.currencySymbol(QLocale.CurrencySymbolFormat.CurrencyIsoCode),
    )
    found = []
    for locale, currency in dict.fromkeys(((own,) if own[1] and len(own[0]) == 5 else ()) + _PLACES):
        country = locale.split("_")[1]
        name = Locale("en").territories.get(country, country)
        found.append((locale, currency, f"{name} ({currency})"))
    return found


class NewFileDialog(Dialog):
    """Asks the two things a file needs and makes it where the person says."""

    made = Signal(object)

    def __init__(self, theme: Theme, folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(theme.px(480), parent)
        self._folder = folder
        self.setWindowTitle(_("New business file"))
        box = column(self, LARGE, (WIDE, WIDE, WIDE, WIDE))
        box.addWidget(label(theme, _("Your business"), TITLE, strong=True))
        box.addWidget(
            label(
                theme,
                _("Everything goes into one file on this computer. Nothing leaves it."),
                TEXT,
                tone="quiet",
                wrap=True,
            )
        )
        self.form = Form(theme)
        self.name: QLineEdit = text_field(placeholder=_("for example Harbour Bakery"))
        self.place = QComboBox()
        for locale, currency, words in places():
            self.place.addItem(words, (locale, currency))
        self.form.field("name", _("Name customers know"), self.name)
        self.form.field("place", _("Country and currency"), self.place)
        self.form.submitted.connect(self.make)
        self.form.left.connect(self.reject)
        box.addWidget(self.form)
        row = line(SMALL)
        row.addStretch(1)
        row.addWidget(button(theme, _("Cancel"), self.reject))
        self.make_button = button(theme, _("Choose where to keep it…"), self.make, "main")
        row.addWidget(self.make_button)
        box.addLayout(row)
        self.name.setFocus()

    def make(self) -> None:
        """Makes the file, or says what is missing."""
        name = self.name.text().strip()
        if not name:
            self.form.show_problems({"name": _("Give the name your customers know.")})
            self.fit()
            return
        self.form.show_problems({})
        plain = "".join(mark for mark in name if mark not in '<>:"/\\|?*') or "business"
        kinds = _("Business files") + " (*.cvdesk)"
        path = ask.prompts.save_file(self, _("Where to keep the file"), self._folder / f"{plain}.cvdesk", kinds)
        if path is None:
            return
        path = path if path.suffix == ".cvdesk" else path.with_name(path.name + ".cvdesk")
        locale, currency = self.place.currentData()
        try:
            made = make_business(path, Business(name, currency, "", locale, locale.split("_")[1]))
        except UserError as error:
            crash.report(error)
            return
        self.accept()
        self.made.emit(made)
