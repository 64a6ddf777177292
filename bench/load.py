"""The users: sixteen connections kept open, served by one loop that costs next to nothing.

Each asks, waits for the answer and asks again. A loop over plain sockets instead of threads with a
library: on a machine of two cores the users must not take from the server what they measure.
"""

import re
import selectors
import socket
from collections.abc import Sequence
from dataclasses import dataclass, field
from time import perf_counter, process_time
from typing import Protocol

LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
#: Longer than this takes no answer: something is broken.
PATIENCE = 60


class User(Protocol):
    def request(self) -> bytes:
        """The next request, as it goes over the wire."""

    def check(self, status: int) -> bool:
        """Whether the answer is the one that was hoped for."""


@dataclass(slots=True)
class Run:
    """Seconds each answer took and the whole took; processor time of users and of the server."""

    waits: list[float] = field(default_factory=list)
    seconds: float = 0
    own_seconds: float = 0
    work: float = 0

    def add(self, other: "Run") -> None:
        self.waits += other.waits
        self.seconds += other.seconds
        self.own_seconds += other.own_seconds
        self.work += other.work


@dataclass(slots=True)
class Line:
    """A user's open connection."""

    user: User
    left: int
    socket: socket.socket
    sent_at: float = 0
    answer: bytearray = field(default_factory=bytearray)
    whole: int = 0

    def send(self) -> None:
        self.answer.clear()
        self.whole = 0
        request = self.user.request()
        self.sent_at = perf_counter()
        self.socket.sendall(request)

    def receive(self) -> bool:
        """Take what has come; whether the answer is complete."""
        piece = self.socket.recv(1 << 18)
        if not piece:
            raise ConnectionError("The server hung up.")
        self.answer += piece
        if not self.whole:
            end = self.answer.find(b"\r\n\r\n")
            if end < 0:
                return False
            length = LENGTH.search(self.answer, 0, end)
            self.whole = end + 4 + (int(length[1]) if length else 0)
        return len(self.answer) >= self.whole

    @property
    def status(self) -> int:
        return int(self.answer[9:12])


def drive(users: Sequence[User], *, port: int, requests: int) -> Run:
    """Let the users ask ``requests`` times in all."""
    run = Run()
    each = max(1, requests // len(users))
    with selectors.DefaultSelector() as selector:
        lines = [
            Line(user, each, socket.create_connection(("127.0.0.1", port), PATIENCE))
            for user in users
        ]
        started, own = perf_counter(), process_time()
        for line in lines:
            selector.register(line.socket, selectors.EVENT_READ, line)
            line.send()
        try:
            while selector.get_map():
                answer_all(selector, run)
        finally:
            for line in lines:
                line.socket.close()
        run.seconds = perf_counter() - started
        run.own_seconds = process_time() - own
    return run


def answer_all(selector: selectors.BaseSelector, run: Run) -> None:
    ready = selector.select(PATIENCE)
    if not ready:
        raise TimeoutError(f"No answer within {PATIENCE} seconds.")
    for key, _events in ready:
        line: Line = key.data
        if not line.receive():
            continue
        run.waits.append(perf_counter() - line.sent_at)
        if not line.user.check(line.status):
            head = bytes(line.answer[:2000]).decode(errors="replace")
            raise ConnectionError(f"An answer that nobody hoped for:\n{head}")
        line.left -= 1
        if line.left:
            line.send()
        else:
            selector.unregister(line.socket)
