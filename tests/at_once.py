"""Actions that happen in the same moment, each in a thread with a connection of its own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from django.db import connection

WAIT = 30


def at_once(*actions: Callable[[], Any]) -> list[Any]:
    """Run each action in a thread of its own, all from one moment; results or what was raised."""
    start = Barrier(len(actions))

    def run(action: Callable[[], Any]) -> Any:
        try:
            connection.ensure_connection()
            start.wait(WAIT)
            return action()
        except Exception as problem:  # noqa: BLE001 - whatever it was, the test looks at it
            return problem
        finally:
            connection.close()

    with ThreadPoolExecutor(len(actions)) as pool:
        return list(pool.map(run, actions, timeout=WAIT))
