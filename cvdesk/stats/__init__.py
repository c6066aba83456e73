"""The measuring method: pure functions on numbers, one file per subject.

Nothing here reads, writes or imports a library outside the standard one, so everything may be used while the
window starts.
"""
