"""The choices of handing out."""

from __future__ import annotations

from datetime import date

import pytest

from cvdesk.kit.theme import Theme
from cvdesk.surveys.form_ask import AskForm
from cvdesk.surveys.page_ask_people import PeopleCard
from cvdesk.surveys.store_ask import Audience, Candidates
from tests.pages import said


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


def test_everybody_in_the_file_can_be_asked(qtbot, qapp):
    form = AskForm(Theme(qapp, "light"), [], [], [], 90)
    qtbot.addWidget(form)
    assert not form.audience().everybody
    form.bought._choose("everybody")
    assert form.audience() == Audience(everybody=True)


def test_where_nobody_was_heard_of_lately_it_is_said_how_to_ask_the_others(qtbot, qapp):
    card = PeopleCard(Theme(qapp, "light"), lambda: date(2026, 6, 17))
    qtbot.addWidget(card)
    nobody = Candidates((), (), (), ())
    card.show_people(nobody, (), False, "email")
    assert "choose “Everybody in the file”" in said(card)
    card.show_people(nobody, (), False, "email", everybody=True)
    assert "“Everybody in the file”" not in said(card)
