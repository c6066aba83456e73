"""Who raised it, who may be told, who was told: nobody twice, and nobody who does not want to hear."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cvdesk.care import letters
from cvdesk.care.records_loop import Circle, Telling
from cvdesk.care.store_loop import can_be_told, loop_rate, to_tell, told, told_already
from cvdesk.care.store_loop_circle import circle
from cvdesk.care.store_snooze import snooze
from cvdesk.catalogue import store as catalogue
from cvdesk.catalogue.records import Business
from cvdesk.complaints import store as complaints
from cvdesk.complaints.records import Complaint
from cvdesk.customers import store as customers
from cvdesk.customers.records import Contact, Customer
from cvdesk.db import BusinessFile
from cvdesk.db.filter import Filter, Period
from cvdesk.errors import UserError
from cvdesk.exchange.new import make_business

TODAY = date(2026, 11, 22)
DONE = date(2026, 10, 1)
YEAR = Filter(Period.last_months(12, TODAY))


@pytest.fixture
def file(tmp_path: Path) -> Iterator[BusinessFile]:
    with make_business(tmp_path / "bakery.cvdesk", Business("Harbour Bakery")) as made:
        yield made


def run(file: BusinessFile, work) -> int:
    return file.run("Do", work).result


def add(file: BusinessFile, name: str, may_write: str = "", tag: str = "", **more: object) -> int:
    def work(op):
        tags = (catalogue.ensure(op, "tags", tag),) if tag else ()
        contacts = (Contact("email", f"{name.lower()}@x.org"), Contact("phone", "020 7946 0018"))
        return customers.save(op, Customer(name, tags=tags, may_write=may_write, contacts=contacts, **more))

    return run(file, work)


def theme(file: BusinessFile, name: str = "Queue") -> int:
    def work(op):
        factor = op.value("SELECT id FROM factors ORDER BY place LIMIT 1")
        return op.insert("themes", {"key": name.lower(), "name": name, "factor_id": factor})

    return run(file, work)


def say(file: BusinessFile, who: int | None, about: int, text: str, day: str = "2026-08-01", **more: object) -> int:
    def work(op):
        state, mood = more.pop("state", "confirmed"), more.pop("mood", "")
        entry = op.insert("entries", {"customer_id": who, "date": day, "text": text, "kind": "problem", **more})
        values = {"entry_id": entry, "theme_id": about, "state": state, "by": "owner", "mood": mood}
        op.insert("entry_themes", values)
        return entry

    return run(file, work)


def act(file: BusinessFile, about: int | None, done: date | None = DONE, **more: object) -> int:
    values = {"name": "A second till", "theme_id": about, "status": "done" if done else "started",
              "started": "2026-09-01", "done": done and done.isoformat(), **more}  # fmt: skip
    return run(file, lambda op: op.insert("actions", values))


def names(people) -> list[str]:
    return [one.name for one in people]


def test_who_raised_it_is_told_with_their_own_words(file: BusinessFile) -> None:
    about = theme(file)
    ada, ben = add(file, "Ada", preferred_name="Addie"), add(file, "Ben")
    say(file, ada, about, "Waited an hour", "2026-05-01")
    say(file, ada, about, "Waited again", "2026-08-01")
    say(file, ben, about, "Slow", "2026-08-03")
    say(file, None, about, "So slow")
    action = act(file, about)
    found = circle(file, ("action", action), TODAY)
    assert names(found.raised) == ["Ada", "Ben"]
    assert [one.text for one in found.raised[0].said] == ["Waited again", "Waited an hour"]
    assert (found.anonymous, found.told, found.ready) == (1, 0, True)
    assert [(one.kind, one.id, one.waiting, one.since) for one in to_tell(file, TODAY)] == [("action", action, 2, DONE)]


def test_praise_guesses_old_words_and_later_ones_are_not_what_it_answers(file: BusinessFile) -> None:
    about = theme(file)
    for place, (day, more) in enumerate([
        ("2026-08-01", {"kind": "praise"}), ("2026-08-01", {"state": "suggested"}), ("2026-08-01", {"mood": "good"}),
        ("2024-09-30", {}), ("2026-10-02", {}),
    ]):  # fmt: skip
        say(file, add(file, f"P{place}"), about, "said", day, **more)
    assert circle(file, ("action", act(file, about)), TODAY).raised == ()
    assert to_tell(file, TODAY) == ()
    assert names(circle(file, ("theme", about), TODAY).raised) == ["P4"]


def test_an_action_made_from_one_entry_is_about_who_said_it(file: BusinessFile) -> None:
    ada = add(file, "Ada")
    entry = run(file, lambda op: op.insert("entries", {"customer_id": ada, "date": "2026-07-01", "text": "No chairs"}))
    found = circle(file, ("action", act(file, None, entry_id=entry)), TODAY)
    assert [(one.name, one.said[0].text) for one in found.raised] == [("Ada", "No chairs")]


def test_who_bought_the_same_or_is_on_the_same_round_is_likely_affected_and_stands_apart(file: BusinessFile) -> None:
    about = theme(file)
    bread = run(file, lambda op: catalogue.ensure(op, "offerings", "Bread"))
    ada, ben = add(file, "Ada", tag="Round 3"), add(file, "Ben", tag="Round 3")
    for who in (ada, ben):
        say(file, who, about, "Stale", offering_id=bread)
    buyer, neighbour = add(file, "Cyd", "yes"), add(file, "Dee", "yes", "Round 3")
    unasked, former = add(file, "Eve", "", "Round 3"), add(file, "Fay", "yes", "Round 3", active=False)
    add(file, "Gus", "yes")
    bought = {"customer_id": buyer, "date": "2026-09-09", "offering_id": bread}
    run(file, lambda op: op.insert("purchases", bought))
    found = circle(file, ("action", act(file, about)), TODAY)
    assert {one.name: one.why for one in found.likely} == {"Cyd": "Has Bread too", "Dee": "Also tagged “Round 3”"}
    assert found.left_out == {unasked: ("Eve", "Was never asked whether you may write")}
    assert neighbour in [one.id for one in found.likely]
    assert former not in found.left_out


def test_what_one_customer_has_is_shared_by_nobody(file: BusinessFile) -> None:
    about = theme(file)
    say(file, add(file, "Ada", tag="Round 3"), about, "Slow")
    add(file, "Ben", "yes", "Round 3")
    assert circle(file, ("action", act(file, about)), TODAY).likely == ()


def test_told_is_one_contact_each_in_one_step_and_undone_with_it(file: BusinessFile) -> None:
    about = theme(file)
    ada, ben = add(file, "Ada"), add(file, "Ben")
    for who in (ada, ben):
        say(file, who, about, "Slow")
    action = act(file, about)
    telling = Telling(date(2026, 10, 5), None, "Lovely", "rang both")
    made = run(file, lambda op: told(op, [ada, ben, ada, 999], ("action", action), telling, TODAY))
    assert len(made) == 2
    rows = file.rows("SELECT customer_id, kind, date, done, action_id, theme_id, said, note FROM touches ORDER BY id")
    noted = ("told", "2026-10-05", "2026-10-05", action, about, "Lovely", "rang both")
    assert [tuple(row) for row in rows] == [(ada, *noted), (ben, *noted)]
    assert circle(file, ("action", action), TODAY).told == 2
    assert to_tell(file, TODAY) == ()
    assert circle(file, ("theme", about), TODAY).raised == ()
    file.undo()
    assert to_tell(file, TODAY)[0].waiting == 2


def test_nobody_is_told_twice_unless_it_is_meant(file: BusinessFile) -> None:
    about = theme(file)
    ada = add(file, "Ada")
    say(file, ada, about, "Slow")
    action = act(file, about)
    run(file, lambda op: told(op, [ada], ("action", action), Telling(DONE), TODAY))
    assert told_already(file, ("action", action), [ada], TODAY) == (ada,)
    with pytest.raises(UserError, match="told already"):
        run(file, lambda op: told(op, [ada], ("action", action), Telling(TODAY), TODAY))
    run(file, lambda op: told(op, [ada], ("action", action), Telling(TODAY), TODAY, again=True))
    assert file.value("SELECT count(*) FROM touches") == 2


def test_a_day_to_come_and_nobody_are_refused(file: BusinessFile) -> None:
    action = act(file, theme(file))
    with pytest.raises(UserError, match="still to come"):
        run(file, lambda op: told(op, [1], ("action", action), Telling(TODAY + timedelta(1)), TODAY))
    with pytest.raises(UserError, match="Nobody"):
        run(file, lambda op: told(op, [1], ("action", action), Telling(TODAY), TODAY))


def test_who_says_it_again_waits_again(file: BusinessFile) -> None:
    about = theme(file)
    ada = add(file, "Ada")
    say(file, ada, about, "Slow")
    run(file, lambda op: told(op, [ada], ("theme", about), Telling(date(2026, 8, 2)), TODAY))
    assert circle(file, ("theme", about), TODAY).raised == ()
    say(file, ada, about, "Still slow", "2026-09-01")
    assert names(circle(file, ("theme", about), TODAY).raised) == ["Ada"]


def test_a_complaint_put_right_is_told_with_it(file: BusinessFile) -> None:
    about = theme(file)
    ada = add(file, "Ada")

    def complain(op):
        case = complaints.save(op, Complaint(date=date(2026, 8, 1), text="Cold", customer_id=ada, themes=(about,)))
        complaints.step(op, case, "acknowledged", date(2026, 8, 2))
        complaints.step(op, case, "assessed", date(2026, 8, 2), valid=True)
        complaints.step(op, case, "resolved", date(2026, 8, 3), resolution="New oven")
        return case

    case = run(file, complain)
    found = circle(file, ("action", act(file, about)), TODAY)
    assert found.complaints == {ada: (case,)}
    assert ("complaint", case) in [(one.kind, one.id) for one in can_be_told(file, TODAY)]
    run(file, lambda op: told(op, [ada], found.about, Telling(TODAY, None, "Thanks"), TODAY, closes=[case]))
    assert complaints.get(file, case).stage == "told"
    assert complaints.get(file, case).told == TODAY


def test_a_single_complaint_is_told(file: BusinessFile) -> None:
    ada = add(file, "Ada")

    def complain(op):
        case = complaints.save(op, Complaint(date=date(2026, 8, 1), text="Cold", customer_id=ada))
        complaints.step(op, case, "resolved", date(2026, 8, 3), resolution="New oven")
        return case

    case = run(file, complain)
    found = circle(file, ("complaint", case), TODAY)
    assert (names(found.raised), found.done, found.raised[0].said[0].text) == (["Ada"], "New oven", "Cold")
    run(file, lambda op: told(op, [ada], ("complaint", case), Telling(TODAY), TODAY))
    assert complaints.get(file, case).stage == "told"
    assert circle(file, ("complaint", case), TODAY).raised == ()


def test_the_rate_the_days_and_the_age(file: BusinessFile) -> None:
    about = theme(file)
    everybody = [add(file, f"P{place}") for place in range(12)]
    for who in everybody:
        say(file, who, about, "Slow")
    no = add(file, "No", "no")
    say(file, no, about, "Slow")
    action = act(file, about)
    run(file, lambda op: told(op, everybody[:8], ("action", action), Telling(date(2026, 10, 4)), TODAY))
    run(file, lambda op: told(op, [everybody[8]], ("action", action), Telling(date(2026, 10, 9)), TODAY))
    found = loop_rate(file, YEAR, TODAY)
    assert found.rate.value == pytest.approx(9 / 12)
    assert (found.days, found.waiting, found.oldest, found.age(TODAY)) == (3.0, 3, DONE, 52)


def test_what_is_done_since_yesterday_does_not_lower_the_rate_yet(file: BusinessFile) -> None:
    about = theme(file)
    say(file, add(file, "Ada"), about, "Slow")
    act(file, about, TODAY - timedelta(1))
    found = loop_rate(file, YEAR, TODAY)
    assert (found.rate.value, found.rate.n, found.waiting) == (None, 0, 1)


def test_put_off_it_does_not_wait_on_home(file: BusinessFile) -> None:
    about = theme(file)
    say(file, add(file, "Ada"), about, "Slow")
    action = act(file, about)
    run(file, lambda op: snooze(op, "tell", action, TODAY + timedelta(7), "after the fair"))
    assert to_tell(file, TODAY) == ()
    assert len(to_tell(file, TODAY + timedelta(7))) == 1


def test_who_was_deleted_is_counted_as_anonymous(file: BusinessFile) -> None:
    about = theme(file)
    ada = add(file, "Ada")
    say(file, ada, about, "Slow")
    action = act(file, about)
    run(file, lambda op: customers.delete(op, ada))
    found = circle(file, ("action", action), TODAY)
    assert (found.raised, found.anonymous, dict(found.left_out)) == ((), 1, {})
    assert to_tell(file, TODAY) == ()
    with pytest.raises(LookupError):
        circle(file, ("action", 999), TODAY)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(st.sampled_from(["", "yes", "no"]), st.sampled_from(["", "Do not contact"]), st.booleans()),
        max_size=7,
    )
)
def test_nobody_who_said_no_is_in_any_list_letter_or_draft(
    file: BusinessFile, people: list[tuple[str, str, bool]]
) -> None:
    about = theme(file, f"T{file.value('SELECT count(*) FROM themes')}")
    product = run(file, lambda op: catalogue.ensure(op, "offerings", f"O{about}"))
    made = {}
    for place, (answer, tag, raised) in enumerate(people):
        who = add(file, f"Q{place}", answer, tag)
        made[who] = (answer, tag)
        if raised:
            say(file, who, about, "Slow", offering_id=product)
        else:
            bought = {"customer_id": who, "date": "2026-09-09", "offering_id": product}
            run(file, lambda op, bought=bought: op.insert("purchases", bought))
    found = circle(file, ("action", act(file, about, offering_id=product)), TODAY)
    written = [letters.message(letters.usual_text(), "", found, one, "B") for one in (*found.raised, *found.likely)]
    for one in written:
        answer, tag = made[one.person.id]
        assert (answer, tag) not in (("no", ""), ("no", "Do not contact"))
        assert not tag
        assert one.person.raised or answer == "yes"


def test_letters_quote_each_and_leave_out_what_was_not_said() -> None:
    from cvdesk.care.records_loop import Person, Said

    raised = Person(1, "Ada Byron", "Addie", said=(Said(DONE, "Waited\nan hour {name}", "entries", 1),))
    likely = Person(2, "Ben")
    found = Circle(("action", 1), "Till", "A second till", (raised,), (likely,))
    one = letters.message(letters.usual_text(), "To {name}\nBcc: x", found, raised, "Harbour Bakery")
    assert one.subject == "To Addie Bcc: x"
    assert one.body.startswith("Dear Addie,\n\nYou told us: “Waited an hour {name}”\n\nWe have done")
    assert "A second till.\n\n" in one.body
    assert one.body.endswith("Kind regards\nHarbour Bakery")
    assert "told us: " not in letters.message(letters.usual_text(), "", found, likely, "B").body


def test_unknown_fields_are_named_and_stay() -> None:
    text = "Dear {Name}, {firstname} {What we did} {}"
    assert letters.unknown_fields(text) == ("firstname", "")
    found = Circle(("action", 1), "", "Done")
    from cvdesk.care.records_loop import Person

    assert letters.message(text, "", found, Person(1, "Ada"), "B").body == "Dear Ada, {firstname} Done. {}"
