"""Files that somebody else made, on their way to a browser."""

from typing import Any

from csp.decorators import csp_update

#: For views: whatever a browser takes the file for, nothing in it runs.
sandboxed: Any = csp_update({"sandbox": [True]})
