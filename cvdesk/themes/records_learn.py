"""What suggesting, learning, new themes and the monthly check say; plain records."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from cvdesk.stats.intervals import Estimate
from cvdesk.themes.records import Theme

# Who suggested a theme, as the file keeps it.
RULE, WORDS, MODEL = "rule", "words", "model"


@dataclass(frozen=True, slots=True)
class Hit:
    """A theme that a text is suggested to be about. `score`: places that say so, or the model's probability."""

    theme: Theme
    score: float
    by: str


@dataclass(frozen=True, slots=True)
class Sorted:
    """What suggesting again came to. `rule`, `words`, `model`: entries by what the first suggestion rests on."""

    entries: int = 0
    rule: int = 0
    words: int = 0
    model: int = 0
    changed: int = 0

    @property
    def unsorted(self) -> int:
        """Entries nothing is suggested for."""
        return self.entries - self.rule - self.words - self.model


@dataclass(frozen=True, slots=True)
class Labelled:
    """A comment the owner has filed. `main`: the theme it is mainly about, 0 for none of those asked about.

    `themes`: all it is about; `not_about`: what the owner said it is not about. With no theme at all only `not_about`
    is known of it.
    """

    text: str
    main: int
    themes: tuple[int, ...]
    not_about: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """How well suggestions fit what the owner filed. Shares of comments whose main theme is right, with intervals.

    corrections: comments filed by the owner; themes_ready: themes with enough of them; available: whether the learning
    extra is there; in_use: whether what was learned suggests; why: the reason, a sentence. `*_filed`: the share that
    is given any theme.
    """

    corrections: int
    themes_ready: int
    available: bool
    lexicon_right: Estimate
    model_right: Estimate
    lexicon_filed: Estimate
    model_filed: Estimate
    in_use: bool
    why: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """A theme that unfiled comments seem to share. `entries`: ids; `examples`: ids of the most typical ones, `texts`
    their words; `share`: of the comments looked at."""

    words: tuple[str, ...]
    entries: tuple[int, ...]
    share: float
    examples: tuple[int, ...]
    texts: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """What it is remembered by once the owner dropped it."""
        return " ".join(sorted(self.words))


@dataclass(frozen=True, slots=True)
class Proposals:
    """New themes that are proposed. `looked_at`: unfiled comments; why: the reason there are none, a sentence or ""."""

    found: tuple[Proposal, ...]
    looked_at: int
    available: bool
    why: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """An entry of the monthly check. said: the theme the program gave it, by what; answered: by the person asked for.

    month: "YYYY-MM". truth_id: the theme that person says it is mainly about; None: about none of them.
    """

    month: str
    entry_id: int
    text: str
    date: date
    said_id: int
    said: str
    by: str
    answered: bool = False
    truth_id: int | None = None


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What the check of a month came to: of n entries answered, the program was right about `right`.

    share: by Wilson; drawn: how many there are to answer. kappa: how far two people agree beyond chance on the
    `both` entries both answered; None where fewer than two people did, or where it says nothing.
    """

    month: str
    right: int
    n: int
    share: Estimate
    kappa: float | None = None
    both: int = 0
    people: tuple[str, ...] = field(default=())
