"""E-mail drafts: whatever customers are called, one draft each, to their address and nobody else's."""

from datetime import date
from email import message_from_bytes, policy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cvdesk.catalogue import store as catalogue
from cvdesk.errors import UserError
from cvdesk.surveys import mailing, store
from cvdesk.surveys.mailing import Addressed
from cvdesk.surveys.records import Survey, composed
from tests.figures.shop import new_shop

DAY = date(2026, 11, 2)
anything = st.text(min_size=1, max_size=60)


@pytest.fixture(scope="module")
def asked(tmp_path_factory):
    """A file with a survey and a sheet of it."""
    with new_shop(tmp_path_factory.mktemp("mail")) as file:
        questions = composed("minute", catalogue.questions(file), catalogue.factors(file))
        made = Survey(None, "Bread", "minute", tuple(one.version_id for one in questions), DAY, greeting="{name} & co")
        survey = file.run("Survey", lambda op: store.save(op, made)).result
        sheet = file.run(
            "Ask", lambda op: store.hand_out(op, store.get(op, survey), DAY, "email", blank=1, draw=store.seeded(1))
        ).result[0]
        yield file, survey, sheet


def drafts(asked, folder, *to, **more):
    file, survey, _sheet = asked
    return mailing.write_drafts(file, survey, to, folder, DAY, form_attached=False, **more)


@given(anything, st.sampled_from(["a@x.org", "ä@bäcker.example", "a b@x.org", "a@x.org\r\nBcc: b@y.org", "<a@x.org>"]))
def test_a_name_of_any_kind_makes_one_draft_to_one_address(asked, tmp_path_factory, name, email):
    folder = tmp_path_factory.mktemp("drafts")
    (path,) = drafts(asked, folder, Addressed(name, "", email, asked[2]))
    message = message_from_bytes(path.read_bytes(), policy=policy.default)
    assert path.parent == folder
    assert set(message.keys()) <= {
        "To", "Subject", "X-Unsent", "Content-Type", "Content-Transfer-Encoding", "MIME-Version",
    }  # fmt: skip
    assert len(message["To"].addresses) == 1


def test_drafts_of_an_earlier_round_are_not_overwritten(asked, tmp_path):
    anna = Addressed("Anna", "", "anna@x.org", asked[2])
    first = drafts(asked, tmp_path, anna)
    again = drafts(asked, tmp_path, anna, reminder=True)
    assert [path.name for path in (*first, *again)] == ["001 Anna.eml", "001 Anna (2).eml"]
    text = message_from_bytes(again[0].read_bytes(), policy=policy.default).get_content()
    assert "this is the only reminder" in " ".join(text.split())
    assert text.startswith("Dear Anna,")


def test_a_folder_that_is_gone_is_said_in_words(asked, tmp_path):
    with pytest.raises(UserError, match="could not be written"):
        drafts(asked, tmp_path / "gone", Addressed("Anna", "", "anna@x.org", asked[2]))
