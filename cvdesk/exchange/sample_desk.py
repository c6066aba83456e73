"""What lies on the sample owner's desk: pieces of text for answers, tallies of the last days, a picture of a label."""

from __future__ import annotations

from datetime import date, timedelta

from cvdesk.catalogue import files
from cvdesk.db import Operation
from cvdesk.exchange.sample_picture import bread_label
from cvdesk.exchange.sample_words import texts
from cvdesk.feedback import store_answers, store_tally

PICTURE = "Label of the rye loaf.png"
_OPEN_SAFETY = "SELECT id FROM entries WHERE safety = 1 AND safety_closed IS NULL ORDER BY position LIMIT 1"


def furnish(op: Operation, today: date) -> None:
    """Writes snippets and tallies, and puts the picture to the safety mark that is open."""
    source = texts("cases")
    for item in source["snippet"]:
        store_answers.save_snippet(op, store_answers.Snippet(item["name"], item["text"]))
    for item in source["tally"]:
        name = store_tally.add_name(op, item["name"])
        for ago, count in enumerate(reversed(item["counts"])):
            store_tally.count(op, name, today - timedelta(days=ago), count)
    files.attach(op, bread_label(), PICTURE, entry_id=op.value(_OPEN_SAFETY))
