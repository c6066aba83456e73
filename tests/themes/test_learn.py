"""Learning from what the owner filed: when it begins, when it is used, and that nothing hangs on it."""

import json
import subprocess
import sys
import textwrap
from datetime import timedelta

import pytest

from cvdesk.feedback import store as feedback
from cvdesk.feedback.records import Entry
from cvdesk.themes import store, store_learn, store_moods, store_sort
from cvdesk.themes.judging import Trial, better, compare
from cvdesk.themes.learn import MOST_COMMENTS, StoppedError, available, learn, ready
from cvdesk.themes.learn_moods import learn_moods
from cvdesk.themes.records import Theme
from cvdesk.themes.records_learn import Labelled
from cvdesk.themes.store_filing import Answer, file_entry
from cvdesk.themes.store_marks import settle
from tests.themes.shop import ABOUT, TODAY, comment, comments, file_many, make_shop, theme_id

THEMES = tuple(Theme(place, key, key, key, "costs") for place, key in enumerate(ABOUT, start=1))


@pytest.fixture
def shop(tmp_path):
    with make_shop(tmp_path) as file:
        yield file


def labelled(each):
    """So many comments of every theme of the shop's."""
    return [
        Labelled(f"{phrases[place % 5]} {place}", theme.id, (theme.id,))
        for theme, phrases in zip(THEMES, ABOUT.values(), strict=True)
        for place in range(each)
    ]


def test_learning_waits_for_fifty_comments_and_five_of_a_theme(shop):
    file_many(shop, 16)
    few = store_learn.standing(shop)
    assert (few.corrections, few.in_use, few.lexicon_right.value) == (48, False, None)
    assert "begins with 50 filed comments; there are 48" in few.why

    for text in ("one till", "two tills"):
        entry = comment(shop, text)
        shop.run("File", lambda op, entry=entry: settle(op, entry, theme_id(op, "waiting-and-delays"), "confirmed"))

    enough = store_learn.standing(shop)
    assert (enough.corrections, enough.themes_ready, enough.available) == (50, 3, True)
    assert enough.in_use
    assert enough.model_right.n == enough.lexicon_right.n == 50
    assert enough.model_right.low > enough.lexicon_right.high


def test_learning_stops_when_nobody_waits_and_can_be_begun_again(shop):
    file_many(shop, 21)
    asked = []

    def stopped():
        asked.append(len(asked))
        return len(asked) > 4

    with pytest.raises(StoppedError):
        store_learn.standing(shop, stopped)
    with pytest.raises(StoppedError):
        store_sort.prepared(shop, None, stopped)
    assert len(asked) == 6

    assert store_learn.standing(shop).in_use
    assert store_sort.prepared(shop).model is not None


def test_one_theme_is_nothing_to_tell_apart(shop):
    ids = comments(shop, [f"bike rack {place}" for place in range(60)])
    shop.run("File", lambda op: [settle(op, entry, theme_id(op, "quality"), "confirmed") for entry in ids])

    said = store_learn.standing(shop)
    assert (said.corrections, said.themes_ready, said.in_use) == (60, 1, False)
    assert "two themes" in said.why


def test_where_words_do_as_well_they_go_on_suggesting(shop):
    texts = [(f"late {place}", "delivery-and-appointments") for place in range(30)]
    texts += [(f"rude {place}", "helpful-people") for place in range(30)]
    ids = comments(shop, [text for text, _key in texts])

    def file_all(op):
        for entry, (_text, key) in zip(ids, texts, strict=True):
            settle(op, entry, theme_id(op, key), "confirmed")

    shop.run("File", file_all)

    said = store_learn.standing(shop)
    assert (said.lexicon_right.value, said.model_right.value, said.in_use) == (1.0, 1.0, False)
    assert store_learn.sorter(shop).model is None


