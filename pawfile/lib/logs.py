"""What must not stand in a log, whoever writes it there."""

import logging
import re

#: Whoever knows the address of a calendar reads it, and of a question to a client answers it.
_SECRET = re.compile(r"(/calendar/)[\w-]+(?=\.ics)|(/unchanged/)[\w-]+")


class DiscreetFormatter(logging.Formatter):
    """Hides the secret part of addresses, in messages and in tracebacks."""

    def format(self, record: logging.LogRecord) -> str:
        return _SECRET.sub(r"\1\2…", super().format(record))
