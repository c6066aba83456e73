"""Value by product, group of customers, channel, form and quarter; a group is narrowed to with one click."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QWidget

from cvdesk.catalogue.records import LEVERS, Filter
from cvdesk.kit.jobs import Job
from cvdesk.kit.tabs import Tabs
from cvdesk.kit.theme import MEDIUM, SMALL
from cvdesk.kit.view import View
from cvdesk.kit.widgets import CARD_TITLE, NOTE, TEXT, Card, Elided, button, column, label, line
from cvdesk.stats.intervals import Estimate
from cvdesk.value.page_groups_table import GroupTable, difference_words, missing_words
from cvdesk.value.records_groups import KINDS, GroupRow, Groups, Kind
from cvdesk.value.store_groups import groups
from cvdesk.wording import _, ngettext
from cvdesk.wording import figures as words
from cvdesk.wording.numbers import number, signed, span


def kind_name(kind: Kind) -> str:
    """By what the sheets are shared out."""
    return {
        "offering": _("Product"), "segment": _("Group of customers"), "channel": _("Channel"), "form": _("Form"),
        "quarter": _("Quarter"),
    }[kind]  # fmt: skip


def hidden_words(found: Groups) -> str:
    """How many groups are not shown, and why; empty where all are."""
    if not found.small:
        return ""
    told = ngettext(
        "{n} more group has fewer than 5 people.", "{n} more groups have fewer than 5 people.", found.small
    ).format(n=number(found.small, 0))
    if found.guarded:
        told += " " + ngettext(
            "{n} other is hidden with it: otherwise the small one could be worked out.",
            "{n} others are hidden with it: otherwise the small one could be worked out.",
            found.guarded,
        ).format(n=number(found.guarded, 0))
    return told


def reading_words(found: Groups) -> str:
    """How to read the table."""
    told = _(
        "Costs and Drawbacks: less is better. All groups are weighed alike, from score sheets alone: "
        "trouble told in feedback and complaints is not counted in."
    )
    return _("From one-minute forms.") + " " + told if found.minute else told


class GroupsView(View):
    """Which groups of sheets say more, or less, than the others."""

    key = "groups"
    watches = frozenset({"assessments", "answers", "factors", "settings", "offerings", "segments", "channels"})
    _job: Job | None = None
    _chosen: Filter | None = None
    _kind: Kind = KINDS[0]

    @classmethod
    def title(cls) -> str:
        """The tab's name."""
        return _("By group")

    def show_for(self, chosen: Filter) -> None:
        """Asks for the groups."""
        if self._job is not None:
            self._job.cancel()
        self._chosen, today, kind = chosen, self.session.today(), self._kind
        self._job = self.session.ask(lambda file: groups(file, kind, chosen, today), self._shown)

    def focus_first(self) -> None:
        """The table."""
        self.table.setFocus()

    def _build(self) -> None:
        theme = self.theme
        self._inside = QWidget()
        box = column(self._inside)
        holder = Card(theme)
        self.kinds = Tabs(theme, _("By what to compare"), [(kind, kind_name(kind)) for kind in KINDS])
        self.kinds.chosen.connect(self._take_kind)
        holder.box.addWidget(self.kinds)
        self.table = GroupTable(theme)
        self.table.setMinimumHeight(theme.px(140))
        holder.box.addWidget(self.table, 1)
        self.hidden = label(theme, "", NOTE, tone="quiet", wrap=True)
        self.reading = label(theme, "", NOTE, tone="faint", wrap=True)
        holder.box.addWidget(self.hidden)
        holder.box.addWidget(self.reading)
        box.addWidget(holder)
        box.addWidget(self._make_details())
        box.addStretch(1)
        self._inside.hide()  # nothing empty is shown while the figures are on their way
        self.box.addWidget(self._inside, 1)
        self.table.selected.connect(self._selected)
        self.table.opened.connect(lambda _place: self._narrow())

    def _make_details(self) -> Card:
        theme = self.theme
        card = Card(theme)
        head = line(MEDIUM)
        self.name = Elided(theme, "", CARD_TITLE, strong=True)
        head.addWidget(self.name, 1)
        self.alone = button(theme, _("Show only this group"), self._narrow)
        head.addWidget(self.alone)
        card.box.addLayout(head)
        self.out = label(theme, "", TEXT, wrap=True)
        self.parts = label(theme, "", NOTE, tone="quiet", wrap=True)
        told = column(None, SMALL)
        told.addWidget(self.out)
        told.addWidget(self.parts)
        card.box.addLayout(told)
        return card

    def _take_kind(self, kind: str) -> None:
        self._kind = next(one for one in KINDS if one == kind)
        self.table.setCurrentIndex(QModelIndex())
        if self._chosen is not None:
            self.show_for(self._chosen)

    def _shown(self, found: Groups) -> None:
        self._inside.show()
        self.table.show_groups(found)
        if not self.table.currentIndex().isValid():
            self.table.select_row(0)
        self._selected(self.table.rows.row(self.table.currentIndex().row()))
        self.hidden.setText(hidden_words(found))
        self.hidden.setVisible(bool(self.hidden.text()))
        self.reading.setText(reading_words(found))
        self._say_title(found)

    def _say_title(self, found: Groups) -> None:
        assert self._chosen is not None
        out = [row for row in found.rows if row.differences]
        if not found.whole.people:
            title = _("By group: no answers in this period")
        elif not found.rows:
            title = _("By group: too few people to compare")
        elif not out:
            title = _("No group stands out from the others")
        else:
            title = ngettext(
                "{n} group stands out from the others", "{n} groups stand out from the others", len(out)
            ).format(n=number(len(out), 0))
        period = self._chosen.period
        when = span(period.start, min(period.end, self.session.today()))
        self.titled.emit(title, f"{_answered(found.whole)} · {when}")

    def _selected(self, row: Any) -> None:
        if not isinstance(row, GroupRow):
            return
        self.name.set_whole(row.name)
        self.alone.setVisible(row.narrowed is not None)
        self.alone.setAccessibleName(_("Show only {group}").format(group=row.name))
        self.out.setText(_out_sentence(row))
        self.out.setVisible(bool(self.out.text()))
        net = _part(_("Value"), row.net, with_sign=True)
        levers = [_part(_lever_name(lever), row.levers[lever]) for lever in LEVERS]
        said = _("Worth it: {share}").format(share=_share(row.worth_it))
        self.parts.setText(" · ".join([net, said, *levers]))

    def _narrow(self) -> None:
        """Shows the chosen group alone on the scorecard; nothing for everybody, or for a group the bar cannot name."""
        row = self.table.rows.row(self.table.currentIndex().row())
        if isinstance(row, GroupRow) and row.narrowed is not None:
            self.session.set_filter(row.narrowed)
            self.session.open("assessments", ("view", "scorecard"))


