"""Advocates and consent, groups and attendance, who sent whom, the poster, questions; on paper and as a page."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date, timedelta
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from cvdesk.care import (
    faq_html,
    report_faq,
    report_guests,
    report_poster,
    store_community,
    store_faq,
    store_groups,
    store_invitations,
    store_poster,
)
from cvdesk.care.records_community import Advocate, Faq, Gathering, Group, Pair, Quote, Referral
from cvdesk.care.store_faq import FaqSheet
from cvdesk.catalogue import store as catalogue
from cvdesk.catalogue.records import Business
from cvdesk.complaints import store as complaints
from cvdesk.complaints.records import Complaint
from cvdesk.customers import store as customers
from cvdesk.customers.records import Contact, Customer
from cvdesk.db import BusinessFile
from cvdesk.errors import UserError
from cvdesk.exchange.new import make_business
from cvdesk.feedback import store as feedback
from cvdesk.feedback.records import Entry
from cvdesk.feedback.store_answers import snippets

TODAY = date(2026, 11, 21)
WORDS = "The rye is the best I ever had"


@pytest.fixture
def file(tmp_path: Path) -> Iterator[BusinessFile]:
    with make_business(tmp_path / "bakery.cvdesk", Business("Harbour Bakery")) as made:
        yield made


def add(file, name, may_write="yes", **more) -> int:
    return file.run("C", lambda op: customers.save(op, Customer(name, may_write=may_write, **more))).result


def say(file, who, text=WORDS, kind="praise", rating=5.0, day=TODAY, **more) -> int:
    return file.run("E", lambda op: feedback.save(op, Entry(day, text, who, kind=kind, rating=rating, **more))).result


def run(file, work, *args, **named):
    return file.run("W", lambda op: work(op, *args, **named)).result


def advocate(file, who, quote=False, name=False) -> int:
    kept = Advocate(who, TODAY, quote, name, TODAY if quote else None, "at the counter" if quote else "")
    return run(file, store_community.save_advocate, kept)


def text_of(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(pdf)).pages)


# Advocates


def test_who_gave_five_stars_twice_and_praised_in_words_is_proposed_with_the_reasons(file):
    anna, bo, cy = add(file, "Anna Bell"), add(file, "Bo Lind"), add(file, "Cy Park")
    for _again in range(2):
        say(file, anna)
        say(file, bo, text="")  # stars alone are no praise in words
    say(file, cy)  # once is not twice
    found = store_community.candidates(file, TODAY)
    assert [(one.name, one.reasons) for one in found] == [
        ("Anna Bell", ("2 times 5 stars", "praised you 2 times in words"))
    ]


def test_nobody_is_proposed_with_an_open_complaint_or_who_wants_no_contact_or_long_ago(file):
    anna, bo, cy = add(file, "Anna Bell"), add(file, "Bo Lind", may_write="no"), add(file, "Cy Park")
    for _again in range(2):
        say(file, anna)
        say(file, bo)
        say(file, cy, day=TODAY - timedelta(days=400))
    case = run(file, complaints.save, complaint=Complaint(TODAY, "Stale", customer_id=anna))
    assert store_community.candidates(file, TODAY) == ()
    file.run("X", lambda op: op.update("complaints", case, {"stage": "closed", "closed": TODAY.isoformat()}))
    assert [one.name for one in store_community.candidates(file, TODAY)] == ["Anna Bell"]


def test_consent_needs_its_day_and_how_it_was_given(file):
    anna = add(file, "Anna Bell")
    for wrong in (Advocate(anna, TODAY, True), Advocate(anna, TODAY, True, consent_on=TODAY),
                  Advocate(anna, TODAY, False, True, TODAY, "by e-mail")):  # fmt: skip
        with pytest.raises(UserError):
            run(file, store_community.save_advocate, wrong)
    assert store_community.advocates(file) == ()


def test_consent_is_withdrawn_in_one_step_and_nothing_of_them_is_left_to_use(file):
    anna = add(file, "Anna Bell")
    entry = say(file, anna)
    kept = advocate(file, anna, quote=True, name=True)
    assert [(one.words, one.name) for one in store_community.quotes(file)] == [(WORDS, "Anna Bell")]
    assert WORDS in text_of(report_poster.as_pdf(store_poster.praise_poster(file, TODAY, [entry])))
    run(file, store_community.withdraw, kept)
    assert store_community.quotes(file) == ()
    with pytest.raises(UserError, match="nothing to put on the poster"):
        report_poster.as_pdf(store_poster.praise_poster(file, TODAY, [entry]))
    file.undo()
    assert len(store_community.quotes(file)) == 1


@given(
    consents=st.lists(st.sampled_from(("none", "advocate", "quote", "name")), min_size=1, max_size=5),
    copied=st.booleans(),
)
def test_without_consent_no_word_and_no_name_is_on_anything_that_goes_out(tmp_path_factory, consents, copied):
    path = tmp_path_factory.mktemp("consent") / "b.cvdesk"
    names = ("Anna Bell", "Bo Lindqvist", "Cy Twomblyson", "Dee Parkinson", "Eve Hollander")
    with make_business(path, Business("Harbour Bakery")) as file:
        people, entries = [], []
        for name, consent in zip(names, consents, strict=False):
            who = add(file, name)
            entries.append(say(file, who, text=f"Wonderful bread says number {len(people)} of us"))
            people.append(who)
            if consent != "none":
                advocate(file, who, quote=consent in ("quote", "name"), name=consent == "name")
        for place, name in enumerate(names[: len(consents)]):
            said = f"Wonderful bread says number {place} of us" if copied else f"{name} liked it"
            run(file, store_poster.save_pair, Pair(said, "More of it", TODAY))
            run(file, store_faq.save_faq, Faq(f"What does {name} buy?", "Rye"))
        out = [text_of(report_poster.as_pdf(found)) for found in (
            store_poster.praise_poster(file, TODAY, entries), store_poster.poster(file, TODAY)
        ) if found.pairs or found.quotes]  # fmt: skip
        sheet = store_faq.sheet(file, TODAY)
        out += [faq_html.page(sheet), text_of(report_faq.faq_pdf(sheet))] if sheet.faqs else []
    everything = "\n".join(out)
    for place, consent in enumerate(consents):
        assert (names[place] in everything) <= (consent == "name")
        assert (f"number {place} of us" in everything) <= (consent in ("quote", "name"))
        if consent in ("quote", "name"):
            assert f"number {place} of us" in everything


def test_a_deleted_customer_leaves_the_lists_and_undo_brings_everything_back(file):
    anna, bo = add(file, "Anna Bell"), add(file, "Bo Lind")
    say(file, anna)
    advocate(file, anna, quote=True, name=True)
    group = run(file, store_groups.save_group, Group("Panel"), [anna, bo])
    event = run(file, store_groups.save_gathering, Gathering("Tasting", TODAY, group))
    run(file, store_groups.invite, event, [anna, bo])
    run(file, store_community.save_referral, Referral(bo, TODAY, referred_id=anna))
    run(file, customers.delete, customer_id=anna)
    assert store_community.advocates(file) == ()
    assert store_community.quotes(file) == ()
    assert [one.name for one in store_groups.members(file, group)] == ["Bo Lind"]
    assert [one.name for one in store_groups.guests(file, event)] == ["Bo Lind"]
    assert [row.referral.referred_id for row in store_community.referrals(file)] == [None]
    file.undo()
    assert len(store_community.quotes(file)) == 1
    assert [one.name for one in store_groups.guests(file, event)] == ["Anna Bell", "Bo Lind"]


# Groups and events


def test_a_group_is_made_of_a_tag_a_segment_or_words_each_customer_once(file):
    tag = file.run("T", lambda op: catalogue.ensure(op, "tags", "Panel")).result
    segment = file.run("S", lambda op: catalogue.ensure(op, "segments", "Regulars")).result
    anna, bo = add(file, "Anna Bell", tags=(tag,)), add(file, "Bo Lind", segment_id=segment)
    add(file, "Cy Park")
    found = [*store_groups.found_by(file, tag=tag), *store_groups.found_by(file, segment=segment),
             *store_groups.found_by(file, search="bell")]  # fmt: skip
    assert found == [anna, bo, anna]
    group = run(file, store_groups.save_group, Group("Panel"), found)
    assert [one.name for one in store_groups.members(file, group)] == ["Anna Bell", "Bo Lind"]
    assert run(file, store_groups.add_members, group, [anna]) == 0


def test_only_those_who_may_be_written_to_are_invited_others_are_named_with_the_reason(file):
    anna, bo, cy = add(file, "Anna Bell"), add(file, "Bo Lind", may_write=""), add(file, "Cy Park", may_write="no")
    event = run(file, store_groups.save_gathering, Gathering("Tasting", TODAY))
    allowed = store_groups.may_invite(file, event, [anna, bo, cy])
    assert allowed.yes == (anna,)
    assert allowed.no[bo] == "Was never asked whether you may write"
    assert run(file, store_groups.invite, event, [anna, bo, cy]) == (anna,)
    assert run(file, store_groups.invite, event, [anna]) == ()
    run(file, store_groups.note_guest, event, bo, "came")  # asked in person, and came
    row = store_groups.gathering(file, event)
    assert (row.invited, row.coming, row.came) == (2, 0, 1)


def test_what_guests_said_is_counted_and_stands_on_the_list_of_names(file):
    people = [add(file, name) for name in ("Anna Bell", "Bo Lind", "Cy Park", "Dee حداد")]
    event = run(file, store_groups.save_gathering, Gathering("Tasting", TODAY, note="At seven"))
    run(file, store_groups.invite, event, people)
    ids = {one.customer_id: one.id for one in store_groups.guests(file, event)}
    for who, state in zip(people, ("coming", "came", "declined", "invited"), strict=True):
        run(file, store_groups.set_state, ids[who], state)
    row = store_groups.gathering(file, event)
    assert (row.invited, row.coming, row.came) == (4, 1, 1)
    paper = text_of(report_guests.guests_pdf(report_guests.gather_guests(file, event, TODAY)))
    assert "Anna Bell Coming" in paper
    assert "Bo Lind Came" in paper
    assert "Cy Park" not in paper  # declined
    assert "3 names" in paper
    with pytest.raises(ValueError, match="no state"):
        run(file, store_groups.set_state, ids[people[0]], "perhaps")


def test_an_invitation_goes_only_to_who_is_invited_and_still_may_be_written_to(file):
    anna = add(file, "Anna Bell", preferred_name="Annie", contacts=(Contact("email", "anna@x.org"),))
    bo, cy = add(file, "Bo Lind"), add(file, "Cy Park")
    event = run(file, store_groups.save_gathering, Gathering("Tasting {name}", TODAY, note="At seven"))
    run(file, store_groups.invite, event, [anna, bo, cy])
    guests = {one.customer_id: one.id for one in store_groups.guests(file, event)}
    run(file, store_groups.set_state, guests[bo], "coming")
    file.run("X", lambda op: op.update("customers", cy, {"may_write": "no"}))  # said no after being invited
    made = store_invitations.invitations(file, event, store_invitations.usual_text(file, event))
    assert [(one.person.name, one.person.email) for one in made] == [("Anna Bell", "anna@x.org")]
    assert made[0].body.startswith("Dear Annie,\n\nyou are invited: Tasting")
    assert "At seven" in made[0].body
    assert made[0].body.endswith("Harbour Bakery")


# Who sent whom


def test_who_sent_whom_is_counted_by_customer_and_thanked_once(file):
    anna, bo = add(file, "Anna Bell"), add(file, "Bo Lind")
    first = run(file, store_community.save_referral, Referral(anna, TODAY, bo, name="ignored"))
    run(file, store_community.save_referral, Referral(anna, TODAY, None, "Her sister"))
    rows = store_community.referrals(file)
    assert {(row.customer, row.referred, row.sent) for row in rows} == {
        ("Anna Bell", "Bo Lind", 2), ("Anna Bell", "Her sister", 2)
    }  # fmt: skip
    run(file, store_community.thank, first, TODAY)
    assert {row.referral.thanked for row in store_community.referrals(file)} == {TODAY, None}
    for wrong in (Referral(anna, TODAY), Referral(anna, TODAY, anna), Referral(0, TODAY, bo)):
        with pytest.raises(UserError):
            run(file, store_community.save_referral, wrong)


# The poster


def done_action(file, name="A second till", theme=None, day=TODAY) -> int:
    values = {"name": name, "status": "done", "done": day.isoformat(), "theme_id": theme}
    return file.run("A", lambda op: op.insert("actions", values)).result


def test_what_was_done_is_proposed_once_by_its_theme_and_never_in_a_customers_words(file):
    theme = catalogue.named(file, "themes")[0]
    action = done_action(file, theme=theme.id)
    done_action(file, "Long ago", day=TODAY - timedelta(days=400))
    assert [(one.said, one.did, one.action_id) for one in store_poster.proposals(file, TODAY)] == [
        (theme.name, "A second till", action)
    ]
    run(file, store_poster.save_pair, store_poster.proposals(file, TODAY)[0])
    assert store_poster.proposals(file, TODAY) == ()


def test_pairs_stand_in_the_owners_order_and_six_at_most_go_on_the_poster(file):
    ids = [run(file, store_poster.save_pair, Pair(f"Said {n}", f"Did {n}", TODAY)) for n in range(8)]
    assert [pair.id for pair in store_poster.pairs(file)] == ids[::-1]  # the newest first
    run(file, store_poster.move_pair, ids[0], -7)
    run(file, store_poster.move_pair, ids[1], 5)
    run(file, store_poster.show_pair, ids[7], False)
    assert [pair.said for pair in store_poster.pairs(file)][:2] == ["Said 0", "Said 7"]
    going = [pair.said for pair in store_poster.poster(file, TODAY).pairs]
    assert going == ["Said 0", "Said 6", "Said 5", "Said 4", "Said 3", "Said 2"]
    file.undo()
    assert len(store_poster.poster(file, TODAY).pairs) == 6


def test_a_line_that_names_a_customer_is_held_back_with_the_reason_and_a_first_name_alone_is_not(file):
    add(file, "Rose"), add(file, "Anna-Maria O'Neil")
    run(file, store_poster.save_pair, Pair("ANNA MARIA O’NEIL was cold", "Heating", TODAY))
    run(file, store_poster.save_pair, Pair("The rose bread", "Back on Fridays", TODAY))
    assert [bool(pair.held_back) for pair in store_poster.pairs(file)] == [False, True]


@pytest.mark.parametrize("paper", ["a4", "a3", "letter"])
def test_the_poster_is_one_sheet_of_its_paper_whatever_is_on_it(file, paper):
    nasty = (
        "Donaudampfschifffahrtsgesellschaftskapitänsmütze" * 4, "הלחם נגמר לפני הצהריים", "نفد الخبز قبل الظهر",
        "<b>bold</b> & <img src=x>", "面包在中午之前就卖完了" * 6, "x" * 3,
    )  # fmt: skip
    for said in nasty:
        run(file, store_poster.save_pair, Pair(said, said[::-1], TODAY))
    pdf = report_poster.as_pdf(store_poster.poster(file, TODAY), paper)
    pages = PdfReader(io.BytesIO(pdf)).pages
    assert len(pages) == 1
    assert (round(pages[0].mediabox.width), round(pages[0].mediabox.height)) == {
        "a4": (595, 842), "a3": (842, 1191), "letter": (612, 792)
    }[paper]  # fmt: skip
    found = text_of(pdf)
    assert "<b>bold</b> & <img src=x>" in found
    assert "You said, we did" in found
    assert pdf == report_poster.as_pdf(store_poster.poster(file, TODAY), paper)


def test_a_text_longer_than_a_sheet_is_cut_with_a_sign_and_nothing_else_is_lost(file):
    for said in ("very long " * 2000, "short"):
        run(file, store_poster.save_pair, Pair(said, "done", TODAY))
    found = text_of(report_poster.as_pdf(store_poster.poster(file, TODAY)))
    assert "short" in found
    assert "…" in found


def test_words_of_praise_on_a_poster_have_a_name_only_where_it_may_be_said():
    quotes = (Quote(1, 1, TODAY, "Best rye", "Anna Bell"), Quote(2, 2, TODAY, "Real butter", ""))
    poster = store_poster.Poster(Business("Harbour Bakery"), TODAY, (), quotes)
    found = text_of(report_poster.as_pdf(poster))
    assert "“Best rye” Anna Bell" in found
    assert "“Real butter”" in found


# Questions


def ask(file, who, text, theme=None, day=TODAY, **more) -> int:
    themes = () if theme is None else (theme,)
    return say(file, who, text, "question", None, day, themes=themes, **more)


def test_what_three_customers_ask_in_like_words_is_one_question(file):
    people = [add(file, f"Customer {n}") for n in range(5)]
    for who, text in zip(
        people, ("Do you have gluten-free bread?", "Hello. Do you have any gluten free bread?",
                 "Have you got gluten-free bread on Sundays?", "Is there parking?", "Can I pay by card?"), strict=True,
    ):  # fmt: skip
        ask(file, who, text)
    ask(file, people[0], "Gluten-free bread?")  # the same customer again counts once
    ask(file, None, "Any gluten-free bread?")  # nobody knows who
    found = store_faq.recurring(file, TODAY)
    assert [(one.customers, one.question) for one in found] == [(3, "Gluten-free bread?")]
    assert len(found[0].entries) == len(found[0].wordings)


def test_questions_of_one_theme_in_other_words_are_proposed_together(file):
    theme = catalogue.named(file, "themes")[0]
    for n, text in enumerate(("When do you open?", "Closed on Monday?", "How late can I come by?")):
        ask(file, add(file, f"Customer {n}"), text, theme.id)
    found = store_faq.recurring(file, TODAY)
    assert [(one.theme, one.customers, one.question) for one in found] == [(theme.name, 3, "")]


def test_what_is_answered_or_long_ago_does_not_recur_and_answers_are_counted(file):
    for n in range(3):
        who = add(file, f"Customer {n}")
        ask(file, who, "Do you make cakes without egg?", day=TODAY - timedelta(days=n), answered=TODAY, answer="Yes")
        ask(file, who, "Is the cellar open to visitors?", day=TODAY - timedelta(days=500))
    assert [one.question for one in store_faq.recurring(file, TODAY)] == ["Do you make cakes without egg?"]
    run(file, store_faq.save_faq, Faq("Are there cakes without any egg?", "Yes"))
    assert store_faq.recurring(file, TODAY) == ()
    assert [faq.answered for faq in store_faq.faqs(file, TODAY)] == [3]
    assert [faq.answered for faq in store_faq.faqs(file, date(2027, 1, 2))] == [0]


def test_a_question_that_says_nothing_by_itself_keeps_what_stands_before_it():
    assert store_faq.question_of("Me again. Do you sell flour?") == "Do you sell flour?"
    assert store_faq.question_of("The door says five. Which is it?") == "The door says five. Which is it?"
    assert store_faq.question_of("no mark at all") == "no mark at all"


def test_questions_are_ordered_left_off_and_used_as_replies(file):
    ids = [run(file, store_faq.save_faq, Faq(f"Question {n}?", f"Answer {n}")) for n in range(3)]
    run(file, store_faq.save_faq, Faq("No answer yet?"))
    run(file, store_faq.move_faq, ids[2], -2)
    run(file, store_faq.show_faq, ids[1], False)
    assert [faq.question for faq in store_faq.sheet(file, TODAY).faqs] == ["Question 2?", "Question 0?"]
    run(file, store_faq.use_as_reply, ids[0])
    run(file, store_faq.save_faq, Faq("Question 0?", "Better", id=ids[0]))
    run(file, store_faq.use_as_reply, ids[0])  # replaces the older one
    assert [(one.name, one.text) for one in snippets(file)] == [("Question 0?", "Better")]
    with pytest.raises(UserError, match="no answer yet"):
        run(file, store_faq.use_as_reply, [faq.id for faq in store_faq.faqs(file, TODAY)][-1])


def test_questions_and_answers_on_paper_are_read_back(file):
    with pytest.raises(UserError):
        report_faq.faq_pdf(store_faq.sheet(file, TODAY))
    run(file, store_faq.save_faq, Faq("Is it <b>vegan</b>?", "Yes & always.\n\nAsk us."))
    found = text_of(report_faq.faq_pdf(store_faq.sheet(file, TODAY)))
    assert "Is it <b>vegan</b>? Yes & always. Ask us." in found


class Read(HTMLParser):
    """Tags and the text between them, as a browser takes them apart."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.texts: list[str] = []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]

    def handle_data(self, data):
        self.texts.append(data)


