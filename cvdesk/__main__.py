"""The command line: no command opens the window, the rest run without one and never need a display.

Errors: one line on standard error saying what happened and what to do, exit 1; wrong usage exit 2; stopped with
Ctrl+C exit 130. Each command imports what it needs itself, so that none waits for the others.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cvdesk import __version__
from cvdesk.arguments import ABOUT, FILTERS, parser
from cvdesk.errors import UserError
from cvdesk.wording import _, ngettext

if TYPE_CHECKING:
    from cvdesk.catalogue.records import Filter, Period
    from cvdesk.db import Queries

_FAILED, _STOPPED, _PIPE_GONE = 1, 130, 141
_LOG_ONLY = "--log-only"


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
    from cvdesk.wording.numbers import use_locale

    today = args.today or _today()
    with open_file(args.file, read_only=True) as file:
        whole = default_period(file, today)
        chosen = _chosen(file, args, _period(args, whole, today))
        found = gather_all(file, chosen, today)
        more = _more_json(file, chosen, today) if args.json else {}
        owner = business(file)
    if args.json:
        print(json.dumps(as_json(found) | more, ensure_ascii=False))
    else:
        from cvdesk.figures.text import in_words

        use_locale(owner.language)
        print(in_words(found, owner.name))
    return 0


def _more_json(file: Queries, chosen: Filter, today: date) -> dict[str, Any]:
    """What strategy and trends add to the figures; both lie above them."""
    from cvdesk.strategy import json as strategy
    from cvdesk.trends import json as trends

    return {"trends": trends.all_json(file, chosen, today), "strategy": strategy.as_json(file, today)}


def report(args: argparse.Namespace) -> int:
    """Writes a document as PDF."""
    from cvdesk.catalogue.records import Period
    from cvdesk.catalogue.store import business
    from cvdesk.db import open_file
    from cvdesk.reports.kinds import write
    from cvdesk.reports.records_kinds import Wanted
    from cvdesk.reports.store_about import chosen_record, fitting_kind
    from cvdesk.wording import use_language
    from cvdesk.wording.numbers import use_locale

    today = args.today or _today()
    with open_file(args.file, read_only=True) as file:
        language = _language(args.language) or business(file).language
        use_language(language)
        use_locale(language)
        about = chosen_record(file, args.kind, {name: getattr(args, name) for name in ABOUT})
        chosen = _chosen(file, args, _period(args, Period.last_months(12, args.to or today), today))
        wanted = Wanted(
            args.kind,
            chosen,
            today,
            args.paper,
            not args.without_names,
            about,
            frozenset(args.leave_out),
            args.fillable,
        )
        fitting_kind(wanted)
        made = write(file, wanted, args.out)
    said = _("Wrote {path}.").format(path=args.out)
    if made.beside and args.out.suffix.lower() != ".zip":
        whole = args.out.with_suffix(".zip").name
        said = _("Wrote {path}, the document alone. “-o {zip}” writes it with all its files.").format(
            path=args.out, zip=whole
        )
    _say(args, said, {"file": str(args.out), "kind": args.kind})
    return 0


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


def calendar(args: argparse.Namespace) -> int:
    """Writes what is due as a calendar file."""
    from cvdesk.care.calendar import save
    from cvdesk.catalogue.store import business
    from cvdesk.db import open_file
    from cvdesk.wording import use_language
    from cvdesk.wording.numbers import use_locale

    with open_file(args.file, read_only=True) as file:
        language = business(file).language
        use_language(language)
        use_locale(language)
        count = save(file, args.out, args.today or _today(), args.days, not args.without_names)
    words = ngettext("Wrote {count} event to {path}.", "Wrote {count} events to {path}.", count)
    _say(args, words.format(count=count, path=args.out), {"file": str(args.out), "events": count})
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

    done = bring_back(args.backup, args.out)
    used = [{"code": one.code, "date": one.day.isoformat()} for one in done.used]
    _say(args, done.words(), {"file": str(done.path), "vouchers_used_since": used})
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

    ids = {name: _id_of(db, table, getattr(args, name)) for name, table in FILTERS.items()}
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


_COMMANDS: Mapping[str, Callable[[argparse.Namespace], int]] = {
    "sample": sample, "new": new, "import": import_, "undo-import": undo_import, "figures": figures,
    "report": report, "calendar": calendar, "export": export, "backup": backup, "restore": restore, "check": check,
}  # fmt: skip


def _arguments(argv: Sequence[str]) -> argparse.Namespace:
    made = parser(_COMMANDS, __version__)
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
