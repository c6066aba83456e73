"""What lies beside the PDF of a complaint's evidence: steps as a table, all of it as data, attachments, checksums."""

from __future__ import annotations

import csv
import dataclasses
import hashlib
import io
import json
from datetime import date
from typing import Any

from cvdesk.complaints.records_evidence import Evidence
from cvdesk.wording.cells import harmless

PDF_NAME = "evidence.pdf"
CHECKSUMS = "CHECKSUMS.txt"
_FOLDER = "attachments"


def beside(data: Evidence) -> tuple[tuple[str, bytes], ...]:
    """The files but for the PDF and the checksums; without names the attachments stay behind."""
    found = [("steps.csv", _steps(data)), ("complaint.json", _json(data))]
    if data.named:
        found += [(f"{_FOLDER}/{one.name}", one.data) for one in data.files]
    return tuple(found)


def checksums(pdf: bytes, files: tuple[tuple[str, bytes], ...]) -> bytes:
    """SHA-256 of the PDF and all files, in the form `sha256sum -c` reads."""
    lines = [f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in ((PDF_NAME, pdf), *files)]
    return "".join(lines).encode()


def _steps(data: Evidence) -> bytes:
    """One line a step; nothing in it runs in a spreadsheet."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(["number", "step", "date", "time", "by", "note", "cost_minor", "currency"])
    currency = data.letterhead.business.currency
    for one in data.steps:
        cost = "" if one.cost_minor is None else str(one.cost_minor)
        row = [str(data.complaint.number), one.stage, one.date.isoformat(), one.time, one.who, one.note, cost, currency]
        writer.writerow([harmless(cell) for cell in row])
    return b"\xef\xbb\xbf" + buffer.getvalue().encode()


def _json(data: Evidence) -> bytes:
    """Everything the pack says, in the words and days of the file; money in minor units."""
    complaint = dataclasses.asdict(data.complaint)
    for field in ("id", "customer_id", "entry_id", "channel_id", "offering_id", "handler_id", "repeat_of", "themes"):
        del complaint[field]
    if not data.named:
        del complaint["source"], complaint["source_id"]
    said = {
        "complaint": complaint | {"channel": data.channel, "offering": data.offering, "handled_by": data.handler,
                                  "themes": data.themes},
        "business": data.letterhead.business.name, "currency": data.letterhead.business.currency,
        "customer": _customer(data),
        "feedback": {"date": data.entry_date, "text": data.entry_text, "promise": data.promise,
                     "promised_by": data.promised_by},
        "steps": [dataclasses.asdict(one) for one in data.steps],
        "linked_complaints": [dataclasses.asdict(one) for one in data.chain],
        "contacts": [dataclasses.asdict(one) for one in data.contacts],
        "changes": [dataclasses.asdict(one) for one in data.changes],
        "vouchers": [{"code": code, "worth_minor": worth} for code, worth in data.vouchers],
        "attachments": [
            {"name": one.name if data.named else "", "attached_as": one.original, "type": one.media_type,
             "bytes": len(one.data), "sha256": one.digest}
            for one in data.files
        ],
        "made": {"on": data.today, "by": f"CV Desk {data.version}", "from": data.file_name},
    }  # fmt: skip
    return (json.dumps(said, ensure_ascii=False, indent=2, default=_plain) + "\n").encode()


def _customer(data: Evidence) -> dict[str, Any] | None:
    one = data.customer
    if one is None:
        return None
    if not data.named:
        return {"number": one.id}
    return {
        "number": one.id, "name": one.name, "organisation": one.organisation, "address": one.address, "city": one.city,
        "country": one.country, "contacts": [{"kind": way.kind, "value": way.value} for way in one.contacts],
    }  # fmt: skip


def _plain(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value)} is none of the file's")


__all__ = ["CHECKSUMS", "PDF_NAME", "beside", "checksums"]
