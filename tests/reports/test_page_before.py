"""Out of the window and back: what was saved or sent is listed, opens as it was, and can be forgotten."""

import email
import zipfile
from email.policy import default
from functools import partial
from pathlib import Path

import pytest

from cvdesk.kit import ask, mail
from cvdesk.reports import kinds, store_printed
from cvdesk.reports.page import ReportsPage
from cvdesk.reports.records_kinds import Kind, Made
from cvdesk.reports.records_printed import Document
from tests.figures.shop import TODAY, chance_shop
from tests.pages import Answers, catch_errors, make_session, settle


@pytest.fixture
def page(qtbot, qapp, tmp_path):
    with chance_shop(tmp_path, 5) as shop:
        session = make_session(qapp, shop, TODAY)
        made = ReportsPage(session)
        qtbot.addWidget(made)
        made.resize(1110, 800)
        made.show()
        qtbot.waitExposed(made)
        there(qtbot, made)
        yield made
        session.close()


def there(qtbot, page):
    qtbot.waitUntil(lambda: page.save_button.isEnabled(), timeout=20_000)
    settle(qtbot, page.session)


def save(qtbot, page, path, monkeypatch):
    monkeypatch.setattr(ask, "prompts", Answers(path))
    page.save_button.click()
    settle(qtbot, page.session)


def opened(monkeypatch, takes=True):
    """What the desktop was asked to open."""
    links = []
    monkeypatch.setattr(mail.desktop, "open", lambda url: links.append(Path(url.toLocalFile())) or takes, raising=False)
    return links


def test_nothing_printed_yet_says_what_will_stand_here(qtbot, page):
    page.left.turn_to("before")
    settle(qtbot, page.session)
    assert page.viewer.sentence.text().startswith("What you save, print or send is kept here")
    assert not page.save_button.isEnabled()
    assert not page.limits.forget_button.isVisible()


def test_what_was_saved_opens_again_with_the_figures_as_they_were(qtbot, page, tmp_path, monkeypatch):
    save(qtbot, page, tmp_path / "a.pdf", monkeypatch)
    save(qtbot, page, tmp_path / "b.pdf", monkeypatch)
    before = (tmp_path / "a.pdf").read_bytes()
    page.session.run("Add", lambda op: op.insert("customers", {"name": "New", "name_key": "new"}))
    settle(qtbot, page.session)
    page.left.turn_to("before")
    there(qtbot, page)
    assert page.left.before.count == 1  # the very same is kept once
    assert "As it was on 17 June 2026" in page.limits.as_it_was.text()
    save(qtbot, page, tmp_path / "c.pdf", monkeypatch)
    assert (tmp_path / "c.pdf").read_bytes() == before
    assert store_printed.totals(page.session.file)[0] == 1
    page.left.turn_to("make")
    there(qtbot, page)
    assert page._shown.keep is not None


def test_what_was_kept_without_names_says_so_in_its_file_name(qtbot, page, tmp_path, monkeypatch):
    page.limits.choices.names._choose(False)
    there(qtbot, page)
    save(qtbot, page, tmp_path / "a.pdf", monkeypatch)
    page.left.turn_to("before")
    there(qtbot, page)
    assert page._shown.file_name == f"Corner shop Value strategy no names {TODAY.isoformat()}"


def test_a_kept_document_of_a_kind_no_longer_known_opens_all_the_same(qtbot, page):
    kept = Document("almanac", "Almanac", TODAY, 1, page._finished.made.pdf, names=False)
    page.session.run("Keep", partial(store_printed.keep, document=kept), aside=True)
    settle(qtbot, page.session)
    page.left.turn_to("before")
    there(qtbot, page)
    assert page._shown.file_name == f"Corner shop Almanac {TODAY.isoformat()}"


def test_a_kept_document_is_forgotten_and_brought_back(qtbot, page, tmp_path, monkeypatch):
    save(qtbot, page, tmp_path / "a.pdf", monkeypatch)
    page.left.turn_to("before")
    there(qtbot, page)
    page.limits.forget_button.click()
    settle(qtbot, page.session)
    assert page.left.before.count == 0
    assert not page.viewer.shows_pages
    page.session.undo()
    there(qtbot, page)
    assert page.left.before.count == 1


def test_what_was_saved_is_opened_and_its_folder_shown(qtbot, page, tmp_path, monkeypatch):
    links = opened(monkeypatch)
    save(qtbot, page, tmp_path / "a.pdf", monkeypatch)
    for place in range(2):
        page.viewer._notice_doings.itemAt(place).widget().click()
    assert links == [tmp_path / "a.pdf", tmp_path]


def test_a_draft_of_an_email_has_the_document_attached(qtbot, page, monkeypatch):
    links = opened(monkeypatch)
    page.mail_button.click()
    settle(qtbot, page.session)
    (draft,) = links
    read = email.message_from_bytes(draft.read_bytes(), policy=default)
    (attached,) = read.iter_attachments()
    assert attached.get_content() == page._finished.made.pdf
    assert attached.get_filename() == f"Corner shop Value strategy {TODAY.isoformat()}.pdf"
    assert read["Subject"] == "Corner shop: Value strategy"
    body = read.get_body().get_content()
    assert "The document “Value strategy” of Corner shop is attached." in body
    assert read["To"] is None
    assert read["X-Unsent"] == "1"
    assert store_printed.totals(page.session.file)[0] == 1


def test_no_mail_program_is_explained(qtbot, page, monkeypatch):
    shown = catch_errors(monkeypatch)
    opened(monkeypatch, takes=False)
    page.mail_button.click()
    settle(qtbot, page.session)
    assert shown == ["No program for e-mails opened."]
    assert store_printed.totals(page.session.file)[0] == 0


def test_a_document_with_files_beside_it_is_saved_as_one(qtbot, page, tmp_path, monkeypatch):
    old, pdf = kinds.kind_of("summary"), page._finished.made.pdf
    kind = Kind(
        "summary", "figures", old.title, old.contents, lambda _db, _w: Made(pdf, (("a.csv", b"1"),)), kept=False
    )
    monkeypatch.setitem(kinds._BY_KEY, "summary", kind)
    page.show_record("summary")
    there(qtbot, page)
    save(qtbot, page, tmp_path / "pack", monkeypatch)
    with zipfile.ZipFile(tmp_path / "pack.zip") as read:
        assert read.read("a.csv") == b"1"
        assert sorted(name.rpartition(".")[2] for name in read.namelist()) == ["csv", "pdf"]
    save(qtbot, page, tmp_path / "only.pdf", monkeypatch)
    assert (tmp_path / "only.pdf").read_bytes() == pdf
    assert store_printed.totals(page.session.file)[0] == 0  # this kind is not kept


def test_a_business_file_is_never_written_over(qtbot, page, tmp_path, monkeypatch):
    shown = catch_errors(monkeypatch)
    target = tmp_path / "other.pdf"
    target.write_bytes(b"SQLite format 3\x00 and more")
    save(qtbot, page, target, monkeypatch)
    assert "business file" in shown[0]
    assert target.read_bytes().startswith(b"SQLite")
