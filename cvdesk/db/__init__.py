"""The business file: one SQLite file, one writer, history of every change."""

from cvdesk.db.open import BusinessFile, create_file, open_file
from cvdesk.db.queries import Queries
from cvdesk.db.rows import Operation

__all__ = ["BusinessFile", "Operation", "Queries", "create_file", "open_file"]
