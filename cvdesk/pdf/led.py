"""Headings lead what follows them: they go to the next page together, or that begins under them and goes on there."""

from __future__ import annotations

from reportlab.platypus.doctemplate import ActionFlowable, FrameBreak
from reportlab.platypus.flowables import Flowable, KeepTogether, _listWrapOn


class Led(KeepTogether):  # type: ignore[misc]
    """Headings and what they lead. Where all of it has no room, as much of the last piece stays as breaks well.

    Reportlab would begin a new page before every long table and leave the rest of the old one white.
    """

    def split(self, width: float, height: float) -> list[Flowable]:
        """The pieces as they are where they fit, else with the last one broken, else after a new page."""
        *heads, last = self._content
        if getattr(self, "_wrapInfo", None) != (width, height):
            self.wrap(width, height)
        if height >= self._H or not heads:
            return [*self._content]
        _wide, used = _listWrapOn(heads, width, self.canv)
        gap = max(heads[-1].getSpaceAfter(), last.getSpaceBefore())
        parts = last.splitOn(self.canv, width, height - used - gap) if height > used + gap else []
        if parts and parts[0] is not last and not isinstance(parts[0], ActionFlowable):
            return [*heads, *parts]
        frame = getattr(self, "_frame", None)
        if frame is not None and frame._atTop:
            return [*self._content]
        return [FrameBreak(), *self._content]
