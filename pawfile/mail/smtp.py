"""SMTP that knows whether a mail may have arrived when the connection breaks."""

import smtplib
from typing import Any

from django.core.mail.backends.smtp import EmailBackend


class HandOver(smtplib.SMTP):
    """Remembers that the text of a mail went out; the next command means it was answered."""

    is_in_doubt = False

    def send(self, s: Any) -> None:
        # Commands are sent as text, what stands in a mail as bytes.
        self.is_in_doubt = isinstance(s, bytes)
        super().send(s)


class HandOverSSL(HandOver, smtplib.SMTP_SSL):
    pass


class SmtpBackend(EmailBackend):
    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        return HandOverSSL if self.use_ssl else HandOver

    @property
    def is_in_doubt(self) -> bool:
        """Whether the server got a mail's text and has not said that it took it or not."""
        return isinstance(self.connection, HandOver) and self.connection.is_in_doubt
