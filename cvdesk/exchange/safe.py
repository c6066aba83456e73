"""What lists of every kind go through on the way out and in: no cell is run as a formula."""

from cvdesk.wording.cells import as_meant, harmless

__all__ = ["as_meant", "harmless"]