@pytest.mark.parametrize(
    ("words", "learned", "is_better"),
    [
        (Trial(100, 70, 40), Trial(100, 90, 60), True),
        (Trial(100, 70, 40), Trial(100, 70, 40), False),  # no better
        (Trial(100, 40, 36), Trial(100, 100, 40), False),  # files more, but much of it wrongly
        (Trial(100, 0, 0), Trial(100, 50, 30), True),
    ],
)
def test_better_is_more_filed_rightly_without_more_of_it_wrong(words, learned, is_better):
    assert better(words, learned) is is_better


def test_a_comment_is_never_judged_by_what_its_own_words_taught():
    said = "the very same words"
    same = [Labelled(said, 1 + place % 2, (1 + place % 2,)) for place in range(30)]
    _words, learned = compare([*labelled(10), *same], THEMES, THEMES)

    # Of the same words half are about one theme, half about another: nothing else can tell, so at most half are right.
    assert learned.right <= 30 + 15


def test_trying_out_gives_the_same_each_time():
    assert compare(labelled(20), THEMES, THEMES) == compare(labelled(20), THEMES, THEMES)


def test_a_comment_about_several_themes_teaches_all_of_them():
    both = [
        Labelled(f"{one} and {other}", 1, (1, 3))
        for one, other in zip(ABOUT["quality"] * 4, ABOUT["waiting-and-delays"] * 4, strict=True)
    ]
    model = learn([*labelled(15), *both], THEMES)

    ((first, second),) = model.sure(["stale crumb and only one till open"])
    assert {first.theme.id, second.theme.id} == {1, 3}
    assert first.score >= second.score >= 0.6
    assert model.sure([]) == []


def test_what_is_not_about_a_theme_teaches_that_and_nothing_else():
    wrong = [Labelled(f"a bike of bread {place}", 0, (), (2,)) for place in range(10)]
    taught = learn([*labelled(15), *wrong], THEMES)
    untaught = learn(labelled(15), THEMES)

    chances, before = taught.probabilities(["a bike of bread"])[0], untaught.probabilities(["a bike of bread"])[0]
    assert chances[1] < 0.3 < before[1]
    assert learn(wrong, THEMES) is None
    assert learn([], THEMES) is None


def test_themes_are_ready_from_five_comments_on():
    assert [theme.id for theme in ready([*labelled(5)[:14]], THEMES)] == [1, 2]


def test_learning_knows_the_owners_word_and_only_themes_in_use(shop):
    quality, reach, waiting = (theme_id(shop, key) for key in ABOUT)
    ids = comments(shop, ["crumb", "rack", "till", "suggested only", "no to it", "thanks"])

    def say(op):
        settle(op, ids[0], quality, "confirmed")
        settle(op, ids[0], reach, "rejected")
        settle(op, ids[1], reach, "confirmed")
        settle(op, ids[2], waiting, "confirmed")
        settle(op, ids[2], quality, "confirmed")
        store.tag_entry(op, ids[3], quality, "suggested", "words")
        settle(op, ids[4], waiting, "rejected")
        file_entry(op, ids[5], Answer(()))
        op.update("themes", reach, {"active": 0})

    shop.run("File", say)

    assert {one.text: one for one in store_learn.labels(shop)} == {
        "crumb": Labelled("crumb", quality, (quality,)),
        "till": Labelled("till", waiting, (waiting, quality)),
        "no to it": Labelled("no to it", 0, (), (waiting,)),
        "thanks": Labelled("thanks", 0, (), tuple(theme.id for theme in store.themes(shop))),
    }


def test_learning_is_bounded_to_the_newest_comments(shop, monkeypatch):
    monkeypatch.setattr(store_learn, "MOST_COMMENTS", 3)
    quality = theme_id(shop, "quality")
    for back in range(5):
        entry = comment(shop, f"crumb {back}", TODAY - timedelta(days=back))
        shop.run("File", lambda op, entry=entry: settle(op, entry, quality, "confirmed"))

    assert [one.text for one in store_learn.labels(shop)] == ["crumb 0", "crumb 1", "crumb 2"]
    assert MOST_COMMENTS == 5_000


