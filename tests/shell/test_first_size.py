"""How large the window opens the first time."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSize

from cvdesk.shell.window import first_size


@pytest.mark.parametrize(
    ("screen", "window"),
    [
        ((1920, 1040), (1360, 800)), ((1366, 768), (1358, 728)), ((1280, 800), (1272, 760)), ((1024, 700), (1016, 660)),
        ((800, 600), (1360, 800)),
    ],
)  # fmt: skip
def test_all_of_the_window_is_on_the_screen(screen, window):
    assert first_size(QSize(*screen)) == QSize(*window)
