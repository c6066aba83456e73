"""The business's logo on paper: checked when it is taken, drawn as sharp as it is, never squeezed."""

from __future__ import annotations

import io
import struct
import zlib
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from cvdesk.errors import UserError
from cvdesk.pdf.structure import ARTIFACT, tagged
from cvdesk.wording import _
from cvdesk.wording.numbers import number

if TYPE_CHECKING:
    from PIL.Image import Image

PNG, JPEG, SVG = "image/png", "image/jpeg", "image/svg+xml"
WIDEST, TALLEST = 150.0, 40.0  # points
MOST_BYTES = 5 * 1024 * 1024
MOST_PIXELS = 40_000_000
_MOST_KEPT = 2400  # points across of what is kept: more is never printed, and forty million would be 160 MB
_SHARP = 8.0  # pixels a point: more than printers show, and a photo of a logo is no burden to the file
_FORMATS = {PNG: "PNG", JPEG: "JPEG"}
# What Pillow raises for files that are broken, by where they are.
_BROKEN = (OSError, SyntaxError, ValueError, EOFError, IndexError, struct.error, zlib.error)


def check_logo(data: bytes, media_type: str) -> None:
    """Whether a picture can stand at the head of papers; UserError with the reason where it cannot."""
    if len(data) > MOST_BYTES:
        raise UserError(
            _("The picture is too large: {size} MB.").format(size=number(len(data) / 1024 / 1024)),
            _("Choose one of at most 5 MB; a logo 2,000 points wide prints sharply."),
        )
    if media_type == SVG:
        from cvdesk.pdf.drawn_logo import check_drawn

        check_drawn(data)
    else:
        _read(data, media_type)


@lru_cache(8)
def size_of(data: bytes, media_type: str, width: float = WIDEST, height: float = TALLEST) -> tuple[float, float]:
    """Width and height of the logo in points, as large as the room given allows; nothing where it cannot be drawn.

    It was checked when it was taken; a file from elsewhere may still hold one that was not.
    """
    try:
        check_logo(data, media_type)
    except UserError:
        return 0.0, 0.0
    wide, tall = _proportions(data, media_type)
    scale = min(width / wide, height / tall)
    return wide * scale, tall * scale


def paint_logo(
    canvas: Any, data: bytes, media_type: str, x: float, y: float, width: float = WIDEST, height: float = TALLEST
) -> tuple[float, float]:
    """Paints the logo with its lower left corner at (x, y); how wide and tall it became."""
    wide, tall = size_of(data, media_type, width, height)
    if not wide:
        return wide, tall
    with tagged(canvas, ARTIFACT):
        if media_type == SVG:
            from cvdesk.pdf.drawn_logo import paint_drawn

            paint_drawn(canvas, data, x, y, wide, tall)
        else:
            from reportlab.lib.utils import ImageReader

            picture = _picture(data, media_type)
            room = (max(1, round(wide * _SHARP)), max(1, round(tall * _SHARP)))
            if picture.width > room[0]:
                picture = picture.resize(room)
            canvas.drawImage(ImageReader(_on_white(picture)), x, y, wide, tall)
    return wide, tall


def _proportions(data: bytes, media_type: str) -> tuple[float, float]:
    if media_type == SVG:
        from cvdesk.pdf.drawn_logo import drawn_size

        return drawn_size(data)
    picture = _picture(data, media_type)
    return float(picture.width), float(picture.height)


@lru_cache(2)
def _picture(data: bytes, media_type: str) -> Image:
    """The picture upright, in the colours of a screen, without the empty margin around it."""
    from PIL import ImageOps

    picture = ImageOps.exif_transpose(_read(data, media_type))
    clear = "A" in picture.getbands() or "transparency" in picture.info
    picture = _in_srgb(picture, "RGBA" if clear else "RGB")
    picture = picture.crop(picture.getchannel("A").getbbox()) if clear else picture
    picture.thumbnail((_MOST_KEPT, _MOST_KEPT))
    return picture


def _on_white(picture: Image) -> Image:
    """The picture as it looks on paper: nothing to see through, which print queues turn whole pages to pictures for."""
    from PIL import Image

    if "A" not in picture.getbands():
        return picture
    white = Image.new("RGBA", picture.size, "white")
    white.alpha_composite(picture)
    return white.convert("RGB")


def _in_srgb(picture: Image, mode: str) -> Image:
    from PIL import ImageCms

    if picture.mode.startswith("I"):  # sixteen bits of grey
        picture = picture.point(lambda value: value * (1 / 256)).convert("L")
    known = picture.info.get("icc_profile")
    if known and picture.mode in ("RGB", "CMYK"):
        try:
            ours = ImageCms.createProfile("sRGB")
            found = ImageCms.profileToProfile(picture, io.BytesIO(known), ours, outputMode="RGB")
        except ImageCms.PyCMSError:  # a profile of other colours than the picture's
            found = None
        picture = found or picture
    return picture.convert(mode)


def _read(data: bytes, media_type: str) -> Image:
    """The picture, wholly read; UserError for one that is none, is broken, has too many points or nothing in it."""
    from PIL import Image

    if media_type not in _FORMATS:
        raise _no_picture()
    too_many = (Image.DecompressionBombError, Image.DecompressionBombWarning)
    try:
        picture = Image.open(io.BytesIO(data), formats=[_FORMATS[media_type]])
        if picture.width * picture.height > MOST_PIXELS:
            raise _too_many_points()
        picture.load()
    except too_many as error:
        raise _too_many_points() from error
    except _BROKEN as error:
        raise _no_picture() from error
    if "A" in picture.getbands() and picture.getchannel("A").getbbox() is None:
        raise UserError(_("There is nothing on this picture: all of it is transparent."), _("Choose another one."))
    return picture


def _too_many_points() -> UserError:
    return UserError(
        _("The picture has more than 40 million points."),
        _("Save it smaller; a logo 2,000 points wide prints sharply."),
    )


def _no_picture() -> UserError:
    return UserError(
        _("This file is no picture that can be printed, or it is broken."),
        _("Choose a PNG, JPEG or SVG file. Most drawing programs can save one."),
    )
