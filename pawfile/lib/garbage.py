"""When Python looks for circles of objects that nobody needs any more."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def fewer_collections() -> Iterator[None]:
    """Look less often: for work that makes and drops many objects, none of them in circles.

    Each look goes over everything that the program has loaded; in an import that is a fifth of the
    time.
    """
    before = gc.get_threshold()
    gc.set_threshold(50_000, 20, 100)
    try:
        yield
    finally:
        gc.set_threshold(*before)
