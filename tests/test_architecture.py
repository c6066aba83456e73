"""The rules of the house that import-linter has no words for: which file names may import what."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "cvdesk"
FILES = sorted(PACKAGE.rglob("*.py"))
SLOTS = {"records": 0, "store": 1, "form": 2, "report": 2, "page": 3}


def module_name(path: Path) -> str:
    parts = ("cvdesk", *path.relative_to(PACKAGE).with_suffix("").parts)
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {module_name(path) for path in FILES}


def imports(path: Path) -> Iterator[str]:
    """Every module a file imports, also inside functions; `from package import module` names the module."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            name = node.module or ""
            for alias in node.names:
                yield f"{name}.{alias.name}" if f"{name}.{alias.name}" in MODULES else name


def slot(path: Path) -> str | None:
    """The slot of a file in a feature: `page_card.py` is a page; None for files with names of their own."""
    return next((name for name in SLOTS if path.stem == name or path.stem.startswith(name + "_")), None)


def may_use_qt(path: Path) -> bool:
    return path.relative_to(PACKAGE).parts[0] in {"kit", "shell"} or slot(path) in {"page", "form"}


def is_qt(module: str) -> bool:
    if module.split(".")[0] in {"PySide6", "shiboken6", "pyqtgraph"}:
        return True
    if module == PACKAGE.name:  # its version
        return False
    return module in MODULES and may_use_qt(PACKAGE.parent / (module.replace(".", "/") + ".py"))


def each(files: list[Path]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("path", files, ids=module_name)


@each([path for path in FILES if not may_use_qt(path) and path.name != "__main__.py"])
def test_only_window_files_import_qt(path):
    assert [name for name in imports(path) if is_qt(name)] == []


@each([path for path in FILES if path.parent.name != "pdf" and slot(path) != "report"])
def test_only_pdf_and_reports_import_reportlab(path):
    assert [name for name in imports(path) if name.split(".")[0] == "reportlab"] == []


@each([path for path in FILES if path.parent.name != "db"])
def test_only_db_imports_sqlite(path):
    outside = {"sqlite3", "sqlite_utils", "sqlcipher3"}
    assert [name for name in imports(path) if name.split(".")[0] in outside] == []


@each([path for path in FILES if slot(path) and path.parent != PACKAGE])
def test_slots_of_a_feature_import_downwards(path):
    own = module_name(path).rpartition(".")[0]
    level = SLOTS[slot(path) or ""]
    wrong = []
    for name in imports(path):
        other = PACKAGE.parent / (name.replace(".", "/") + ".py")
        if name in MODULES and name.rpartition(".")[0] == own and (its := slot(other)):
            sibling = its != slot(path) and SLOTS[its] == level
            if SLOTS[its] > level or sibling:
                wrong.append(name)
    assert wrong == []


@each([path for path in FILES if "kit" not in path.parts])
def test_questions_to_the_user_go_through_ask(path):
    assert "QMessageBox" not in path.read_text(encoding="utf-8")
