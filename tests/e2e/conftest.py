import shutil

import pytest

from cvdesk.exchange.sample import make_sample
from tests.desk import TODAY, end, start


@pytest.fixture
def running(qtbot, qapp, tmp_path, monkeypatch):
    """The program, started and showing nothing yet; closed at the end."""
    made = start(qtbot, qapp, tmp_path, monkeypatch)
    yield made
    end(made)


@pytest.fixture(scope="session")
def sample_file(tmp_path_factory):
    """The sample business, made once."""
    path = tmp_path_factory.mktemp("sample") / "Harbour Bakery.cvdesk"
    make_sample(path, today=TODAY)
    return path


@pytest.fixture
def sample(sample_file, tmp_path):
    """A copy of the sample business to work in."""
    path = tmp_path / "Harbour Bakery.cvdesk"
    shutil.copy(sample_file, path)
    return path
