"""Lines as people write them in a hurry, each with everything it must become."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest

from cvdesk.catalogue.records import Named
from cvdesk.catalogue.store import built_in_channels
from cvdesk.customers.people import People, Person
from cvdesk.feedback.capture import ASKED, CaptureContext, read
from cvdesk.themes.records import Theme

TODAY = date(2026, 11, 22)  # a Sunday
PEOPLE = (
    Person(1, "Maria Alvarez", ("the violin teacher", "Mari"), ("maria@example.org", "+442079460018")),
    Person(2, "Jo Park"),
    Person(3, "O'Neill & Sons"),
    Person(4, "Łukasz Żak"),
    Person(5, "Jo Underhill"),
    Person(6, "Café Lumen", (), ("hello@lumen.example",)),
    Person(7, "Jürgen Müller", (), ("+4915112345678",)),
    Person(8, "Ann-Marie O’Brien"),
    Person(9, "Northside School"),
    Person(10, "Nguyễn Văn An"),
    Person(11, "東京 Yuki"),
    Person(12, "Grace Osei"),
)
MARIA, JO, ONEILL, LUKASZ, JO_TWO, LUMEN, MUELLER, ANN, SCHOOL, NGUYEN, YUKI, GRACE = range(1, 13)
LATE, STAFF, PRICE, BREAD = 21, 22, 23, 24
THEMES = (
    Theme(LATE, "late-delivery", "Late delivery", "delivery", "drawbacks", ("late", "delay")),
    Theme(STAFF, "friendly-staff", "Friendly staff", "people", "benefits", ("friendl", "kind")),
    Theme(PRICE, "price", "Price", "price", "costs", ("price", "expensive")),
    Theme(BREAD, "bread", "Bread", "quality", "worth", ("crust",)),
)
CHANNELS = tuple(Named(place, key, name) for place, (key, name) in enumerate(built_in_channels(), start=101))
CHANNEL = {channel.key: channel.id for channel in CHANNELS}
OFFERINGS = (Named(201, "rye-loaf", "Rye loaf"), Named(202, "sourdough", "Sourdough"))
CONTEXT = CaptureContext(People(PEOPLE), THEMES, CHANNELS, OFFERINGS, "GB", "en_GB")
YESTERDAY = date(2026, 11, 21)


@dataclass(frozen=True)
class Means:
    """What a line means; `who` is an id, a new name, several ids to choose from, or None."""

    text: str
    who: object = None
    rating: float | None = None
    channel: str | None = None
    day: date = TODAY
    themes: tuple[int, ...] = ()
    product: int | None = None
    time: str | None = None
    complaint: bool = False
    safety: bool = False
    wrong: tuple[str, ...] = ()


FULL = Means("bread late again", MARIA, 2, "phone", YESTERDAY, (LATE,))
LINES = [
    # The example and its orders
    ("maria alvarez: bread late again, 2 stars, phone, yesterday #late", FULL),
    ("bread late again, 2 stars, phone, yesterday #late, maria alvarez", FULL),
    ("yesterday, phone, 2 stars, #late, maria alvarez: bread late again", FULL),
    ("#late 2 stars phone yesterday, maria alvarez: bread late again", FULL),
    ("maria alvarez, 2 stars, phone, yesterday, #late, bread late again", FULL),
    ("phone: bread late again, maria alvarez, 2/5, yesterday #late", FULL),
    ("maria alvarez bread late again 2 stars phone yesterday #late", FULL),
    ("maria alvarez rang yesterday: bread late again, 2*, #late", FULL),
    ("Alvarez, Maria: bread late again; 2 stars; phone; yesterday; #late", FULL),
    ("maria alvarez - bread late again - 2 stars, phone, yesterday #late", FULL),
    ("maria alvarez:bread late again,2 stars,phone,yesterday #late", FULL),
    ("  maria   alvarez :  bread late again ,  2 stars ,phone,  yesterday  #late ", FULL),
    ("MARIA ALVAREZ: BREAD LATE AGAIN, 2 STARS, PHONE, YESTERDAY #LATE",
     Means("BREAD LATE AGAIN", MARIA, 2, "phone", YESTERDAY, (LATE,))),
    ("bread late again 2 stars by phone yesterday #late from maria alvarez", FULL),
    ("bread late again - maria alvarez, ph, 2*, yday, #late", FULL),
    # Who
    ("mari: bread late", Means("bread late", MARIA)),
    ("violin teacher: bread late", Means("bread late", MARIA)),
    ("maria@example.org: bread late", Means("bread late", MARIA)),
    ("MARIA@EXAMPLE.ORG bread late", Means("bread late", MARIA)),
    ("020 7946 0018: bread late", Means("bread late", MARIA)),
    ("+44 20 7946 0018 bread late", Means("bread late", MARIA)),
    ("(020) 7946-0018: bread late", Means("bread late", MARIA)),
    ("bread late, maria@example.org", Means("bread late", MARIA)),
    ("maria alvarz: bread late", Means("bread late", MARIA)),
    ("maira alvarez: bread late", Means("bread late", MARIA)),
    ("alvarez: bread late", Means("bread late", MARIA)),
    ("alvarz: bread late", Means("bread late", MARIA)),
    ("Jürgen Müller: Brötchen zu dunkel, 3 stars", Means("Brötchen zu dunkel", MUELLER, 3)),
    ("juergen mueller: Brötchen zu dunkel", Means("Brötchen zu dunkel", MUELLER)),
    ("jurgen muller: too dark", Means("too dark", MUELLER)),
    ("MÜLLER: zu süß", Means("zu süß", MUELLER)),
    ("lukasz zak: dobry chleb, 5/5", Means("dobry chleb", LUKASZ, 5)),
    ("cafe lumen: croissants perfect, visit, 5 stars", Means("croissants perfect", LUMEN, 5, "visit")),
    ("oneill & sons: van came early", Means("van came early", ONEILL)),
    ("ann marie o'brien: lovely", Means("lovely", ANN)),
    ("nguyen van an: good", Means("good", NGUYEN)),
    ("東京 Yuki: ラベルがない, ★★", Means("ラベルがない", YUKI, 2)),
    ("northside school, invoice wrong again, email", Means("invoice wrong again", SCHOOL, None, "email")),
    ("grace osei says queue at eight is too long", Means("queue at eight is too long", GRACE)),
    ("grace osei said: queue at eight is too long", Means("queue at eight is too long", GRACE)),
    ("jo: nice rolls", Means("nice rolls", (JO, JO_TWO), wrong=("customer",))),
    ("jo park and maria alvarez: loud music", Means("loud music", (JO, MARIA), wrong=("customer",))),
    ("jo park & grace osei: loud music", Means("loud music", (JO, GRACE), wrong=("customer",))),
    ("Jo Park and Maria Alvarez were both cross", Means("Jo Park and Maria Alvarez were both cross")),
    ("maria alvarez's husband liked the rye loaf",
     Means("maria alvarez's husband liked the rye loaf", product=201)),
    ("Sam Whitlock: first visit, loved it, 5 stars", Means("first visit, loved it", "Sam Whitlock", 5)),
    ("sam.whitlock@example.net: where is my order?", Means("where is my order?", "sam.whitlock@example.net")),
    ("07700 900321: no reply for a week", Means("no reply for a week", "07700 900321")),
    ("anon: dirty table, 1 star, shop", Means("dirty table", None, 1, "counter")),
    ("someone in the shop said the till was slow", Means("someone in the shop said the till was slow")),
    ("anonymous, web review, 3 stars, portions got smaller", Means("portions got smaller", None, 3, "review")),
    # Ratings
    ("jo park: fine, 4/5", Means("fine", JO, 4)),
    ("jo park: fine, 9/10", Means("fine", JO, 1 + 4 * 8 / 9)),
    ("jo park: fine, four stars", Means("fine", JO, 4)),
    ("jo park: fine ****", Means("fine", JO, 4)),
    ("jo park: fine, ★★★★☆", Means("fine", JO, 4)),
    ("jo park: fine 4.5 stars", Means("fine", JO, 4.5)),
    ("jo park: fine, 3 and a half stars", Means("fine", JO, 3.5)),
    ("jo park: fine, rating: 4", Means("fine", JO, 4)),
    ("jo park: fine, 4 out of 5 stars", Means("fine", JO, 4)),
    ("jo park: fine, 80%", Means("fine", JO, 4.2)),
    ("jo park: fine, 5-star", Means("fine", JO, 5)),
    ("jo park: 5 stars", Means("", JO, 5)),
    ("5 stars", Means("", None, 5)),
    ("jo park: fine, 6 stars", Means("fine", JO, wrong=("rating",))),
    ("jo park: fine, 2 stars, 4/5", Means("fine, 4/5", JO, 2)),
    ("jo park: waited 4 of 5 days", Means("waited 4 of 5 days", JO)),
    # Days
    ("jo park: fine, last friday", Means("fine", JO, day=date(2026, 11, 20))),
    ("jo park: fine, 3/11", Means("fine", JO, day=date(2026, 11, 3))),
    ("jo park: fine, 3 Nov", Means("fine", JO, day=date(2026, 11, 3))),
    ("jo park: fine, two weeks ago", Means("fine", JO, day=date(2026, 11, 8))),
    ("jo park: fine, a fortnight ago", Means("fine", JO, day=date(2026, 11, 8))),
    ("jo park: fine, 2 months ago", Means("fine", JO, day=date(2026, 9, 22))),
    ("jo park: fine, last month", Means("fine", JO, day=date(2026, 10, 22))),
    ("jo park: fine, on the 3rd", Means("fine", JO, day=date(2026, 11, 3))),
    ("jo park: fine, 30th", Means("fine", JO, day=date(2026, 10, 30))),
    ("jo park: fine, 3 nov 25", Means("fine", JO, day=date(2025, 11, 3))),
    ("jo park: fine, Nov 3, phone", Means("fine", JO, None, "phone", date(2026, 11, 3))),
    ("jo park: fine, yest at 10:30", Means("fine", JO, day=YESTERDAY, time="10:30")),
    ("jo park: fine, this morning at 8am", Means("fine", JO, time="08:00")),
    ("jo park: fine, tomorrow", Means("fine", JO, wrong=("date",))),
    ("jo park: fine, yesterday, last friday", Means("fine, last friday", JO, day=YESTERDAY)),
    ("jo park: the 3rd loaf was stale", Means("the 3rd loaf was stale", JO)),
    # The words stay
    ("jo park: “never again, 1 star, phone” he said", Means("“never again, 1 star, phone” he said", JO, 1)),
    ('maria alvarez: "bread late, again", 2 stars', Means('"bread late, again"', MARIA, 2)),
    ('"bread late again" maria alvarez, 2 stars', Means('"bread late again"', MARIA, 2)),
    ("jo park: lovely rolls :) 5 stars", Means("lovely rolls :)", JO, 5)),
    ("jo park: great 😀👍, 5/5, shop", Means("great 😀👍", JO, 5, "counter")),
    ("jo park: :-( burnt", Means(":-( burnt", JO)),
    ("jo park: WHY is it ALWAYS closed??!! 1*", Means("WHY is it ALWAYS closed??!!", JO, 1)),
    ("jo park: cost £3.50, was 2.80; price up", Means("cost £3.50, was 2.80; price up", JO)),
    ("jo park: 3 loaves, 2 rolls, 1 cake missing", Means("3 loaves, 2 rolls, 1 cake missing", JO)),
    ("jo park: phone always busy, nobody answers", Means("phone always busy, nobody answers", JO)),
    ("jo park: cold; 2 stars; and dry", Means("cold; and dry", JO, 2)),
    ("jo park: it's late... again, phone", Means("it's late... again", JO, None, "phone")),
    ("jo park: 50% off was not given", Means("50% off was not given", JO)),
    ("bread too salty", Means("bread too salty")),
    # Marks, products, themes
    ("jo park: sourdough burnt, complaint", Means("sourdough burnt", JO, product=202, complaint=True)),
    ("jo park complains: sourdough burnt, !safety",
     Means("sourdough burnt", JO, product=202, complaint=True, safety=True)),
    ("jo park: no reply #late #price", Means("no reply", JO, themes=(LATE, PRICE))),
    ("jo park: the #late delivery thing, 2 stars", Means("the #late delivery thing", JO, 2, themes=(LATE,))),
    ("jo park: fb, rye loaf is back, 5*", Means("rye loaf is back", JO, 5, "social", product=201)),
]  # fmt: skip


@pytest.mark.parametrize(("line", "means"), LINES, ids=[line for line, _means in LINES])
def test_a_line_becomes_what_it_means(line: str, means: Means):
    found = read(line, CONTEXT, TODAY)
    who: object = found.customer_id or found.customer_name or None
    if found.candidates:
        who = tuple(one.id for one in found.candidates)
    assert (found.text, who) == (means.text, means.who)
    assert found.rating == (None if means.rating is None else pytest.approx(means.rating, abs=1e-4))
    assert (found.channel_id, found.date, found.time) == (
        None if means.channel is None else CHANNEL[means.channel], means.day, means.time,
    )  # fmt: skip
    assert (found.themes, found.offering_id) == (means.themes, means.product)
    assert (found.complaint == ASKED, found.safety == ASKED) == (means.complaint, means.safety)
    assert tuple(field for field, _problem in found.problems) == means.wrong


def test_there_are_enough_lines_and_no_two_alike():
    assert len({line for line, _means in LINES}) == len(LINES) >= 80
