"""The Feedback page, asked to show what has gone."""

from datetime import date

from cvdesk.catalogue.records import Business
from cvdesk.exchange.new import make_business
from cvdesk.feedback.page import FeedbackPage
from tests.pages import make_session


def test_an_entry_that_was_deleted_meanwhile_is_said_to_be_gone(qtbot, qapp, tmp_path):
    with make_business(tmp_path / "bakery.cvdesk", Business("Harbour Bakery")) as file:
        session = make_session(qapp, file, date(2026, 11, 21))
        page = FeedbackPage(session)
        qtbot.addWidget(page)
        with qtbot.waitSignal(session.said) as told:
            page.show_record(4711)
        assert told.args == ["It was deleted meanwhile.", False]
        session.close()
