"""Every document of a file as pictures: python -m tests.screens.papers OUT [FILE.cvdesk ...]; files of its own if none.

Its own: the sample business, an empty file, one with three entries, one with the longest and strangest content.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import pypdfium2

from cvdesk.catalogue.records import Business, Filter, Period
from cvdesk.db import Queries, open_file
from cvdesk.errors import UserError
from cvdesk.exchange.new import make_business
from cvdesk.exchange.sample import make_sample
from cvdesk.feedback import store as feedback
from cvdesk.feedback.records import Entry
from cvdesk.reports.kinds import KINDS, make
from cvdesk.reports.records_kinds import Kind, Wanted
from tests.screens.__main__ import TODAY

# The record of each table that fills a page most.
_FULLEST = {
    "customers": "SELECT customer_id FROM entries WHERE customer_id NOT NULL GROUP BY 1 ORDER BY count(*) DESC LIMIT 1",
    "complaints": "SELECT complaint_id FROM complaint_events GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1",
    "surveys": "SELECT id FROM surveys ORDER BY id LIMIT 1",
    "actions": "SELECT id FROM actions WHERE status = 'done' ORDER BY id LIMIT 1",
    "gatherings": "SELECT gathering_id FROM attendances GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1",
    "care_plans": "SELECT id FROM care_plans ORDER BY id LIMIT 1",
}

_WELCOMED = "SELECT customer_id FROM touches WHERE kind = 'onboarding' GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1"


def main(arguments: list[str]) -> int:
    """Draws what each file gives; says for each document how many pages it has, or why there is none."""
    if not arguments:
        print(__doc__, file=sys.stderr)
        return 2
    out = Path(arguments[0])
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        for path in [Path(name) for name in arguments[1:]] or own_files(Path(folder)):
            with open_file(path, read_only=True) as file:
                for kind in KINDS:
                    print(f"{path.stem:16} {kind.key:16} {drawn(file, kind, out, path.stem)}", flush=True)
    return 0


def own_files(folder: Path) -> list[Path]:
    """The files that documents have to hold for."""
    from tests.hard import make_hard

    sample, empty, three, hard = (folder / f"{name}.cvdesk" for name in ("sample", "empty", "three", "hard"))
    make_sample(sample, today=TODAY)
    make_business(empty, Business("Harbour Bakery")).close()
    with make_business(three, Business("Harbour Bakery")) as file:
        for text, rating in (("Lovely rye bread", 5.0), ("The queue was long", 2.0), ("Do you bake on Sundays?", None)):
            entry = Entry(date=TODAY, text=text, rating=rating)
            file.run("Log", lambda op, entry=entry: feedback.save(op, entry))
    make_hard(hard, TODAY)
    return [sample, empty, three, hard]


def drawn(file: Queries, kind: Kind, out: Path, name: str) -> str:
    """Writes the pages of a document, A4 with names; gives what there is to say of it."""
    about = file.value(_WELCOMED if kind.key == "welcome" else _FULLEST[kind.about]) if kind.needed else None
    if kind.needed and about is None:
        return "nothing it could be about"
    wanted = Wanted(kind.key, Filter(Period.last_months(12, TODAY)), TODAY, about=about)
    try:
        made = make(file, wanted)
    except UserError as error:
        return str(error)
    (out / f"{name}-{kind.key}.pdf").write_bytes(made.pdf)
    document = pypdfium2.PdfDocument(made.pdf)
    for place in range(min(len(document), 40)):
        document[place].render(scale=1.3).to_pil().save(out / f"{name}-{kind.key}-{place + 1:02d}.png")
    count = len(document)
    document.close()
    return f"{count} pages" + "".join(f", {called}" for called, _content in made.beside[:6])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
