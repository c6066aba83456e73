"""Home's first line: the share who say it was worth it stands beside its own count."""

from datetime import timedelta

from cvdesk.catalogue import store as catalogue
from cvdesk.kit.widgets import RowButton
from cvdesk.shell.home import HomePage
from tests.desk import TODAY
from tests.figures.shop import add_customer, add_sheet, new_shop
from tests.pages import make_session, settle


def test_worth_it_is_counted_with_the_one_minute_forms_that_ask_it_too(qtbot, qapp, tmp_path) -> None:
    session = make_session(qapp, new_shop(tmp_path), TODAY)

    def work(op):
        core = {factor.key: 4.0 for factor in catalogue.factors(op) if factor.core}
        for place in range(18):
            rated = core if place < 12 else {}
            customer = add_customer(op, f"Customer {place}")
            form = "short" if rated else "minute"
            add_sheet(op, TODAY - timedelta(days=5), rated | {"worth_it": 5.0}, form=form, customer_id=customer)

    session.file.run("Fill", work)
    page = HomePage(session)
    qtbot.addWidget(page)
    page.resize(1110, 800)
    page.show()
    page.refresh()
    settle(qtbot, session)
    said = page.subtitle.accessibleName() or page.subtitle.text()
    assert "100 of 100 say it was worth it (82 to 100) · 18 answers since" in said
    session.close()


def test_asking_customers_begins_where_they_are_asked(qtbot, qapp, tmp_path) -> None:
    session = make_session(qapp, new_shop(tmp_path), TODAY)
    page = HomePage(session)
    qtbot.addWidget(page)
    page.show()
    page.refresh()
    settle(qtbot, session)
    opened: list[object] = []
    session.open_requested.connect(lambda table, record: opened.append((table, record)))
    (step,) = [one for one in page.findChildren(RowButton) if one.accessibleName().startswith("Ask five customers")]
    step.click()
    assert opened == [("page", "surveys")]
    session.close()
