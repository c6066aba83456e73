"""The ranking of themes in words: shares, praise and complaint, trouble, what grows (METHOD 6)."""

from __future__ import annotations

from cvdesk.stats.intervals import Estimate
from cvdesk.themes.records import ThemeFigure
from cvdesk.themes.records_rank import NEW_DAYS, Change, Filed, Moods, Pain, Ranked, Ranking
from cvdesk.wording import _, ngettext
from cvdesk.wording import figures as words
from cvdesk.wording.leading import level_with, most_mentioned
from cvdesk.wording.numbers import day, number, span, whole


def share_sentence(figure: ThemeFigure) -> str:
    """57 of 180 active customers speak of it: 32 of 100 (25 to 39), clear."""
    n, active = figure.customers, figure.share.n
    if not n and figure.entries:
        return _("Nobody who speaks of it was active in the year up to the end of the period.")
    if figure.share.value is None:
        return ngettext("{n} customer speaks of it.", "{n} customers speak of it.", n).format(n=whole(n))
    return ngettext(
        "{n} of {active} active customers speaks of it: {share}, {strength}.",
        "{n} of {active} active customers speak of it: {share}, {strength}.",
        n,
    ).format(
        n=whole(n),
        active=whole(active),
        share=words.of_100_with_range(figure.share, True),
        strength=words.strength(active),
    )


def entries_sentence(figure: ThemeFigure) -> str:
    """In 66 pieces of feedback. 9 more customers only by what is suggested, not yet confirmed."""
    said = ngettext("In {n} piece of feedback.", "In {n} pieces of feedback.", figure.entries).format(
        n=whole(figure.entries)
    )
    more = suggested_words(figure)
    return f"{said} {more}" if more else said


def suggested_words(figure: ThemeFigure) -> str:
    """9 more customers are only suggested; empty where nothing is."""
    n = figure.customers_suggested
    if not n:
        return ""
    return ngettext(
        "{n} more customer is only suggested, not confirmed.",
        "{n} more customers are only suggested, not confirmed.",
        n,
    ).format(n=whole(n))


def people(figure: ThemeFigure) -> str:
    """57 +9: customers, and further ones only suggested."""
    if not figure.customers_suggested:
        return whole(figure.customers)
    return _("{n} +{more}").format(n=whole(figure.customers), more=whole(figure.customers_suggested))


def moods_sentence(moods: Moods) -> str:
    """54 complain, 19 praise, 3 do both or neither, of 2 it is not known."""
    parts = []
    if moods.complaint:
        parts.append(ngettext("{n} complains", "{n} complain", moods.complaint).format(n=whole(moods.complaint)))
    if moods.praise:
        parts.append(ngettext("{n} praises", "{n} praise", moods.praise).format(n=whole(moods.praise)))
    if moods.both:
        parts.append(ngettext("{n} is in between", "{n} are in between", moods.both).format(n=whole(moods.both)))
    if moods.unknown:
        parts.append(
            ngettext("of {n} it is not known", "of {n} it is not known", moods.unknown).format(n=whole(moods.unknown))
        )
    return _("{parts}.").format(parts=", ".join(parts)) if parts else ""


def points(pain: Pain | None) -> str:
    """Severity points per 100 customers; how often, where there are too few customers for a rate."""
    if pain is None:
        return ""
    if pain.points is None:
        return _("{n}×").format(n=whole(pain.count))
    return number(pain.points, 1 if pain.points < 10 else 0)


def severities(pain: Pain | None) -> str:
    """73 minor, 28 moderate, 4 serious; what there is none of is not said."""
    if pain is None:
        return ""
    minor, moderate, serious = pain.events
    parts = (
        ngettext("{n} minor", "{n} minor", minor).format(n=whole(minor)) if minor else "",
        ngettext("{n} moderate", "{n} moderate", moderate).format(n=whole(moderate)) if moderate else "",
        ngettext("{n} serious", "{n} serious", serious).format(n=whole(serious)) if serious else "",
    )
    return ", ".join(part for part in parts if part)


def pain_sentence(pain: Pain) -> str:
    """It went wrong 105 times: 73 minor, 28 moderate, 4 serious; that is 107 points per 100 customers."""
    n = pain.count
    if pain.points is None:
        return ngettext("Trouble {n} time: {severities}.", "Trouble {n} times: {severities}.", n).format(
            n=whole(n), severities=severities(pain)
        )
    return ngettext(
        "Trouble {n} time: {severities}. That is {points} points per 100 customers.",
        "Trouble {n} times: {severities}. That is {points} points per 100 customers.",
        n,
    ).format(n=whole(n), severities=severities(pain), points=points(pain))


def affected_sentence(pain: Pain) -> str:
    """It happened to 32 of 100 customers (25 to 39). 14 times it was a complaint, 6 times nobody known."""
    parts = []
    if pain.affected.value is not None:
        parts.append(_("Customers it happened to: {share}.").format(share=words.of_100_with_range(pain.affected, True)))
    if pain.cases:
        parts.append(
            ngettext("{n} time with a complaint.", "{n} times with a complaint.", pain.cases).format(
                n=whole(pain.cases)
            )
        )
    if pain.anonymous:
        parts.append(
            ngettext(
                "{n} time from somebody unknown, who counts in the points but not among the customers.",
                "{n} times from somebody unknown, who counts in the points but not among the customers.",
                pain.anonymous,
            ).format(n=whole(pain.anonymous))
        )
    return " ".join(parts)


