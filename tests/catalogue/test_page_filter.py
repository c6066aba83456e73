"""The lists above a page's figures that choose what they are of."""

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget

from cvdesk.catalogue.page_filter import FilterBar
from cvdesk.catalogue.records import Business
from cvdesk.exchange.new import make_business
from tests.desk import TODAY
from tests.pages import make_session


class Windows(QObject):
    """Counts what is shown as a window of its own."""

    def __init__(self):
        super().__init__()
        self.shown: list[str] = []

    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.shown.append(type(watched).__name__)
        return False


@pytest.fixture
def session(qtbot, tmp_path):
    file = make_business(tmp_path / "shop.cvdesk", Business("Shop"))
    made = make_session(QApplication.instance(), file, TODAY)
    yield made
    made.close()


@pytest.mark.parametrize("with_period", [True, False])
def test_no_window_flashes_up_while_the_lists_are_made(qtbot, session, with_period):
    windows = Windows()
    app = QApplication.instance()
    app.installEventFilter(windows)
    bar = FilterBar(session, with_period=with_period)
    app.removeEventFilter(windows)
    qtbot.addWidget(bar)
    assert windows.shown == []
