"""What the program never says (METHOD 6): the word of statisticians that owners read as "important"."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
_WORD = re.compile(r"\bsignifican", re.IGNORECASE)
_TEXTS = ("*.md", "*.toml", "*.txt", "*.html", "*.po")


def said(source: Path) -> list[str]:
    """The sentences of a module. Words it knows from other people's lists are no sentences of the program's."""
    calls = [node for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)]
    spoken = [call for call in calls if isinstance(call.func, ast.Name) and call.func.id in ("_", "ngettext")]
    texts = [part.value for call in spoken for part in call.args if isinstance(part, ast.Constant)]
    return [text for text in texts if isinstance(text, str)]


def test_nothing_is_called_by_the_word_of_statisticians():
    found = [str(path) for path in (ROOT / "cvdesk").rglob("*.py") if any(_WORD.search(text) for text in said(path))]
    for kind in _TEXTS:
        found += [
            str(path)
            for path in (ROOT / "resources").rglob(kind)
            if "fonts" not in path.parts and _WORD.search(path.read_text(encoding="utf-8"))
        ]
    assert not found
