"""A real SMTP server: in a thread with answers to choose, or as a process that can be killed.

``python -m tests.mail.smtp_server PORT FILE`` adds the Message-ID of each mail that it took to the
file, a line each, before it says so.
"""

import asyncio
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP


class Post:
    """Takes mails, and answers a recipient or a text as ``rcpt`` and ``data`` say.

    The answer "break" cuts the line after the text came, before anything is said.
    """

    def __init__(self) -> None:
        self.taken: list[EmailMessage] = []
        self.rcpt: dict[str, str] = {}
        self.data: dict[str, str] = {}
        self.sessions: set[int] = set()

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        answer = self.rcpt.get(address, "250 OK")
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, session: Any, envelope: Any) -> str:  # noqa: N802
        answer = self.data.get(envelope.rcpt_tos[0], "250 OK")
        self.sessions.add(session.peer[1])
        if answer == "break":
            assert isinstance(server.transport, asyncio.Transport)
            server.transport.abort()
        elif answer.startswith("250"):
            self.taken.append(message_from_bytes(envelope.content, policy=policy.default))
        return answer


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def post_office(post: Post, **more: Any) -> Iterator[int]:
    """The server for as long as the block; its port. ``more`` is for encryption and sign-in."""
    controller = Controller(post, hostname="127.0.0.1", port=free_port(), **more)
    controller.start()
    try:
        yield controller.port
    finally:
        controller.stop(no_assert=True)


class Ledger:
    """Writes down what came, then takes a moment before it says so: a good moment to be killed."""

    def __init__(self, file: Path) -> None:
        self.file = file

    async def handle_DATA(self, server: SMTP, session: Any, envelope: Any) -> str:  # noqa: N802
        with self.file.open("a") as ledger:
            ledger.write(message_from_bytes(envelope.content)["Message-ID"] + "\n")
        await asyncio.sleep(0.003)
        return "250 OK"


async def keep_open(port: int, file: Path) -> None:
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(Ledger(file)), "127.0.0.1", port)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(keep_open(int(sys.argv[1]), Path(sys.argv[2])))
