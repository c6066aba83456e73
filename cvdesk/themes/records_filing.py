"""What the owner is about to say of one entry: which themes, which is the main one, praise or complaint."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass, replace

SECONDS_EACH = 5  # what filing one entry takes, to say how long the rest will


@dataclass(frozen=True, slots=True)
class Draft:
    """An answer in the making. As long as nothing is picked, what is suggested stands; then only what was picked."""

    suggested: tuple[int, ...] = ()
    picked: tuple[int, ...] = ()
    moods: tuple[tuple[int, str], ...] = ()

    @property
    def themes(self) -> tuple[int, ...]:
        """What the entry is about if it is filed now, the main theme first."""
        return self.picked or self.suggested

    @property
    def touched(self) -> bool:
        """Whether the owner said anything yet."""
        return bool(self.picked or self.moods)

    def mood(self, theme: int) -> str:
        """Praise ("good"), complaint ("bad") or "" for nothing said."""
        return dict(self.moods).get(theme, "")

    def toggled(self, theme: int) -> Draft:
        """A theme picked, or picked no longer."""
        if theme in self.picked:
            return replace(self, picked=tuple(one for one in self.picked if one != theme))
        return replace(self, picked=(*self.picked, theme))

    def without(self, theme: int) -> Draft:
        """All but one theme: what else was suggested counts as picked."""
        return replace(
            self, picked=tuple(one for one in self.themes if one != theme),
            suggested=tuple(one for one in self.suggested if one != theme),
        )  # fmt: skip

    def only(self, theme: int) -> Draft:
        """This theme and no other."""
        return replace(self, picked=(theme,))

    def led_by(self, theme: int) -> Draft:
        """This theme is the main one."""
        return replace(self, picked=(theme, *(one for one in self.themes if one != theme)))

    def turned(self) -> Draft:
        """The next of its themes is the main one."""
        return replace(self, picked=(*self.themes[1:], *self.themes[:1])) if len(self.themes) > 1 else self

    def among(self, known: Container[int]) -> Draft:
        """What is left of it where only these themes are in use: others were merged or taken away meanwhile."""
        return Draft(
            tuple(one for one in self.suggested if one in known), tuple(one for one in self.picked if one in known),
            tuple(pair for pair in self.moods if pair[0] in known),
        )  # fmt: skip

    def said(self, theme: int, mood: str) -> Draft:
        """Praise or complaint about a theme; said twice, nothing is said of it."""
        rest = tuple(pair for pair in self.moods if pair[0] != theme)
        return replace(self, moods=rest if self.mood(theme) == mood else (*rest, (theme, mood)))


def minutes_for(count: int) -> int:
    """How many minutes so many entries take to file, at least one."""
    return max(1, round(count * SECONDS_EACH / 60))
