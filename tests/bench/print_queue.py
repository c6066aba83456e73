"""A real print queue of CUPS: what reaches it, and what is said of a queue that is stopped or takes nothing.

Needs root and, of Debian, cups, cups-client, printer-driver-cups-pdf, poppler-utils.
Run: python -m tests.bench.print_queue
Prints one line for each thing looked at; ends with an error where one is not so.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtPrintSupport import QPrinter, QPrinterInfo
from PySide6.QtWidgets import QApplication

from cvdesk.errors import UserError
from cvdesk.exchange.sample import make_sample
from cvdesk.kit import print_queue, printing
from cvdesk.kit.print_pdf import order
from tests.desk import TODAY

QUEUE = "CvDeskPaper"
PPD = Path("/usr/share/ppd/cups-pdf/CUPS-PDF_opt.ppd")
OUT = Path.home() / "PDF"
# The driver knows no second side; with this it takes the order for one.
DUPLEX = """*OpenUI *Duplex: PickOne
*OrderDependency: 20 AnySetup *Duplex
*DefaultDuplex: None
*Duplex None/Off: "<</Duplex false>>setpagedevice"
*Duplex DuplexNoTumble/Long Edge: "<</Duplex true/Tumble false>>setpagedevice"
*Duplex DuplexTumble/Short Edge: "<</Duplex true/Tumble true>>setpagedevice"
*CloseUI: *Duplex
*OpenUI *PageRegion"""


def said(*words: str) -> str:
    return subprocess.run(words, capture_output=True, text=True, check=True).stdout


def until(true: object, seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not true():  # type: ignore[operator]
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.1)


@contextmanager
def queue(folder: Path) -> Iterator[None]:
    """A scheduler of our own and one queue that writes PDFs; both gone afterwards."""
    settings = folder / "cupsd.conf"
    lines = Path("/etc/cups/cupsd.conf").read_text(encoding="utf-8").splitlines()
    settings.write_text("\n".join(["Browsing No", *(one for one in lines if not one.startswith("Browsing"))]))
    daemon = subprocess.Popen([shutil.which("cupsd") or "/usr/sbin/cupsd", "-f", "-c", str(settings)])
    try:
        until(lambda: "is running" in said("lpstat", "-r"))
        driver = folder / "paper.ppd"
        driver.write_text(PPD.read_text(encoding="latin-1").replace("*OpenUI *PageRegion", DUPLEX), encoding="latin-1")
        said("lpadmin", "-p", QUEUE, "-v", "cups-pdf:/", "-P", str(driver), "-E")
        yield
        said("lpadmin", "-x", QUEUE)
    finally:
        daemon.terminate()
        daemon.wait(10)


def refusal(pdf: bytes, words: list[str]) -> str:
    try:
        print_queue.send(pdf, words)
    except UserError as error:
        return error.what
    return ""


def look(folder: Path) -> None:
    report = folder / "report.pdf"
    make_sample(folder / "shop.cvdesk", today=TODAY)
    command = [sys.executable, "-m", "cvdesk", "report", str(folder / "shop.cvdesk"), "-o", str(report)]
    said(*command, "--today", TODAY.isoformat())
    pdf = report.read_bytes()
    pages = len(printing.page_sizes(pdf))
    printer = printing.new_printer("a4")
    printer.setPrinterName(QUEUE)
    printer.setOutputFormat(QPrinter.OutputFormat.NativeFormat)
    printer.setCopyCount(2)
    printer.setFromTo(1, 2)
    printer.setDuplex(QPrinter.DuplexMode.DuplexLongSide)
    printing.check_printer(printer)
    wanted = order(printer, printing.chosen_pages(printer, pages), pages, "a4")
    words = print_queue.command(print_queue.print_program() or "lp", wanted, "Value strategy")
    assert {"sides=two-sided-long-edge", "1-2"} <= set(words), words
    before = set(OUT.glob("*.pdf"))
    print_queue.send(pdf, words)
    until(lambda: set(OUT.glob("*.pdf")) - before and not said("lpstat", "-o"))
    (came,) = set(OUT.glob("*.pdf")) - before
    assert len(printing.page_sizes(came.read_bytes())) == 4, "two copies of two pages"
    for page in ("1", "2"):
        assert "Type" in said("pdffonts", "-f", page, "-l", page, str(came)), f"page {page} came as a picture"
    assert len(said("pdfimages", "-list", str(came)).splitlines()) == 2, "a page came as a picture"
    print(f"two copies of two pages, on both sides, with fonts and no picture: {came}")
    said("cupsreject", QUEUE)
    print("takes nothing:", refusal(pdf, words) or "NOT REFUSED")
    said("cupsaccept", QUEUE)
    said("cupsdisable", QUEUE)
    assert QPrinterInfo.printerInfo(QUEUE).state() == QPrinter.PrinterState.Error
    try:
        printing.check_printer(printer)
    except UserError as error:
        print("stopped:", error.what)
    else:
        raise AssertionError("a stopped queue was not noticed")


if __name__ == "__main__":
    app = QApplication(["print_queue", "-platform", "offscreen"])
    with TemporaryDirectory() as made, queue(Path(made)):
        look(Path(made))
