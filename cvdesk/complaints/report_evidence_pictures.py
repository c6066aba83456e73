"""Attached pictures on paper, small and safe: what is huge, broken or of another kind is listed and not shown."""

from __future__ import annotations

import io
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from cvdesk.complaints.records_evidence import Kept
from cvdesk.pdf import styles
from cvdesk.pdf.blocks import Drawing, Flowable
from cvdesk.pdf.text import draw
from cvdesk.wording import _

_FORMATS = ("PNG", "JPEG", "GIF", "BMP", "WEBP", "TIFF")
_MOST_DOTS = 40_000_000  # of a picture that is decoded: a large camera's; more could be made to fill the memory
_DOTS = 640  # of a picture as shown, along its longer side
_IN_A_ROW, _WIDE, _HEIGHT, _CAPTION, _GAP = 3, 154.0, 150.0, 14.0, 12.0
# What broken files make the decoder raise.
_BROKEN = (OSError, ValueError, SyntaxError, EOFError, IndexError, KeyError, OverflowError, struct.error, MemoryError)


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture made small: JPEG bytes, and how large it is in dots."""

    kept: Kept
    data: bytes
    width: int
    height: int


def decoded(kept: Kept) -> Picture | None:
    """The picture made small; None for what is none, is broken, or has more dots than anybody's camera takes."""
    from PIL import Image, ImageOps

    if not kept.media_type.startswith("image/"):
        return None
    try:
        with Image.open(io.BytesIO(kept.data), formats=_FORMATS) as found:
            if found.width * found.height > _MOST_DOTS:
                return None
            found.draft("RGB", (_DOTS, _DOTS))
            found.thumbnail((_DOTS, _DOTS))
            upright = ImageOps.exif_transpose(found).convert("RGBA")
    except (Image.DecompressionBombError, *_BROKEN):
        return None
    flat = Image.new("RGB", upright.size, "white")
    flat.paste(upright, mask=upright.getchannel("A"))
    buffer = io.BytesIO()
    flat.save(buffer, "JPEG", quality=82)
    return Picture(kept, buffer.getvalue(), flat.width, flat.height)


def grid(pictures: Sequence[Picture]) -> list[Flowable]:
    """The pictures in rows of three, each with its name below it."""
    return [_row(pictures[start : start + _IN_A_ROW]) for start in range(0, len(pictures), _IN_A_ROW)]


def _row(some: Sequence[Picture]) -> Drawing:
    def paint(canvas: Any, width: float, height: float) -> None:
        from reportlab.lib.utils import ImageReader

        room = (width - (_IN_A_ROW - 1) * _GAP) / _IN_A_ROW
        for place, one in enumerate(some):
            tall = height - _CAPTION
            scale = min(_WIDE / one.width, tall / one.height)
            x = place * (room + _GAP)
            wide, high = one.width * scale, one.height * scale
            canvas.drawImage(ImageReader(io.BytesIO(one.data)), x, height - high, wide, high)
            draw(canvas, one.kept.name, styles.TINY, x, 3, room)

    names = ", ".join(one.kept.name for one in some)
    tallest = max(one.height * min(_WIDE / one.width, _HEIGHT / one.height) for one in some)
    return Drawing(tallest + _CAPTION, paint, before=8, alt=_("Attached pictures: {names}").format(names=names))


__all__ = ["Picture", "decoded", "grid"]
