"""Files that somebody else made, on their way to a browser."""

from collections.abc import Callable
from typing import Any, TypeVar

from csp.decorators import csp_update

View = TypeVar("View", bound=Callable[..., Any])


def sandboxed(view: View) -> View:
    """Whatever a browser takes the file for, nothing in it runs."""
    closed: Any = csp_update({"sandbox": [True]})
    gated: View = closed(view)
    return gated
