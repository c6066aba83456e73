"""QR codes, drawn as rectangles: sharp at every size and no picture in the file."""

from __future__ import annotations

from typing import Any

from cvdesk.pdf import styles

QUIET_ZONE = 4  # modules of white around a code, as the standard asks for


def draw_qr(canvas: Any, text: str, x: float, y: float, size: float) -> None:
    """Draws the code into a square of `size` points whose lower left corner is (x, y), the white around it included."""
    import segno

    rows = [[bool(module) for module in row] for row in segno.make(text, error="m", micro=False).matrix]
    module = size / (len(rows) + 2 * QUIET_ZONE)
    left, top = x + QUIET_ZONE * module, y + size - QUIET_ZONE * module
    shape = canvas.beginPath()
    for place, row in enumerate(rows):
        start = None
        for at, dark in enumerate([*row, False]):
            if dark and start is None:
                start = at
            elif not dark and start is not None:
                # One rectangle for what is dark side by side: seams between modules would show on some screens.
                shape.rect(left + start * module, top - (place + 1) * module, (at - start) * module, module)
                start = None
    canvas.setFillColor(styles.TEXT)
    canvas.drawPath(shape, stroke=0, fill=1)
