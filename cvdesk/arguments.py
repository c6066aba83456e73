"""What the command line takes: every command with its options, and how their values are read."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from cvdesk.reports.kinds import KINDS
from cvdesk.wording import _

ABOUT = ("customer", "complaint", "survey", "action", "event")
FILTERS = {"offering": "offerings", "segment": "segments", "channel": "channels", "theme": "themes"}
_MISUSED = 2
_FIRST_YEAR, _LAST_YEAR = 1900, 2999  # room on both sides for periods reckoned from a day
_LAST_SAMPLE_YEAR = 2080  # ids count milliseconds since 2020 in 41 bits, which lasts until 2089
_MOST_DIGITS = 4  # of a number of days
_LAST_ID, _ID_DIGITS = (1 << 63) - 1, 19  # what SQLite can hold

Command = Callable[[argparse.Namespace], int]
Add = Callable[[str, str], argparse.ArgumentParser]  # name and words of a command


def _day(text: str, last_year: int = _LAST_YEAR) -> date:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(_("“{text}” is no date; write it as 2026-11-21").format(text=text)) from None
    if not _FIRST_YEAR <= found.year <= last_year:
        raise argparse.ArgumentTypeError(
            _("“{text}” is not between the years {first} and {last}").format(
                text=text, first=_FIRST_YEAR, last=last_year)
        )  # fmt: skip
    return found


def _sample_day(text: str) -> date:
    return _day(text, _LAST_SAMPLE_YEAR)


def _id(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= _ID_DIGITS and int(text) <= _LAST_ID):
        raise argparse.ArgumentTypeError(_("“{text}” is no id of an import").format(text=text))
    return int(text)


def _days(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS and int(text) > 0):
        raise argparse.ArgumentTypeError(_("“{text}” is no number of days; write 90").format(text=text))
    return int(text)


def _pair(text: str) -> tuple[str, str]:
    field, equals, column = text.partition("=")
    if not equals or not field:
        raise argparse.ArgumentTypeError(_("“{text}” is not field=Column").format(text=text))
    return field.strip(), column


class _Parser(argparse.ArgumentParser):
    """argparse, with its errors on one line as everything else that goes wrong."""

    def error(self, message: str) -> Any:
        """Says what is wrong with the call and leaves with 2."""
        words = _("{message}. Use “{program} --help”.").format(message=message.rstrip("."), program=self.prog)
        self.exit(_MISUSED, " ".join(words.split()) + "\n")


def parser(commands: Mapping[str, Command], version: str) -> argparse.ArgumentParser:
    """All commands with their options; `commands`: what each of them runs, by its name."""
    made = _Parser(
        prog="cvdesk",
        description=_("What customers get, what it takes out of them, and what to do about it."),
        epilog=_(
            "Without a command, cvdesk [FILE] opens the window; cvdesk FILE --log-only opens the view for staff, which "
            "only logs feedback."
        ),
    )
    made.add_argument("--version", action="version", version=f"CV Desk {version}")
    known = made.add_subparsers(dest="command", metavar=_("COMMAND"), required=True, parser_class=_Parser)

    def add(name: str, words: str) -> argparse.ArgumentParser:
        added: argparse.ArgumentParser = known.add_parser(name, help=words, description=words)
        added.set_defaults(run=commands[name])
        added.add_argument("--json", action="store_true", help=_("print one JSON object"))
        return added

    _making(add)
    _bringing_in(add)
    _telling(add)
    _keeping(add)
    return made


def _making(add: Add) -> None:
    one = add("sample", _("make the sample business"))
    one.add_argument("out", type=Path, metavar="OUT.cvdesk")
    one.add_argument("--entries", type=int, metavar="N", help=_("a realistic file of N entries instead"))
    one.add_argument("--seed", type=int, default=1, metavar="S")
    one.add_argument("--today", type=_sample_day, metavar=_("DATE"))
    one = add("new", _("make an empty business file"))
    one.add_argument("out", type=Path, metavar="OUT.cvdesk")
    one.add_argument("--name", required=True)


def _bringing_in(add: Add) -> None:
    _import_options(add("import", _("bring in a list: customers, feedback, complaints, answers, purchases")))
    one = add("undo-import", _("take the last import, or that one, back"))
    one.add_argument("into", type=Path, metavar="INTO.cvdesk")
    one.add_argument(
        "id", type=_id, nargs="?", metavar="ID", help=_("the id “import --json” gave; without it the last")
    )


def _telling(add: Add) -> None:
    one = add("figures", _("print all figures"))
    one.add_argument("file", type=Path, metavar="FILE")
    _filter_options(one)
    one = add("report", _("write a report as PDF"))
    one.add_argument("file", type=Path, metavar="FILE")
    one.add_argument("-o", dest="out", type=Path, required=True, metavar="OUT.pdf")
    one.add_argument("--kind", choices=tuple(kind.key for kind in KINDS), default="value-strategy")
    _about_options(one)
    one.add_argument("--fillable", action="store_true", help=_("with --kind survey: to fill in on the screen"))
    one.add_argument("--without-names", action="store_true", help=_("name no customer"))
    sections = sorted({part.key for kind in KINDS for part in kind.sections})
    one.add_argument(
        "--leave-out", action="append", default=[], choices=sections, metavar=_("SECTION"),
        help=_("a part that is not wanted; may be given several times: %(choices)s"),
    )  # fmt: skip
    one.add_argument("--language", metavar="L", help=_("such as en_GB or de"))
    one.add_argument("--paper", choices=("a4", "letter"), default="a4")
    _filter_options(one)


def _about_options(one: argparse.ArgumentParser) -> None:
    one.add_argument("--customer", metavar=_("NAME"), help=_("by name, e-mail or id, where the kind is about one"))
    one.add_argument("--complaint", metavar="NO", help=_("by its number, where the kind is about one"))
    one.add_argument("--survey", metavar=_("NAME"), help=_("by its name or id, where the kind is about one"))
    one.add_argument("--action", metavar=_("NAME"), help=_("by its name or id, where the kind is about one"))
    one.add_argument("--event", metavar=_("NAME"), help=_("by its name or id, where the kind is about one"))


def _keeping(add: Add) -> None:
    one = add("calendar", _("write what is due as a calendar file"))
    one.add_argument("file", type=Path, metavar="FILE")
    one.add_argument("-o", dest="out", type=Path, required=True, metavar="OUT.ics")
    one.add_argument("--days", type=_days, default=90, metavar="N", help=_("how many days from today on (default: 90)"))
    one.add_argument("--today", type=_day, metavar=_("DATE"))
    one.add_argument("--without-names", action="store_true", help=_("name no customer"))
    one = add("export", _("write everything, readable by others"))
    one.add_argument("file", type=Path, metavar="FILE")
    one.add_argument("-o", dest="out", type=Path, required=True, metavar=_("FOLDER"))
    one.add_argument(
        "--as", dest="kind", choices=("csv", "xlsx", "json", "vcard"), default="csv",
        help=_("one file for each kind of record; vcard: the customers only (default: csv)"),
    )  # fmt: skip
    one = add("backup", _("write a verified copy"))
    one.add_argument("file", type=Path, metavar="FILE")
    one.add_argument("-o", dest="out", type=Path, metavar="OUT")
    one = add("restore", _("check a backup and bring it back as a new file"))
    one.add_argument("backup", type=Path, metavar="BACKUP")
    one.add_argument("-o", dest="out", type=Path, required=True, metavar="OUT")
    one = add("check", _("is the file whole?"))
    one.add_argument("file", type=Path, metavar="FILE")


def _import_options(one: argparse.ArgumentParser) -> None:
    one.add_argument("source", type=Path, metavar="SOURCE", help=_("CSV, TSV, XLSX, XLS, ODS, vCard or JSON; gzip too"))
    one.add_argument("into", type=Path, metavar="INTO.cvdesk")
    kinds = ("customers", "feedback", "complaints", "answers", "purchases")
    one.add_argument("--as", dest="kind", required=True, choices=kinds, help=_("what the list holds"))
    one.add_argument(
        "--map", type=_pair, action="append", default=[], metavar="field=Column",
        help=_("which column fills a field, by its name or number; an empty column leaves the field out"),
    )  # fmt: skip
    one.add_argument("--dry-run", action="store_true", help=_("count only, bring nothing in"))
    one.add_argument("--encoding", default="", help=_("such as utf-8 or cp1252, where it is not found by itself"))
    one.add_argument(
        "--separator", default="", help=_("between the cells: comma, semicolon, tab, pipe, or the character itself")
    )
    one.add_argument("--sheet", default="", help=_("a sheet of a workbook, by its name or number"))
    one.add_argument(
        "--date-order", default="", choices=("day-first", "month-first", "year-first"), help=_("how 3/4/2026 is meant")
    )
    one.add_argument("--decimal", default="", choices=("point", "comma"), help=_("what parts the decimals of numbers"))
    one.add_argument("--scale", default="", help=_("worst to best rating, such as 1-5, 0-10 or 6-1"))
    one.add_argument("--no-header", action="store_true", help=_("the first row is data; map columns by number"))
    one.add_argument(
        "--own-questions", action="store_true",
        help=_("answers: bring the questions that are none of yours in as questions of your own"),
    )  # fmt: skip
    one.add_argument("--date", default="", help=_("answers: the day of all of them, where no column has it"))
    one.epilog = _(
        "The counts read, added, updated, skipped (already there) and rejected are printed; read is the sum of the"
        " others. Rejected rows are written beside SOURCE with the reasons. The same list again adds nothing;"
        " undo-import takes an import back."
    )


def _filter_options(one: argparse.ArgumentParser) -> None:
    one.add_argument("--from", dest="start", type=_day, metavar=_("DATE"))
    one.add_argument("--to", type=_day, metavar=_("DATE"))
    one.add_argument("--today", type=_day, metavar=_("DATE"))
    for name in FILTERS:
        one.add_argument(f"--{name}", metavar=_("NAME"))
