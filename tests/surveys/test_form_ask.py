"""The choices of handing out."""

from __future__ import annotations

import pytest

from cvdesk.kit.theme import Theme
from cvdesk.surveys.form_ask import AskForm


@pytest.mark.parametrize(
    ("anonymous", "way", "linked"),
    [(True, "pdf", True), (True, "email", True), (True, "paper", False), (True, "phone", False), (False, "pdf", False)],
)
def test_without_names_by_mail_it_is_said_what_still_links_name_and_answer(qtbot, qapp, anonymous, way, linked):
    form = AskForm(Theme(qapp, "light"), [], [], [], 90, anonymous)
    qtbot.addWidget(form)
    form.way.choose(way)
    form._way_chosen()
    assert form.still_linked.isVisibleTo(form) == linked
    assert "your mailbox still link each name to its answers" in form.still_linked.text()
