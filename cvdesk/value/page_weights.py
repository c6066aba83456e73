"""The menu of whose word on weights counts, with the value each would give."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtWidgets import QMenu, QWidget

from cvdesk.catalogue import store as catalogue
from cvdesk.kit.menus import menu_button, offer
from cvdesk.kit.session import Session
from cvdesk.kit.widgets import line, tooltip
from cvdesk.stats.intervals import Estimate
from cvdesk.value.page_words import nets_words, source_name, weights_words
from cvdesk.value.records import Scorecard, WeightChoice, WeightSource
from cvdesk.value.store_scorecard import POPULATION
from cvdesk.value.store_weights import choose_weights
from cvdesk.wording import _
from cvdesk.wording import figures as words
from cvdesk.wording.numbers import signed


class WeightsButton(QWidget):
    """Says whose word counts and lets the owner choose; also whether the customers on file are all there are."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._card: Scorecard | None = None
        self._narrow = False
        self._nets: Mapping[WeightSource, Estimate] | None = None
        self.button = menu_button(session.theme, "", _("Weights"), self._fill)
        box = line(0)
        box.addWidget(self.button)
        self.setLayout(box)

    def show_card(self, card: Scorecard, nets: Mapping[WeightSource, Estimate] | None) -> None:
        """Shows whose word this scorecard uses; `nets`: what the others would give, as soon as that is known."""
        self._card, self._nets = card, nets
        self.button.setAccessibleName(weights_words(card))
        self.button.setToolTip(tooltip(nets_words(nets) if nets else ""))
        self._name()

    def set_narrow(self, narrow: bool) -> None:
        """Says in little room only that there are weights."""
        self._narrow = narrow
        self._name()

    def _name(self) -> None:
        if self._card is not None:
            self.button.setText(_("Weights") if self._narrow else weights_words(self._card))

    def _fill(self, menu: QMenu) -> None:
        card = self._card
        if card is None:
            return
        offer(menu, _("The best there is: customers' word, else yours"), partial(self._choose, "auto"),
              card.wanted == "auto")  # fmt: skip
        sources: tuple[WeightSource, ...] = ("customers", "owner", "equal")
        for source in sources:
            offer(menu, self._named(source), partial(self._choose, source), card.wanted == source)
        menu.addSeparator()
        on = bool(catalogue.setting(self._session.file, POPULATION, False))
        text = _("The customers on file are all there are: narrower ranges")
        offer(menu, text, partial(self._set_population, not on), on)

    def _named(self, source: WeightSource) -> str:
        """Whose word, and what it gives."""
        name = source_name(source).capitalize()
        if self._nets is None:
            return name
        net = self._nets.get(source)
        if net is None:
            return _("{source}: nobody has said yet").format(source=name)
        if net.value is None:
            return name
        return _("{source}: {net} ({range})").format(
            source=name, net=signed(net.value), range=words.interval(net, with_sign=True)
        )

    def _choose(self, wanted: WeightChoice) -> None:
        if self._card is not None and wanted != self._card.wanted:
            self._session.run(_("Whose word on weights counts"), partial(choose_weights, wanted=wanted))

    def _set_population(self, on: bool) -> None:
        label = _("Whether the customers on file are all there are")
        self._session.run(label, partial(catalogue.save_setting, key=POPULATION, value=on))
