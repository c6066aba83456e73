"""Which words set a theme apart from the others: class-based TF-IDF (METHOD 5)."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence


def ctfidf(themes: Mapping[str, Sequence[str]]) -> dict[str, dict[str, float]]:
    """Theme -> word -> weight: the word's share of the theme's words times ln(1 + A / f).

    A: words per theme on average; f: how often the word comes in all themes together. A theme without words has no
    weights.
    """
    counted = {theme: Counter(words) for theme, words in themes.items()}
    everywhere: Counter[str] = Counter()
    for counts in counted.values():
        everywhere.update(counts)
    if not everywhere:
        return {theme: {} for theme in themes}
    average = everywhere.total() / len(themes)
    return {
        theme: {word: count / counts.total() * math.log1p(average / everywhere[word]) for word, count in counts.items()}
        for theme, counts in counted.items()
    }


def top_words(themes: Mapping[str, Sequence[str]], most: int) -> dict[str, tuple[str, ...]]:
    """The words of each theme with the largest weights, the heaviest first, equal ones by alphabet."""
    found = {}
    for theme, weights in ctfidf(themes).items():
        heaviest = sorted(weights.items(), key=lambda pair: (-pair[1], pair[0]))
        found[theme] = tuple(word for word, _weight in heaviest[:most])
    return found