_NASTY = st.text(min_size=1, max_size=60) | st.sampled_from(
    ["<script>alert(1)</script>", "</style><img src=x onerror=y>", "\" onload=\"x", "&lt;b&gt;", "\x00\x1b[31m", "]]>",
     "<!-- ", "javascript:alert(1)", "\u202eevil", "\ud800"]
)  # fmt: skip


@given(question=_NASTY, answer=_NASTY, name=_NASTY)
def test_the_web_page_holds_only_its_own_tags_whatever_was_typed(question, answer, name):
    faqs = (Faq(question, answer),) * 7
    made = faq_html.page(FaqSheet(Business(name), TODAY, faqs))
    made.encode("utf-8")
    read = Read()
    read.feed(made)
    assert set(read.tags) <= {
        "html", "head", "meta", "title", "style", "body", "main", "h1", "h2", "p", "br", "section", "nav", "ul", "li",
        "a", "footer",
    }  # fmt: skip
    assert read.tags.count("style") == 1
    assert {key for key, _value in read.attributes} <= {
        "lang", "charset", "name", "content", "http-equiv", "class", "dir", "aria-labelledby", "aria-label", "id",
        "href",
    }  # fmt: skip
    assert all(value.startswith("#q") for key, value in read.attributes if key == "href")
    assert "\x00" not in made


def test_the_web_page_says_what_was_typed_and_needs_nothing_from_elsewhere(file, tmp_path):
    run(file, store_faq.save_faq, Faq("Is 3 < 5 & “fine”?", "First.\nSecond.\n\nThird."))
    target = tmp_path / "faq.html"
    faq_html.save(store_faq.sheet(file, TODAY), target)
    made = target.read_text(encoding="utf-8")
    read = Read()
    read.feed(made)
    assert "Is 3 < 5 & “fine”?" in "".join(read.texts)
    assert made.count('<p dir="auto">') == 2  # two paragraphs, the first of two lines
    assert "<br>" in made
    assert '<html lang="en-GB">' in made
    assert "http" not in made.replace("http-equiv", "")
    assert "default-src 'none'" in made
    with pytest.raises(UserError):
        faq_html.save(store_faq.sheet(file, TODAY), Path(file.path))
