"""Garbage is collected on the window's thread only, as deep as Python would have done by itself."""

import gc
import threading
import weakref

from cvdesk.kit.garbage import Collector, collect_some


class Knot:
    def __init__(self):
        self.itself = self


def test_what_a_page_leaves_is_collected_where_the_window_lives(qtbot):
    threads = []
    collector = Collector()
    gone = weakref.ref(Knot(), lambda _gone: threads.append(threading.current_thread()))
    made = threading.Thread(target=lambda: [[] for _number in range(200_000)])
    made.start()
    made.join()
    assert threads == []
    qtbot.waitUntil(lambda: gc.collect() >= 0 and gone() is None)
    assert threads == [threading.main_thread()]
    collector.deleteLater()


def test_little_garbage_is_left_for_later():
    gc.collect()
    gone = weakref.ref(Knot())
    collect_some()
    assert gone() is not None
    kept = [[] for _number in range(2_000)]
    collect_some()
    assert gone() is None
    del kept