# The extra taken away, as on a machine that does not have it; and what opening the page loads.
_WITHOUT = """
import sys

class Missing:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in ("sklearn", "scipy", "numpy", "threadpoolctl", "joblib"):
            raise ImportError(name)

sys.meta_path.insert(0, Missing())
"""
_TRY = """
import json
from pathlib import Path
from cvdesk.catalogue.records import Filter, Period
from cvdesk.db import open_file
from cvdesk.themes import store_learn, store_moods, store_proposals, store_sort
from datetime import date

with open_file(Path(sys.argv[1])) as file:
    said = store_learn.standing(file)
    done = file.run("Sort", store_sort.resort).result
    new = store_proposals.proposals(file, Filter(Period(date(2020, 1, 1), date(2030, 1, 1))))
    print(json.dumps([said.available, said.in_use, said.why, said.corrections, done.entries, done.words, done.model,
                      new.available, len(new.found), new.why, store_moods.guess_moods(file, [1])]))
"""
_LOADED = """
import json, sys
import cvdesk.themes.lexicon, cvdesk.themes.records, cvdesk.themes.store, cvdesk.themes.store_checks
import cvdesk.themes.store_learn, cvdesk.themes.store_moods, cvdesk.themes.store_proposals, cvdesk.themes.store_rules
import cvdesk.themes.store_sort, cvdesk.themes.page
print(json.dumps(sorted({name.split(".")[0] for name in sys.modules} & {"sklearn", "numpy", "scipy", "joblib"})))
"""


def run(code, *arguments):
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code), *arguments], capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout)


def test_without_the_learning_extra_words_suggest_and_it_is_said(tmp_path):
    with make_shop(tmp_path) as shop:
        file_many(shop, 20)
        comments(shop, [f"late {place}" for place in range(150)])
        comments(shop, [f"hello {place}" for place in range(160)])
        path = str(shop.path)

    there, in_use, why, corrections, entries, words, model, new, found, new_why, moods = run(_WITHOUT + _TRY, path)

    assert (there, in_use, corrections) == (False, False, 60)
    assert "not installed" in why
    assert (entries, words, model) == (310, 150, 0)
    assert (new, found, moods) == (False, 0, {})
    assert "not installed" in new_why


def test_nothing_heavy_is_loaded_with_suggestions_and_the_page():
    assert run(_LOADED) == []


def test_the_extra_is_there_for_these_tests():
    assert available()


def rate(shop, good, bad):
    def log(op):
        for place in range(good):
            feedback.save(op, Entry(date=TODAY, text=f"wunderbar und frisch {place}", rating=5))
        for place in range(bad):
            feedback.save(op, Entry(date=TODAY, text=f"leider alt und trocken {place}", rating=1))
        feedback.save(op, Entry(date=TODAY, text="geht so", rating=3))

    shop.run("Rate", log)


def test_moods_are_guessed_from_the_businesss_own_ratings_and_only_where_nobody_said(shop):
    rate(shop, 80, 40)
    ids = comments(shop, ["so frisch, wunderbar!", "leider trocken", "xyz"])
    rated = comment(shop, "wunderbar", rating=1)
    praise = shop.run("Log", lambda op: feedback.save(op, Entry(date=TODAY, text="trocken", kind="praise"))).result

    assert store_moods.guess_moods(shop, [*ids[:2], rated, praise]) == {ids[0]: "good", ids[1]: "bad"}


@pytest.mark.parametrize(("good", "bad"), [(60, 30), (100, 19)])
def test_moods_are_not_guessed_from_too_few_ratings(shop, good, bad):
    rate(shop, good, bad)
    (entry,) = comments(shop, ["wunderbar"])

    assert store_moods.guess_moods(shop, [entry]) == {}


def test_moods_are_not_guessed_where_always_saying_the_commoner_would_do():
    texts = [f"bread {place % 7}{place % 11}" for place in range(140)]
    assert learn_moods(texts, [place % 3 > 0 for place in range(140)]) is None
