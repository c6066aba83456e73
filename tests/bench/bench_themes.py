"""How often the suggested theme is right, on labelled sentences that nothing here was tuned on (MAMS, restaurants).

python -m tests.bench.bench_themes FOLDER; FOLDER has train.xml, val.xml and test.xml of MAMS-ACSA. Prints words alone,
then words with what was learned from 50, 100, 300 and 1,000 sentences of train.xml, filed as an owner would; mean and
range of five draws. Judged on val.xml and test.xml, which are used for nothing else.

What their categories are in our words was settled once, before anything was measured: food is quality, menu is fit
(choice, range), price is price_level, staff and service are support, ambience is feel_good, place is access;
"miscellaneous" is nobody's and left out, with the sentences that have nothing else. The labels do not say what a
sentence is mainly about: the first theme suggested is right when it is any of those labelled. So much is about food
that always saying so is right more often than not: that share is printed as well. Themes the bank has and the labels
have not (waiting, heard, ...) count as wrong whenever they are suggested.
"""

from __future__ import annotations

import random
import sys
import xml.etree.ElementTree as ElementTree
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cvdesk.catalogue.store import question_bank
from cvdesk.themes.judging import better, compare
from cvdesk.themes.learn import NEED_COMMENTS, learn, ready
from cvdesk.themes.lexicon import Lexicon
from cvdesk.themes.records import Theme
from cvdesk.themes.records_learn import Labelled
from cvdesk.themes.sorting import Sorter

OURS = {
    "food": "quality", "menu": "fit", "price": "price_level", "staff": "support", "service": "support",
    "ambience": "feel_good", "place": "access",
}  # fmt: skip
CORRECTIONS = (50, 100, 300, 1_000)
DRAWS = 5


@dataclass(frozen=True, slots=True)
class Score:
    """Shares 0-1. primary: of the first themes suggested those that are right; recall: of all sentences those whose
    first theme is right; coverage: of all sentences those with a suggestion; any_*: all themes suggested, all labelled.
    """

    primary: float
    recall: float
    coverage: float
    any_precision: float
    any_recall: float

    @property
    def values(self) -> tuple[float, ...]:
        """In the order they are printed in."""
        return (self.primary, self.recall, self.coverage, self.any_precision, self.any_recall)


def bank_themes() -> tuple[Theme, ...]:
    """One theme per factor of the question bank, as a new file has them."""
    return tuple(
        Theme(place, item["key"], item["label"], item["key"], item["lever"], tuple(item["keywords"]))
        for place, item in enumerate(question_bank()["factor"], start=1)
    )


def read(path: Path, themes: Sequence[Theme]) -> list[Labelled]:
    """The sentences of a file as comments an owner filed; the theme listed first as the main one."""
    ids = {theme.key: theme.id for theme in themes}
    found = []
    for sentence in ElementTree.parse(path).getroot():
        labels = [one.attrib["category"] for one in sentence.iter("aspectCategory")]
        about = tuple(dict.fromkeys(ids[OURS[label]] for label in labels if label in OURS))
        if about:
            found.append(Labelled(sentence.findtext("text") or "", about[0], about))
    return found


def score(sorter: Sorter, sentences: Sequence[Labelled]) -> Score:
    """How well a sorter does on sentences it has not seen."""
    found = sorter.sort([one.text for one in sentences])
    filed = right = said = said_right = 0
    for one, hits in zip(sentences, found, strict=True):
        themes = [hit.theme.id for hit in hits]
        filed += bool(themes)
        right += bool(themes) and themes[0] in one.themes
        said += len(themes)
        said_right += len(set(themes) & set(one.themes))
    labelled = sum(len(one.themes) for one in sentences)
    return Score(
        right / max(filed, 1), right / len(sentences), filed / len(sentences), said_right / max(said, 1),
        said_right / labelled,
    )  # fmt: skip


def taught(labelled: Sequence[Labelled], themes: Sequence[Theme]) -> tuple[Sorter, bool]:
    """What the program would use after these corrections, and whether what was learned is part of it."""
    lexicon = Lexicon(themes)
    some = ready(labelled, themes)
    if len(labelled) >= NEED_COMMENTS and len(some) > 1 and better(*compare(labelled, themes, some)):
        return Sorter(lexicon, learn(labelled, some)), True
    return Sorter(lexicon), False


def main(folder: Path) -> None:
    themes = bank_themes()
    unseen = [*read(folder / "val.xml", themes), *read(folder / "test.xml", themes)]
    train = read(folder / "train.xml", themes)
    print(f"{len(unseen)} sentences to judge on, {len(train)} to learn from")
    print(f"{'':>28} first right | right of all | filed | all suggested right | all labelled found")
    commonest = Counter(theme for one in unseen for theme in one.themes).most_common(1)[0]
    print(f"{'always the commonest':>28} {commonest[1] / len(unseen):.0%}")
    print(
        f"{'words alone':>28} " + " | ".join(f"{value:.0%}" for value in score(Sorter(Lexicon(themes)), unseen).values)
    )
    for count in CORRECTIONS:
        drawn = [random.Random(seed).sample(train, count) for seed in range(DRAWS)]
        made = [taught(labelled, themes) for labelled in drawn]
        scores = [score(sorter, unseen).values for sorter, _used in made]
        used = sum(used for _sorter, used in made)
        columns = [
            f"{sum(column) / DRAWS:.0%} ({min(column):.0%}-{max(column):.0%})" for column in zip(*scores, strict=True)
        ]
        print(f"{f'{count} corrections, used {used}/{DRAWS}':>28} " + " | ".join(columns))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
