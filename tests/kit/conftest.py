import pytest

from cvdesk.catalogue.records import Business
from cvdesk.exchange.new import make_business
from cvdesk.kit.session import Session
from cvdesk.kit.theme import Theme
from tests.desk import TODAY
from tests.pages import catch_errors


@pytest.fixture
def theme(qapp):
    return Theme(qapp, "light")


@pytest.fixture
def session(qapp, theme, tmp_path):
    made = Session(make_business(tmp_path / "shop.cvdesk", Business("Corner shop")), theme, lambda: TODAY)
    yield made
    made.close()


@pytest.fixture
def shown(monkeypatch):
    """Errors shown to the person."""
    return catch_errors(monkeypatch)
