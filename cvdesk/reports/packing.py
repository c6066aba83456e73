"""A document with what belongs beside it, as one ZIP file: the same content gives the same bytes."""

from __future__ import annotations

import io
import zipfile

from cvdesk.reports.records_kinds import Made

_EARLIEST = (1980, 1, 1, 0, 0, 0)  # the first day a ZIP can say


def zipped(name: str, made: Made) -> bytes:
    """The PDF under this name and the files beside it."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for called, content in ((f"{name}.pdf", made.pdf), *made.beside):
            archive.writestr(zipfile.ZipInfo(called, _EARLIEST), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()
