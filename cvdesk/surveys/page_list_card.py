"""The card of a survey: what can be done with it, what came back, what it asks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from cvdesk.catalogue.records import Period
from cvdesk.kit.menus import menu_button, offer
from cvdesk.kit.session import Session
from cvdesk.kit.side import SideContent, pressed_line
from cvdesk.kit.widgets import CARD_TITLE, NOTE, SMALL, TEXT, Flow, button, column, label, tooltip
from cvdesk.stats.intervals import NEED_PEOPLE, Estimate, wilson
from cvdesk.surveys.records import Asked
from cvdesk.surveys.records_forms import form_name, question_name, questions_words, way_name
from cvdesk.surveys.store_lists import Comment, SurveyCard
from cvdesk.surveys.store_rounds import BLANK, BY_HAND, RANDOM, Round
from cvdesk.wording import _, ngettext
from cvdesk.wording.figures import answers, in_full, percent_interval, why_not, worth_it
from cvdesk.wording.numbers import day_short, percent, whole

_COMMENTS = 6  # in view at once; the rest after "more"


@dataclass(frozen=True, slots=True)
class Doings:
    """What the buttons of a card do."""

    hand_out: Callable[[], None]
    print_forms: Callable[[], None]
    counter: Callable[[], None]
    files: Callable[[], None]
    paste: Callable[[], None]
    type_in: Callable[[], None]
    bring_in: Callable[[], None]
    remind: Callable[[], None]
    edit: Callable[[], None]
    again: Callable[[], None]
    end: Callable[[], None]
    delete: Callable[[], None]


class SurveyCardView(SideContent):
    """One survey. `doings` None: the file is read only. `remindable`: how many may be reminded today."""

    def __init__(self, session: Session, card: SurveyCard, remindable: int, doings: Doings | None) -> None:
        super().__init__(session.theme, card.survey.name)
        self._session, self._theme, self._card = session, session.theme, card
        self._today = session.today()
        self._head()
        if doings is not None:
            self._buttons(doings, remindable)
        self._came_back()
        self._chosen()
        self._so_far()
        self._words()
        self._asks()
        self.box.addStretch(1)

    def _head(self) -> None:
        theme, survey = self._theme, self._card.survey
        self.add(label(theme, survey.name, CARD_TITLE, strong=True, wrap=True))
        asked = questions_words(survey.form, self._card.questions)
        said = _("{form}: {questions}").format(form=form_name(survey.form), questions=asked)
        self.add(label(theme, said, TEXT, tone="quiet", wrap=True))
        parts = [self._card.offering, _("without names") if survey.anonymous else _("by name")]
        if survey.ended is not None:
            parts.append(_("ended {day}").format(day=day_short(survey.ended, self._today)))
        elif survey.started is not None:
            parts.append(_("running since {day}").format(day=day_short(survey.started, self._today)))
        else:
            parts.append(_("not handed out yet"))
        self.add(label(theme, " · ".join(part for part in parts if part), TEXT, tone="quiet", wrap=True))

    def _buttons(self, doings: Doings, remindable: int) -> None:
        theme, running = self._theme, self._card.survey.ended is None
        row = Flow(SMALL)
        place = QWidget()
        place.setLayout(row)
        self.hand_out = button(theme, _("Hand out…"), doings.hand_out, "main" if running else "")
        self.hand_out.setEnabled(running)
        self.take_in = menu_button(
            theme, _("Take answers in"), _("Take answers in"), partial(self._fill_take_in, doings)
        )
        self.counter = button(theme, _("Counter"), doings.counter, name=_("Ask at the counter, full screen"))
        self.counter.setEnabled(running)
        self.more = self._more(doings)
        for made in (self.hand_out, self.counter, self.take_in, self.more):
            row.addWidget(made)
        self.add(place)
        if remindable:
            text = ngettext(
                "Remind {count} who has not answered…", "Remind {count} who have not answered…", remindable
            ).format(count=whole(remindable))
            self.remind = self.add_link(text, "mail", doings.remind)

    def _fill_take_in(self, doings: Doings, menu: QMenu) -> None:
        offer(menu, _("Filled-in PDFs and e-mails…"), doings.files)
        offer(menu, _("Paste an e-mail reply…"), doings.paste)
        offer(menu, _("Type in paper sheets…"), doings.type_in)
        offer(menu, _("Import from another survey service…"), doings.bring_in)

    def _more(self, doings: Doings) -> QPushButton:
        name = _("More about “{name}”").format(name=self._card.survey.name)
        made = button(self._theme, "", icon="ellipsis", name=name)
        made.setToolTip(tooltip(_("More")))
        menu = QMenu(made)
        ended = self._card.survey.ended is not None
        for text, do in (
            (_("Print forms…"), doings.print_forms),
            (_("Edit…"), doings.edit),
            (_("Make a new survey from it…"), doings.again),
            (_("Run it again") if ended else _("End it today"), doings.end),
            (_("Delete"), doings.delete),
        ):
            offer(menu, text, do)
        made.setMenu(menu)
        return made

    def _came_back(self) -> None:
        card, theme = self._card, self._theme
        self.add_heading(_("CAME BACK"))
        if not card.by_way and not card.answers:
            self.add(label(theme, _("Nobody has been asked yet."), TEXT, tone="quiet", wrap=True))
            return
        total = Asked(sum(one.asked for one in card.by_way.values()), sum(one.answered for one in card.by_way.values()))
        if total.asked:
            self.add(label(theme, _rate_words(total, card.rate), TEXT, wrap=True))
        if len(card.by_way) > 1:
            for way, one in sorted(card.by_way.items(), key=lambda found: -found[1].asked):
                rate = _rate_words(one, wilson(one.answered, one.asked))
                said = _("{way}: {rate}").format(way=way_name(way), rate=_lower(rate))
                self.add(label(theme, said, NOTE, tone="quiet", wrap=True))
        walked_in = card.answers - total.answered
        if walked_in:
            said = ngettext("{count} at the counter, where nobody is asked by name",
                            "{count} at the counter, where nobody is asked by name", walked_in)  # fmt: skip
            self.add(label(theme, said.format(count=whole(walked_in)), NOTE, tone="quiet", wrap=True))

    def _chosen(self) -> None:
        made = self._card.rounds
        for one in made.rounds[-3:]:
            self.add(label(self._theme, self._round_words(one), NOTE, tone="quiet", wrap=True))
        if made.by_hand:
            said = _("Some were picked by hand: the figures may flatter you.")
            self.add(label(self._theme, said, NOTE, tone="bad", wrap=True))

    def _round_words(self, one: Round) -> str:
        day, count = day_short(one.day, self._today), whole(one.count)
        if one.choice == BLANK:
            said = ngettext(
                "{day}: {count} sheet for whoever takes one", "{day}: {count} sheets for whoever takes one", one.count
            )
        elif one.choice == RANDOM:
            said = _("{day}: {count} of {fitting} who fit, drawn at random, {way}")
        elif one.choice == BY_HAND:
            said = _("{day}: {count} of {fitting} who fit, picked by hand, {way}")
        else:
            said = _("{day}: all {count} who fit, {way}")
        text = said.format(day=day, count=count, fitting=whole(one.fitting), way=_lower(way_name(one.way)))
        return text[:1].upper() + text[1:]

    def _so_far(self) -> None:
        card, theme = self._card, self._theme
        if not card.answers:
            return
        self.add_heading(_("SO FAR"))
        self.add(label(theme, answers(card.answers), TEXT, wrap=True))
        if any(one.key == "worth_it" for one in card.questions):
            self.add(label(theme, _worth_it_words(card.worth_it), TEXT, wrap=True))
        self.see_value = self.add_link(_("See what it says about value"), "scale", self._open_value)

    def _open_value(self) -> None:
        """The Value page with the days, the product and the channel of this survey."""
        session, survey = self._session, self._card.survey
        end = min(survey.ended or self._today, self._today)
        channel = session.file.value("SELECT id FROM channels WHERE key = 'survey'")
        period = Period(min(survey.started or session.filter.period.start, end), self._today)
        session.set_filter(
            replace(session.filter, period=period, offering=survey.offering_id, channel=channel, segment=None, tag=None)
        )
        session.open("page", "value")

    def _words(self) -> None:
        if not self._card.comments:
            return
        self.add_heading(_("IN THEIR WORDS"))
        if self._card.survey.anonymous and self._card.answers < NEED_PEOPLE:
            said = _("They show from {count} answers on, so that nobody is recognised by them.")
            self.add(label(self._theme, said.format(count=whole(NEED_PEOPLE)), TEXT, tone="quiet", wrap=True))
            return
        for one in self._card.comments[:_COMMENTS]:
            self._comment(one)
        rest = self._card.comments[_COMMENTS:]
        if rest:
            more = QWidget()
            more.hide()
            inside = column(more, SMALL)

            def show() -> None:
                link.hide()
                for one in rest:
                    inside.addWidget(self._comment_line(one))
                more.show()

            link = self.add_link(_("More of them"), "chevron-down", show)
            self.box.addWidget(more)

    def _comment(self, one: Comment) -> None:
        self.box.addWidget(self._comment_line(one))

    def _comment_line(self, one: Comment) -> QWidget:
        inner = column(None, 0)
        inner.addWidget(label(self._theme, _("“{words}”").format(words=one.text), TEXT, wrap=True))
        beside = [day_short(one.date, self._today), one.name]
        inner.addWidget(label(self._theme, " · ".join(part for part in beside if part), NOTE, tone="faint"))
        name = _("Open the sheet with: {words}").format(words=one.text)
        return pressed_line(name, partial(self._session.open, "assessments", one.assessment_id), inner)

    def _asks(self) -> None:
        self.add_heading(_("WHAT IT ASKS"))
        for one in self._card.questions:
            self.add(
                label(
                    self._theme,
                    _("– {question}").format(question=question_name(one, self._card.factors)),
                    NOTE,
                    tone="quiet",
                    wrap=True,
                )
            )


def _rate_words(total: Asked, rate: Estimate) -> str:
    if not total.answered:
        return _("None of {all} yet").format(all=whole(total.asked))
    if rate.value is None:
        return _("{count} of {all}").format(count=whole(total.answered), all=whole(total.asked))
    return _("{count} of {all}: {share} (likely {range})").format(
        count=whole(total.answered), all=whole(total.asked), share=percent(rate.value), range=percent_interval(rate)
    )


def _worth_it_words(share: Estimate) -> str:
    if share.value is None:
        return _("Worth it: {why}").format(why=why_not(share))
    return in_full(worth_it(share), answers(share.n), share.n)


def _lower(text: str) -> str:
    return text if text.startswith("PDF") else text[:1].lower() + text[1:]


__all__ = ["Doings", "SurveyCardView"]
