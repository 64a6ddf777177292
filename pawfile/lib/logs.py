"""What must not stand in a log, whoever writes it there."""

import logging
import re

#: Whoever knows the address of a calendar reads it.
_CALENDAR = re.compile(r"(/calendar/)[\w-]+(?=\.ics)")


class DiscreetFormatter(logging.Formatter):
    """Hides the secret part of addresses, in messages and in tracebacks."""

    def format(self, record: logging.LogRecord) -> str:
        return _CALENDAR.sub(r"\1…", super().format(record))
