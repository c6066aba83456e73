"""The command line: no command opens the window, the rest run without one and never need a display.

Errors: one line on standard error saying what happened and what to do, exit 1; wrong usage exit 2; stopped with
Ctrl+C exit 130. Each command imports what it needs itself, so that none waits for the others.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cvdesk import __version__
from cvdesk.errors import UserError
from cvdesk.wording import _, ngettext

if TYPE_CHECKING:
    from cvdesk.catalogue.records import Filter, Period
    from cvdesk.db import Queries

_FAILED, _MISUSED, _STOPPED, _PIPE_GONE = 1, 2, 130, 141
_FIRST_YEAR, _LAST_YEAR = 1900, 2999  # room on both sides for periods reckoned from a day
_LAST_SAMPLE_YEAR = 2080  # ids count milliseconds since 2020 in 41 bits, which lasts until 2089
_LAST_ID, _ID_DIGITS = (1 << 63) - 1, 19  # what SQLite can hold
_LOG_ONLY = "--log-only"
_FILTERS = {"offering": "offerings", "segment": "segments", "channel": "channels", "theme": "themes"}


def _today() -> date:
    return datetime.now().astimezone().date()


def _say(args: argparse.Namespace, words: str, record: dict[str, Any]) -> None:
    print(json.dumps(record, ensure_ascii=False) if args.json else words)


def sample(args: argparse.Namespace) -> int:
    """Makes the sample business."""
    from cvdesk.exchange.sample import make_sample

    make_sample(args.out, args.entries, args.seed, args.today)
    _say(args, _("Made {path}.").format(path=args.out), {"file": str(args.out)})
    return 0


def new(args: argparse.Namespace) -> int:
    """Makes an empty business file."""
    from cvdesk.catalogue.records import Business
    from cvdesk.exchange.new import make_business

    make_business(args.out, Business(args.name)).close()
    _say(args, _("Made {path}.").format(path=args.out), {"file": str(args.out)})
    return 0


def import_(args: argparse.Namespace) -> int:
    """Brings a list in."""
    from cvdesk.db import open_file
    from cvdesk.exchange.plan import Options
    from cvdesk.exchange.run import plan, run_import
    from cvdesk.exchange.words import as_json, in_words

    options = Options(
        tuple(args.map), args.encoding, args.separator, args.date_order, args.scale, args.decimal,
        False if args.no_header else None, args.sheet, own_questions=args.own_questions, day=args.date,
    )  # fmt: skip
    with open_file(args.into) as file:
        planned = plan(args.source, args.kind, options, file, _today())
        outcome = run_import(file, planned, _today(), dry_run=args.dry_run)
    _say(args, in_words(planned, outcome, args.dry_run), as_json(planned, outcome, args.dry_run))
    return 0


def undo_import(args: argparse.Namespace) -> int:
    """Takes an import back."""
    from cvdesk.db import open_file
    from cvdesk.exchange import undo_import as undoing

    with open_file(args.into) as file:
        taken = undoing.undo_import(file, args.id)
    _say(args, undoing.in_words(taken), undoing.as_json(taken))
    return 0


def figures(args: argparse.Namespace) -> int:
    """Prints every figure."""
    from cvdesk.catalogue.store import business
    from cvdesk.db import open_file
    from cvdesk.figures.json import as_json
    from cvdesk.figures.store import default_period, gather_all
    from cvdesk.trends.json import all_json
    from cvdesk.wording.numbers import use_locale

    today = args.today or _today()
    with open_file(args.file, read_only=True) as file:
        whole = default_period(file, today)
        chosen = _chosen(file, args, _period(args, whole, today))
        found = gather_all(file, chosen, today)
        trends = all_json(file, chosen, today) if args.json else {}
        owner = business(file)
    if args.json:
        print(json.dumps(as_json(found) | {"trends": trends}, ensure_ascii=False))
    else:
        from cvdesk.figures.text import in_words

        use_locale(owner.language)
        print(in_words(found, owner.name))
    return 0


def report(args: argparse.Namespace) -> int:
    """Writes a report as PDF."""
    from cvdesk.catalogue.records import Period
    from cvdesk.catalogue.store import business
    from cvdesk.db import open_file
    from cvdesk.reports import report as reports
    from cvdesk.reports import store
    from cvdesk.wording import use_language
    from cvdesk.wording.numbers import use_locale

    today = args.today or _today()
    _fits_the_kind(args)
    with open_file(args.file, read_only=True) as file:
        language = _language(args.language) or business(file).language
        use_language(language)
        use_locale(language)
        chosen = _chosen(file, args, _period(args, Period.last_months(12, args.to or today), today))
        if args.kind == "survey":
            from cvdesk.surveys.report_form import survey_called, survey_report

            survey_report(file, survey_called(file, args.survey), args.out, today, args.fillable, args.paper)
        elif args.kind == "trends":
            from cvdesk.trends import report_trends

            report_trends.save(report_trends.gather(file, chosen, today), args.out, args.paper)
        elif args.kind == "complaints":
            reports.save_register(store.register(file, chosen, today), args.out, args.paper)
        else:
            save = reports.save_summary if args.kind == "summary" else reports.save
            save(store.gather(file, chosen, today), args.out, args.paper)
    _say(args, _("Wrote {path}.").format(path=args.out), {"file": str(args.out), "kind": args.kind})
    return 0


def _fits_the_kind(args: argparse.Namespace) -> None:
    if args.kind != "survey" and (args.survey is not None or args.fillable):
        raise UserError(
            _("“--survey” and “--fillable” belong to the form of a survey."),
            _("Add “--kind survey”, or leave them out."),
        )


def _language(wanted: str | None) -> str | None:
    from cvdesk.wording.numbers import knows_locale
    from cvdesk.wording.text import languages

    if wanted and not knows_locale(wanted):
        raise UserError(
            _("There is no language “{name}”.").format(name=wanted),
            _("Words are there in: {languages}. For dates and numbers any locale will do, such as en_GB or de.").format(
                languages=", ".join(languages())),
        )  # fmt: skip
    return wanted


def export(args: argparse.Namespace) -> int:
    """Writes everything, or the customers as vCard."""
    from cvdesk.db import open_file
    from cvdesk.exchange.export import export as write_all

    with open_file(args.file, read_only=True) as file:
        done = write_all(file, args.out, args.kind)
    words = ngettext(
        "Wrote {count} row to {folder}.", "Wrote {count} rows to {folder}.", sum(done.rows.values())
    ).format(count=sum(done.rows.values()), folder=done.folder)  # fmt: skip
    if done.cut:
        words += " " + ngettext(
            "{count} text is longer than a cell of a workbook can be and was cut; as CSV it goes out whole.",
            "{count} texts are longer than a cell of a workbook can be and were cut; as CSV they go out whole.",
            done.cut,
        ).format(count=done.cut)  # fmt: skip
    _say(args, words, {"folder": str(done.folder), "tables": done.rows, "cut": done.cut})
    return 0


def backup(args: argparse.Namespace) -> int:
    """Writes a verified copy."""
    from cvdesk.safety.backup import back_up

    path = back_up(args.file, args.out, _today())
    _say(args, _("Wrote {path} and checked that it is whole.").format(path=path), {"file": str(path)})
    return 0


def restore(args: argparse.Namespace) -> int:
    """Brings a backup back as a new file."""
    from cvdesk.safety.backup import restore as bring_back

    path = bring_back(args.backup, args.out)
    _say(args, _("The backup is whole. Wrote {path}.").format(path=path), {"file": str(path)})
    return 0


def check(args: argparse.Namespace) -> int:
    """Tests a file; 1 where anything is or was wrong."""
    from cvdesk.db.check import check_path

    found = check_path(args.file)
    lines = list(found.problems)
    if found.mended:
        lines.append(_("Search and day summaries did not match the records ({what}). They were made again.").format(
            what=", ".join(found.mended)))  # fmt: skip
    # As the exit code: what had to be made again was not whole when it was found.
    record = {"whole": not lines, "problems": list(found.problems), "mended": list(found.mended)}
    _say(args, "\n".join(lines) or _("{name} is whole.").format(name=args.file.name), record)
    return _FAILED if lines else 0


def window(args: argparse.Namespace) -> int:
    """Opens the window."""
    if args.file is not None and not args.file.exists():
        raise UserError(
            _("There is no file “{path}”.").format(path=args.file),
            _("Check the name; “cvdesk --help” lists the commands."),
        )
    _need_a_screen()
    from cvdesk.shell.start import open_window

    return open_window(args.file, args.log_only)


def _need_a_screen() -> None:
    """Qt ends the whole program where there is none."""
    known = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    if sys.platform.startswith("linux") and not any(os.environ.get(name) for name in known):
        raise UserError(
            _("There is no screen here, so the window cannot open."),
            _("Use a command instead, such as “cvdesk report FILE -o OUT.pdf”; “cvdesk --help” lists them."),
        )


def _period(args: argparse.Namespace, usual: Period, today: date) -> Period:
    from cvdesk.catalogue.records import Period

    start, end = args.start or usual.start, args.to or (today if args.start else usual.end)
    if start > end:
        if args.start and args.to:
            raise UserError(
                _("The period ends ({end}) before it starts ({start}).").format(start=start, end=end),
                _("Give --from a day before --to."),
            )
        start = end = args.start or args.to
    return Period(start, end)


def _chosen(db: Queries, args: argparse.Namespace, period: Period) -> Filter:
    from cvdesk.catalogue.records import Filter

    ids = {name: _id_of(db, table, getattr(args, name)) for name, table in _FILTERS.items()}
    return Filter(period, **ids)


def _id_of(db: Queries, table: str, wanted: str | None) -> int | None:
    if wanted is None:
        return None
    from cvdesk.catalogue.records import match_key
    from cvdesk.catalogue.store import named

    there = named(db, table)
    for one in there:
        if wanted == one.key or match_key(wanted) == match_key(one.name):
            return one.id
    raise UserError(
        _("There is no “{name}” among the {table}.").format(name=wanted, table=table),
        _("There are: {names}.").format(names=", ".join(one.key for one in there))
        if there
        else _("There are none yet."),
    )


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


def parser() -> argparse.ArgumentParser:
    """All commands with their options."""
    made = _Parser(
        prog="cvdesk",
        description=_("What customers get, what it takes out of them, and what to do about it."),
        epilog=_(
            "Without a command, cvdesk [FILE] opens the window; cvdesk FILE --log-only opens the view for staff, which "
            "only logs feedback."
        ),
    )
    made.add_argument("--version", action="version", version=f"CV Desk {__version__}")
    commands = made.add_subparsers(dest="command", metavar=_("COMMAND"), required=True, parser_class=_Parser)

    def command(name: str, run: Callable[[argparse.Namespace], int], words: str) -> argparse.ArgumentParser:
        added: argparse.ArgumentParser = commands.add_parser(name, help=words, description=words)
        added.set_defaults(run=run)
        added.add_argument("--json", action="store_true", help=_("print one JSON object"))
        return added

    one = command("sample", sample, _("make the sample business"))
    one.add_argument("out", type=Path, metavar="OUT.cvdesk")
    one.add_argument("--entries", type=int, metavar="N", help=_("a realistic file of N entries instead"))
    one.add_argument("--seed", type=int, default=1, metavar="S")
    one.add_argument("--today", type=_sample_day, metavar=_("DATE"))
    one = command("new", new, _("make an empty business file"))
    one.add_argument("out", type=Path, metavar="OUT.cvdesk")
    one.add_argument("--name", required=True)
    _import_options(
        command("import", import_, _("bring in a list: customers, feedback, complaints, answers, purchases"))
    )
    one = command("undo-import", undo_import, _("take the last import, or that one, back"))
    one.add_argument("into", type=Path, metavar="INTO.cvdesk")
    one.add_argument(
        "id", type=_id, nargs="?", metavar="ID", help=_("the id “import --json” gave; without it the last")
    )
    one = command("figures", figures, _("print all figures"))
    one.add_argument("file", type=Path, metavar="FILE")
    _filter_options(one)
    one = command("report", report, _("write a report as PDF"))
    one.add_argument("file", type=Path, metavar="FILE")
    one.add_argument("-o", dest="out", type=Path, required=True, metavar="OUT.pdf")
    one.add_argument(
        "--kind", choices=("value-strategy", "summary", "trends", "complaints", "survey"), default="value-strategy"
    )
    one.add_argument("--survey", metavar=_("NAME"), help=_("with --kind survey: which one, by its name or id"))
    one.add_argument("--fillable", action="store_true", help=_("with --kind survey: to fill in on the screen"))
    one.add_argument("--language", metavar="L", help=_("such as en_GB or de"))
    one.add_argument("--paper", choices=("a4", "letter"), default="a4")
    _filter_options(one)
    one = command("export", export, _("write everything, readable by others"))
    one.add_argument("file", type=Path, metavar="FILE")
    one.add_argument("-o", dest="out", type=Path, required=True, metavar=_("FOLDER"))
    one.add_argument(
        "--as", dest="kind", choices=("csv", "xlsx", "json", "vcard"), default="csv",
        help=_("one file for each kind of record; vcard: the customers only (default: csv)"),
    )  # fmt: skip
    one = command("backup", backup, _("write a verified copy"))
    one.add_argument("file", type=Path, metavar="FILE")
    one.add_argument("-o", dest="out", type=Path, metavar="OUT")
    one = command("restore", restore, _("check a backup and bring it back as a new file"))
    one.add_argument("backup", type=Path, metavar="BACKUP")
    one.add_argument("-o", dest="out", type=Path, required=True, metavar="OUT")
    one = command("check", check, _("is the file whole?"))
    one.add_argument("file", type=Path, metavar="FILE")
    return made


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
    for name in _FILTERS:
        one.add_argument(f"--{name}", metavar=_("NAME"))


def _arguments(argv: Sequence[str]) -> argparse.Namespace:
    made = parser()
    commands = next(action for action in made._actions if isinstance(action, argparse._SubParsersAction)).choices
    named = [one for one in argv if one != _LOG_ONLY]
    if not named or (len(named) == 1 and named[0] not in commands and not named[0].startswith("-")):
        file = Path(named[0]) if named else None
        if file is None and len(named) < len(argv):
            made.error(_("{option} needs the business file").format(option=_LOG_ONLY))
        return argparse.Namespace(run=window, file=file, log_only=len(named) < len(argv))
    return made.parse_args(argv)


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command and gives the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a console that cannot show a letter shows its code instead of failing
            stream.reconfigure(errors="backslashreplace")
    try:
        args = _arguments(sys.argv[1:] if argv is None else argv)
        code: int = args.run(args)
        sys.stdout.flush()
    except UserError as error:
        print(" ".join(str(error).split()), file=sys.stderr)
        return _FAILED
    except KeyboardInterrupt:
        return _STOPPED
    except BrokenPipeError:
        # Whoever read the output has enough; Python's own last flush must not complain either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _PIPE_GONE
    return code


if __name__ == "__main__":
    sys.exit(main())