def change_short(row: Ranked) -> str:
    """grows, shrinks, new; empty where nothing is known to change."""
    if row.change is not None and row.change.grows:
        return _("grows")
    if row.new:
        return _("new")
    return _("shrinks") if row.change is not None and row.change.shrinks else ""


def change_words(change: Change | None, share: Estimate) -> str:
    """grows: 6 → 11 of 100 (2 to 8 more); what is no more than chance would give is no change."""
    return "" if change is None else words.share_change(change.before, share, change.difference, change.clear)


def new_sentence(row: Ranked) -> str:
    """Why a theme is called new; empty for one that is not."""
    if row.new:
        return _("New: nobody spoke of it until the last {days} days.").format(days=whole(NEW_DAYS))
    return "" if row.made is None else _("A theme you made on {day}.").format(day=day(row.made))


def row_sentence(row: Ranked, above: Ranked | None, where: tuple[int, int] | None) -> str:
    """A line of the ranking as a screen reader says it."""
    figure = row.figure
    parts = [
        _("{theme}, {part}").format(theme=figure.name, part=words.lever_name(figure.lever)),
        place_sentence(where) if where is not None else "",
        share_sentence(figure), suggested_words(figure), moods_sentence(row.moods),
        level_sentence(row, above), pain_sentence(row.pain) if row.pain else "",
        change_words(row.change, figure.share), new_sentence(row),
    ]  # fmt: skip
    return ". ".join(part.rstrip(".") for part in parts if part)


def level_sentence(row: Ranked, above: Ranked | None) -> str:
    """That nobody can tell which of two themes more customers speak of; empty where it is clear."""
    if above is None or not level_with(above.figure.share, row.figure.share):
        return ""
    return _("About as often as “{theme}”: the ranges overlap.").format(theme=above.figure.name)


def place_words(place: tuple[int, int]) -> str:
    """2–4: the places a theme may take; 1 where it is clear."""
    first, last = place
    if first == last:
        return whole(first)
    return _("{first}–{last}").format(first=whole(first), last=whole(last))


def place_sentence(place: tuple[int, int]) -> str:
    """Between place 2 and 4, as the ranges overlap."""
    first, last = place
    if first == last:
        return _("Place {place}").format(place=whole(first))
    return _("Between place {first} and {last}").format(first=whole(first), last=whole(last))


def title(ranking: Ranking) -> str:
    """What customers speak of most, as one sentence."""
    rows = ranking.rows
    if not rows or not rows[0].figure.customers or rows[0].figure.share.value is None:
        return _("What customers speak of")
    first, *others = (row.figure for row in rows)
    return most_mentioned(first.name, first.share, [other.share for other in others])


def subtitle(ranking: Ranking) -> str:
    """Whose shares these are, of which days, and how far to trust them."""
    when = span(ranking.start, ranking.end)
    n = ranking.active
    active = ngettext("{n} active customer", "{n} active customers", n).format(n=whole(n))
    if not n:
        return when
    if not ranking.rows or ranking.rows[0].figure.share.value is None:
        return " · ".join([active, when])
    return " · ".join([_("By share of {customers}").format(customers=active), when, words.strength(n)])


def compared_words(ranking: Ranking) -> str:
    """With what the shares are compared, or why with nothing."""
    if ranking.more is None:
        return ""
    if ranking.more.compared is not None:
        return _("Compared with {days}.").format(days=span(*ranking.more.compared))
    if ranking.more.begins is None:
        return ""
    return _("Nothing to compare with: your feedback begins on {day}. Choose a shorter period.").format(
        day=day(ranking.more.begins)
    )


def filed_words(filed: Filed) -> str:
    """What the ranking cannot tell of: feedback about nothing known, feedback that waits, feedback of nobody known."""
    n = whole(filed.entries)
    parts = []
    if filed.unsorted:
        parts.append(
            ngettext(
                "{unsorted} of {n} pieces of feedback is about nothing the program knows",
                "{unsorted} of {n} pieces of feedback are about nothing the program knows",
                filed.unsorted,
            ).format(unsorted=whole(filed.unsorted), n=n)
        )
    if filed.waiting:
        parts.append(
            ngettext("{waiting} waits with a suggestion", "{waiting} wait with a suggestion", filed.waiting).format(
                waiting=whole(filed.waiting)
            )
        )
    if filed.anonymous:
        parts.append(
            ngettext(
                "{anonymous} is anonymous and counts as feedback, not as a customer",
                "{anonymous} are anonymous and count as feedback, not as customers",
                filed.anonymous,
            ).format(anonymous=whole(filed.anonymous))
        )
    return _("{parts}.").format(parts="; ".join(parts)) if parts else ""


__all__ = [
    "affected_sentence", "change_short", "change_words", "compared_words", "entries_sentence", "filed_words",
    "level_sentence", "moods_sentence", "new_sentence", "pain_sentence", "people",
    "place_sentence", "place_words", "points",
    "row_sentence", "severities", "share_sentence", "subtitle", "suggested_words", "title",
]  # fmt: skip
