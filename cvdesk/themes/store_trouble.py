"""SQL of what counts as something gone wrong, said once for every figure that counts it (METHOD 1.7)."""

from __future__ import annotations

# An entry tells of trouble where a severity is set, its rating is low, or the owner filed it as a problem. The index
# entries_troubled holds just these, as long as both say it in the same words.
TROUBLE = "(entries.severity IS NOT NULL OR entries.rating <= 2 OR entries.kind = 'problem')"
# Spam and cases entered twice are no cases.
COUNTED = "COALESCE(complaints.outcome, '') NOT IN ('spam', 'duplicate')"
# What the owner says of one theme in an entry goes before all else: praise is no trouble with it, whatever the rest.
UNPRAISED = "entry_themes.mood <> 'good'"
# A theme went wrong in an entry: the entry tells of trouble and this theme is not praised in it, or the owner says so.
NEGATIVE = f"({UNPRAISED} AND (entry_themes.mood = 'bad' OR COALESCE({TROUBLE}, 0)))"
# The same of entries that tell of no trouble by themselves; the index entry_themes_said_bad holds them.
ONLY_SAID = f"(entry_themes.mood = 'bad' AND NOT COALESCE({TROUBLE}, 0))"
