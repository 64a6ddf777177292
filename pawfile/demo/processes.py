"""Work shared out to other processes. Imports no models, so that a new process can begin here."""

import gc
import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing import get_context, parent_process
from threading import Thread
from typing import TypeVar

import django

A = TypeVar("A")
R = TypeVar("R")


def start() -> None:
    """Get a new process ready. Ctrl-C is for the one that waits for it, and its end ends this.

    Rows are many small lists without cycles: looking for cycles in them took a quarter of the time.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.disable()
    Thread(target=end_with_parent, daemon=True).start()
    django.setup()


def end_with_parent() -> None:
    """A process that waits for work would wait for ever once its parent was killed."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def in_order(work: Callable[[A], R], tasks: Iterable[A], *, processes: int) -> Iterator[R]:
    """The results in the order of the tasks; never more than a few lie waiting."""
    waiting: deque[Future[R]] = deque()
    # Forked processes would inherit the connection to the database.
    context = get_context("spawn")
    with ProcessPoolExecutor(processes, mp_context=context, initializer=start) as pool:
        try:
            for task in tasks:
                waiting.append(pool.submit(work, task))
                if len(waiting) > processes + 1:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            pool.shutdown(wait=False, cancel_futures=True)
