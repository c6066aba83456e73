"""How often a guessed mood is right, on the four sets of short texts that VADER was published with.

python -m tests.bench.bench_moods FOLDER; FOLDER has amazonReviewSnippets_GroundTruth.txt and its three sisters: text in
the last column, mean rating of people in the second, whose sign is taken for the mood (0 is left out). Prints the share
right by a forced choice: always the commoner mood, VADER where vaderSentiment is installed (it is no part of the
program), and ours after 100, 300, 1,000 and 3,000 rated texts of the same set, mean of three draws, judged on up to
1,500 others; and in how many draws it was good enough for the program to show a guess at all.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from cvdesk.themes.learn import plain
from cvdesk.themes.learn_moods import fit, learn_moods

SETS = ("amazonReviewSnippets", "movieReviewSnippets", "nytEditorialSnippets", "tweets")
RATED = (100, 300, 1_000, 3_000)
DRAWS = 3
JUDGED = 1_500

Said = tuple[str, bool]


def read(path: Path) -> list[Said]:
    """Texts with whether people found them good."""
    found = []
    for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
        columns = line.split("\t")
        if len(columns) > 2 and float(columns[1]) != 0:
            found.append((columns[-1], float(columns[1]) > 0))
    return found


def vader(said: Sequence[Said]) -> float | None:
    """The share VADER has right; None where it is not installed."""
    if find_spec("vaderSentiment") is None:
        return None
    judge = import_module("vaderSentiment.vaderSentiment").SentimentIntensityAnalyzer()
    return sum((judge.polarity_scores(text)["compound"] >= 0) == good for text, good in said) / len(said)


def ours(said: Sequence[Said], count: int) -> tuple[float, int]:
    """The share right after so many rated texts, and in how many draws a guess would be shown."""
    right, shown = 0.0, 0
    for seed in range(DRAWS):
        drawn = random.Random(seed).sample(said, len(said))
        texts, moods = [text for text, _good in drawn[:count]], [good for _text, good in drawn[:count]]
        others = drawn[count : count + JUDGED]
        shown += learn_moods(texts, moods) is not None
        features, decider = fit(texts, moods)
        guesses = decider.predict(features.transform([plain(text) for text, _good in others]))
        right += sum(bool(guess) == good for guess, (_text, good) in zip(guesses, others, strict=True)) / len(others)
    return right / DRAWS, shown


def main(folder: Path) -> None:
    """Prints a line a set."""
    for name in SETS:
        said = read(folder / f"{name}_GroundTruth.txt")
        good = sum(mood for _text, mood in said) / len(said)
        theirs = vader(said)
        print(f"{name}: {len(said)} texts, the commoner mood {max(good, 1 - good):.0%}", end="")
        print("" if theirs is None else f", VADER {theirs:.0%}")
        for count in RATED:
            if count + 300 <= len(said):
                share, shown = ours(said, count)
                print(f"    after {count:>5} rated: {share:.0%} right, shown in {shown} of {DRAWS} draws", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
