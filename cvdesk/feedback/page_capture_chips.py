"""Which chips stand below the capture line, and what choosing from them changes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from functools import partial
from typing import Any

from cvdesk.customers.people import Candidate
from cvdesk.feedback.capture import ASKED, NO, CaptureContext, Captured
from cvdesk.feedback.store import proper_name
from cvdesk.kit.chips import Chip, Option
from cvdesk.themes.records import Theme
from cvdesk.wording import _
from cvdesk.wording.figures import lever_name
from cvdesk.wording.numbers import day_short, number, stars

COMPLAINT_KEYS, SAFETY_KEYS, PROMISE_KEYS = "Ctrl+Shift+C", "Ctrl+Shift+S", "Ctrl+Shift+P"
_DAYS_BACK, _DAYS_AHEAD = 8, 8
Change = Callable[..., None]


class ChipMaker:
    """The chips of a line as it is understood. `change(**values)` is called with what the person chose."""

    def __init__(self, change: Change, tell_apart: Callable[[Sequence[Candidate]], Mapping[int, str]]) -> None:
        """`tell_apart`: what tells customers of the same name apart, by id."""
        self._change = change
        self._tell_apart = tell_apart

    def chips(
        self, captured: Captured, context: CaptureContext, new_themes: Sequence[tuple[str, Theme]], today: date
    ) -> list[Chip]:
        """All chips, in the order they are shown."""
        made = [
            self._customer(captured, context),
            self._rating(captured),
            self._channel(captured, context),
            self._date(captured, today),
            *self._themes(captured, context, new_themes),
            self._complaint(captured),
        ]
        if captured.promise != NO:
            made.append(self._promise(captured, context, today))
        if captured.safety != NO:
            sure = captured.safety == ASKED
            change = self._to(safety=NO if sure else ASKED)
            text = _("Safety") if sure else _("Safety?")
            made.append(Chip(_("Safety"), text, "bad", not sure, press=change, keys=SAFETY_KEYS))
        return made

    def _to(self, **values: Any) -> Callable[[], None]:
        return partial(self._change, **values)

    def _customer(self, captured: Captured, context: CaptureContext) -> Chip:
        name, options = _("Customer"), partial(self._who, captured)
        if captured.customer_id is not None:
            called = context.people.name(captured.customer_id)
            if captured.customer_alike:
                return Chip(name, _("{name}?").format(name=called), "accent", True, options)
            return Chip(name, called, "accent", options=options)
        if captured.candidates:
            return Chip(name, _("Which one?"), "bad", True, options)
        if captured.customer_name:
            shown = _("New: {name}").format(name=proper_name(captured.customer_name))
            return Chip(name, shown, "accent", True, options)
        if captured.name_to_ask:
            return Chip(name, _("Is {name} a customer?").format(name=captured.name_to_ask), "quiet", True, options)
        return Chip(name, _("Anonymous"), "quiet", options=options)

    def _who(self, captured: Captured) -> list[Option]:
        nobody = {"customer_id": None, "customer_name": "", "candidates": (), "anonymous": True, "customer_alike": ""}
        details = self._tell_apart(captured.candidates)
        options: list[Option] = []
        for one in captured.candidates:
            words = f"{one.name} · {details[one.id]}" if details.get(one.id) else one.name
            options.append((words, self._to(**nobody | {"customer_id": one.id, "anonymous": False})))
        typed = captured.customer_name or captured.name_to_ask or captured.customer_alike
        if typed:
            new = nobody | {"customer_name": typed, "name_to_ask": "", "anonymous": False}
            options.append((_("New customer: {name}").format(name=proper_name(typed)), self._to(**new)))
        return [*options, (_("Anonymous"), self._to(**nobody))]

    def _rating(self, captured: Captured) -> Chip:
        if captured.rating is None:
            return Chip(_("Rating"), _("No rating"), "quiet", options=self._ratings)
        digits = 0 if float(captured.rating).is_integer() else 1
        shown = _("{stars} {number} of 5").format(stars=stars(captured.rating), number=number(captured.rating, digits))
        return Chip(_("Rating"), shown, "star", options=self._ratings)

    def _ratings(self) -> list[Option]:
        options: list[Option] = [
            (stars(float(star)), self._to(rating=float(star), rating_raw=str(star), rating_scale="1-5"))
            for star in range(5, 0, -1)
        ]
        return [*options, (_("No rating"), self._to(rating=None, rating_raw=None, rating_scale=None))]

    def _channel(self, captured: Captured, context: CaptureContext) -> Chip:
        def options() -> list[Option]:
            return [(one.name, self._to(channel_id=one.id)) for one in context.channels]

        shown = next((one.name for one in context.channels if one.id == captured.channel_id), _("Channel?"))
        return Chip(_("Channel"), shown, "quiet", options=options)

    def _date(self, captured: Captured, today: date) -> Chip:
        def options() -> list[Option]:
            days = [today - timedelta(days=back) for back in range(_DAYS_BACK)]
            return [(day_short(when, today), self._to(date=when)) for when in days]

        wrong = any(field == "date" for field, _text in captured.problems)
        return Chip(_("Date"), day_short(captured.date, today), "bad" if wrong else "quiet", options=options)

    def _themes(
        self, captured: Captured, context: CaptureContext, new_themes: Sequence[tuple[str, Theme]]
    ) -> list[Chip]:
        by_id = {theme.id: theme for theme in context.themes}
        chips = []
        for name, like in new_themes:
            shown = _("New theme: {name} → {part}").format(name=name, part=lever_name(like.lever))
            chips.append(Chip(_("Theme"), shown, like.lever, True))
        for theme_id in (*captured.themes, *captured.suggested_themes):
            theme = by_id[theme_id]
            options = partial(self._about, captured, context, theme)
            shown = f"{theme.name} → {lever_name(theme.lever)}"
            chips.append(Chip(_("Theme"), shown, theme.lever, theme_id not in captured.themes, options))
        others = partial(self._about, captured, context)
        return chips or [Chip(_("Theme"), _("Theme?"), "quiet", options=others)]

    def _about(self, captured: Captured, context: CaptureContext, theme: Theme | None = None) -> list[Option]:
        options: list[Option] = []
        if theme is not None:
            if theme.id not in captured.themes:
                options.append((_("Yes, {theme}").format(theme=theme.name), self._with_theme(captured, theme.id)))
            options.append((_("Not about this"), self._without_theme(captured, theme.id)))
        return [*options, *((one.name, self._with_theme(captured, one.id)) for one in context.themes)]

    def _with_theme(self, captured: Captured, theme_id: int) -> Callable[[], None]:
        kept = [one for one in captured.themes if one != theme_id]
        left = tuple(one for one in captured.suggested_themes if one != theme_id)
        return self._to(themes=(*kept, theme_id), suggested_themes=left)

    def _without_theme(self, captured: Captured, theme_id: int) -> Callable[[], None]:
        return self._to(
            themes=tuple(one for one in captured.themes if one != theme_id),
            suggested_themes=tuple(one for one in captured.suggested_themes if one != theme_id),
        )

    def _complaint(self, captured: Captured) -> Chip:
        asked = captured.complaint == ASKED
        change = self._to(complaint=NO if asked else ASKED)
        tone = "bad" if captured.complaint != NO else "quiet"
        text = _("Complaint") if asked else _("Complaint?")
        return Chip(_("Complaint"), text, tone, not asked, press=change, keys=COMPLAINT_KEYS)

    def _promise(self, captured: Captured, context: CaptureContext, today: date) -> Chip:
        asked = captured.promise == ASKED
        by = captured.promised_by or today
        what, day = captured.promise_words, day_short(by, today)
        who = dict(context.staff).get(captured.promise_staff_id or 0, "")
        if who:
            said = _("{staff} promised: {what}, by {day}") if asked else _("Did {staff} promise: {what}, by {day}?")
        else:
            said = _("Promised: {what}, by {day}") if asked else _("Promised? {what}, by {day}")
        text = said.format(staff=who, what=what, day=day)
        options = partial(self._promises, asked, context, today)
        return Chip(_("Promise"), text, "accent", not asked, options, keys=PROMISE_KEYS)

    def _promises(self, asked: bool, context: CaptureContext, today: date) -> list[Option]:
        days = [today + timedelta(days=ahead) for ahead in range(_DAYS_AHEAD)]
        options: list[Option] = [] if asked else [(_("Yes, promised"), self._to(promise=ASKED))]
        options.append((_("Not a promise"), self._to(promise=NO)))
        options += [
            (_("By {day}").format(day=day_short(one, today)), self._to(promise=ASKED, promised_by=one)) for one in days
        ]
        options += [
            (_("Kept by {staff}").format(staff=name), self._to(promise=ASKED, promise_staff_id=staff_id))
            for staff_id, name in context.staff
        ]
        return options


def toggled(degree: str) -> str:
    """What a key makes of a mark: asked for, or no longer."""
    return NO if degree == ASKED else ASKED
