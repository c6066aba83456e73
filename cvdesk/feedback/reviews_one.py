"""The lines of one pasted review, read in order: its head, its words, the owner's reply."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from cvdesk.feedback.records_reviews import BLANK, HEAD, NOISE, REPLY, TEXT, Placed, Review
from cvdesk.feedback.reviews_lines import Day, Reply, Stars, bare_name, is_noise, is_place, name_like

_NEAR = 3  # lines with words after the stars among which the day still belongs to the head


@dataclass(slots=True)
class Line:
    """One line, what it says by itself, and what became of it."""

    text: str
    bare: str
    stars: Stars | None
    day: Day | None
    signed: tuple[str, Day] | None
    reply: Reply | None
    noise: bool
    part: str = ""
    review: int | None = None

    @property
    def blank(self) -> bool:
        """Whether nothing stands on it."""
        return not self.bare

    @property
    def words(self) -> bool:
        """Whether it says something that is neither stars, day nor noise."""
        return not (self.blank or self.noise or self.stars or self.day)

    def place(self, part: str, review: int | None) -> None:
        """Says what became of it."""
        self.part, self.review = part, review

    def placed(self) -> Placed:
        """The same, for others."""
        part = BLANK if self.blank else NOISE if self.noise else self.part
        return Placed(self.text, part, None if part in (BLANK, NOISE) else self.review)


@dataclass(slots=True)
class Reader:
    """Reads the lines of one review in order."""

    number: int
    lines: Sequence[Line]
    anchor: int
    names_before: bool
    name: str = ""
    when: Day | None = None
    replied: Day | None = None
    replying: bool = False
    words: list[str] = field(default_factory=list)
    answer: list[str] = field(default_factory=list)
    head: list[str] = field(default_factory=list)
    seen: int = 0  # lines with words after the stars

    def read(self) -> Review:
        """The review, and the part of each of its lines noted."""
        rated = self.lines[self.anchor].stars
        for place, line in enumerate(self.lines):
            if line.blank:
                (self.answer if self.replying else self.words).append("")
            elif not line.noise:
                self._read(place, line)
        self._signed_below()
        when, back = self.when, self.replied
        return Review(
            _joined(self.words), self.name, rated.rating if rated else None, rated.raw if rated else None,
            rated.scale if rated else None, when.day if when else None, when is not None and when.approximate,
            _joined(self.answer), back.day if back else None, tuple(self.head),
        )  # fmt: skip

    def _read(self, place: int, line: Line) -> None:
        if place <= self.anchor:
            self._at_head(place, line)
        elif self.replying:
            self._in_reply(line)
        elif line.reply is not None:
            self._begin_reply(line, line.reply)
        else:
            self._below(place, line)

    def _at_head(self, place: int, line: Line) -> None:
        """The name, what stands between it and the stars, and the stars with what follows them on their line."""
        self._to_head(line)
        if line.signed is not None:
            self.name, when = line.signed
            self.when = self.when or when
        elif line.day is not None:
            self.when = self.when or line.day
        elif line.stars is None and not self.name and place < self.anchor:
            self.name = bare_name(line.bare)
        if place == self.anchor and line.stars is not None:
            self.name = self.name or line.stars.name
            title = line.stars.rest if line.day is None and line.signed is None else ""
            if title and not is_noise(title):
                self.words.append(title)
                self.seen += 1

    def _below(self, place: int, line: Line) -> None:
        if line.signed is not None and not self.name and not self.names_before:
            self.name, when = line.signed
            self.when = self.when or when
            self._to_head(line)
        elif line.day is not None and (line.day.labelled or (self.when is None and self.seen < _NEAR)):
            self.when = self.when or line.day
            self._to_head(line)
        elif line.stars is not None and not self.seen:
            self._to_head(line)  # the same stars, said another way
        elif not self.seen and is_place(line.bare):
            self._to_head(line)
        elif not self.name and not self.names_before and not self.seen and self._day_follows(place):
            self.name = bare_name(line.bare)
            self._to_head(line)
        else:
            self.words.append(line.text)
            line.place(TEXT, self.number)
            self.seen += 1

    def _day_follows(self, place: int) -> bool:
        """Whether this is a name with its day on the next line."""
        below = next((line for line in self.lines[place + 1 :] if not line.blank and not line.noise), None)
        return below is not None and below.day is not None and name_like(bare_name(self.lines[place].bare))

    def _begin_reply(self, line: Line, begun: Reply) -> None:
        self.replying = True
        self.replied = begun.day
        line.place(REPLY, self.number)
        if begun.words:
            self.answer.append(begun.words)

    def _in_reply(self, line: Line) -> None:
        line.place(REPLY, self.number)
        if line.day is not None and self.replied is None and not any(self.answer):
            self.replied = line.day
        else:
            self.answer.append(line.text)

    def _signed_below(self) -> None:
        """Name and day at the very end, each on a line of its own."""
        last = [line for line in self.lines if line.part == TEXT]
        if self.name or self.names_before or len(last) < 3 or self.when is not None:
            return
        name, when = last[-2:]
        if when.day is not None and name_like(bare_name(name.bare)):
            self.name, self.when = bare_name(name.bare), when.day
            for line in (name, when):
                self.words.reverse()
                self.words.remove(line.text)
                self.words.reverse()
                self._to_head(line)

    def _to_head(self, line: Line) -> None:
        line.place(HEAD, self.number)
        self.head.append(line.text)


def _joined(words: Iterable[str]) -> str:
    return re.sub(r"\n{3,}", "\n\n", "\n".join(words)).strip()
