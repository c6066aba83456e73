"""A PDF handed to a print queue of CUPS (Linux, macOS) as it is, so that text and lines stay sharp; without Qt."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from typing import Literal

from cvdesk.errors import UserError
from cvdesk.wording import _

Sides = Literal["", "one-sided", "two-sided-long-edge", "two-sided-short-edge"]
_PATIENCE = 60  # seconds; `lp` returns as soon as the queue has taken the pages
_MOST_SAID = 300  # letters of what the system says


@dataclass(frozen=True, slots=True)
class Order:
    """What to print on which queue. `pages`: 0-based, None for all; `sides`: "" for what the printer usually does."""

    queue: str
    copies: int = 1
    collate: bool = True
    sides: Sides = ""
    pages: tuple[int, ...] | None = None
    paper: str = "a4"
    grey: bool = False
    backwards: bool = False


def print_program() -> str | None:
    """Where the system's `lp` is; None on Windows and where there is none."""
    return None if sys.platform == "win32" else shutil.which("lp")


def command(program: str, order: Order, title: str) -> list[str]:
    """The words of the command; the PDF itself goes to its standard input. `title`: other people may see it."""
    media = "Letter" if order.paper == "letter" else "A4"
    words = [program, "-d", order.queue, "-n", str(max(1, order.copies)), "-t", title, "-o", f"media={media}"]
    if order.copies > 1:
        words += ["-o", f"collate={'true' if order.collate else 'false'}"]
    if order.sides:
        words += ["-o", f"sides={order.sides}"]
    if order.grey:
        words += ["-o", "print-color-mode=monochrome"]
    if order.backwards:
        words += ["-o", "outputorder=reverse"]
    if order.pages is not None:
        words += ["-P", page_list(order.pages)]
    return [*words, "-"]


def page_list(pages: tuple[int, ...]) -> str:
    """Pages (0-based) as a printer is told them: "1-3,5"."""
    runs: list[list[int]] = []
    for page in sorted(set(pages)):
        if runs and page == runs[-1][1] + 1:
            runs[-1][1] = page
        else:
            runs.append([page, page])
    return ",".join(f"{first + 1}" if first == last else f"{first + 1}-{last + 1}" for first, last in runs)


def send(pdf: bytes, words: list[str]) -> None:
    """Hands the PDF over and waits until the queue has it. UserError with what the system says where it refuses."""
    try:
        ended = subprocess.run(
            words, input=pdf, capture_output=True, timeout=_PATIENCE, env=_surroundings(), check=False
        )
    except OSError as error:
        raise _refused(str(error.strerror or error)) from error
    except subprocess.TimeoutExpired as error:
        raise _refused(_("no answer within a minute")) from error
    if ended.returncode:
        raise _refused(ended.stderr.decode("utf-8", "replace").strip().removeprefix(f"{words[0]}: "))


def _refused(said: str) -> UserError:
    words = " ".join("".join(sign if sign.isprintable() else " " for sign in said).split())[:_MOST_SAID]
    return UserError(
        _("The pages could not be printed. The system says: {reason}").format(reason=words or _("nothing")),
        _("Look at the printer in the settings of your system, choose another one, or save the PDF and print that."),
    )


def _surroundings() -> dict[str, str]:
    """A packaged program brings libraries of its own, which the system's programs must not load."""
    known = dict(os.environ)
    before = known.pop("LD_LIBRARY_PATH_ORIG", None)
    if getattr(sys, "frozen", False):
        known.pop("LD_LIBRARY_PATH", None)
        if before is not None:
            known["LD_LIBRARY_PATH"] = before
    return known
