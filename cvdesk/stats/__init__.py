"""The measuring method: pure functions on numbers, one file per subject.

Nothing here reads or writes, or imports a library outside the standard one while it is loaded, so everything may be
used while the window starts; the shuffles of a change point load numpy when they are asked for.
"""