def _answered(whole: GroupRow) -> str:
    """How many people answered anything, and of how many value could be reckoned: not every form asks everything."""
    people = ngettext("{n} person", "{n} people", whole.people).format(n=number(whole.people, 0))
    if whole.net.value is None or whole.net.n == whole.people:
        return people
    return _("{people} answered, {n} of them enough for value").format(people=people, n=number(whole.net.n, 0))


def _out_sentence(row: GroupRow) -> str:
    if row.place == 0:
        return ""
    if not row.differences:
        return _("Nothing about this group differs from the others by more than chance would give.")
    told = "; ".join(
        _("{difference} ({range})").format(
            difference=difference_words(one.what, one.estimate.value or 0.0), range=_range(one.what, one.estimate)
        )
        for one in row.differences
    )
    return _("Against the others, by more than chance would give: {differences}.").format(differences=told)


def _range(what: str, estimate: Estimate) -> str:
    """The interval of a difference, both ends with the sign that says better or worse."""
    if what == "worth_it":
        scaled = Estimate(
            None, None if estimate.low is None else 100 * estimate.low,
            None if estimate.high is None else 100 * estimate.high, estimate.n,
        )  # fmt: skip
        return words.interval(scaled, 0, with_sign=True)
    return words.interval(estimate, with_sign=True)


def _lever_name(lever: str) -> str:
    name = words.lever_name(lever)
    return _("{part}, less is better:").format(part=name) if words.less_is_better(lever) else name


def _share(share: Estimate) -> str:
    return missing_words(share) if share.value is None else words.of_100_with_range(share)


def _part(name: str, estimate: Estimate, with_sign: bool = False) -> str:
    if estimate.value is None:
        return _("{part}: {why}").format(part=name.removesuffix(":"), why=missing_words(estimate))
    value = signed(estimate.value) if with_sign else number(estimate.value)
    return _("{part} {value} ({range})").format(
        part=name, value=value, range=words.interval(estimate, with_sign=with_sign)
    )
