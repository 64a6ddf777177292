"""What the users ask for: a page, its yardsticks, or one save after the other."""

from dataclasses import dataclass, field

from bench.forms import multipart
from bench.plan import COOKIE, Page, Visit

#: The field that each save changes.
CHANGED = "house_notes"


def head(visit: Visit, path: str, *, method: str = "GET", cookies: str = "") -> str:
    return (
        f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/html\r\n"
        f"Cookie: {COOKIE}={visit.session}{cookies}\r\n"
    )


@dataclass(slots=True)
class Reader:
    """Asks for one address."""

    words: bytes

    def request(self) -> bytes:
        return self.words

    def check(self, status: int) -> bool:
        return status == 200


@dataclass(slots=True)
class Writer:
    """Saves one client's form, changed a little each time, and follows the version."""

    visit: Visit
    path: str
    hoped: int
    form: dict[str, str] = field(init=False)
    rest: list[tuple[str, str]] = field(init=False)
    count: int = 0

    def __post_init__(self) -> None:
        moving = {"version", CHANGED}
        self.form = {name: text for name, text in self.visit.form if name in moving}
        self.rest = [pair for pair in self.visit.form if pair[0] not in moving]

    def request(self) -> bytes:
        version = int(self.form["version"]) + self.count
        moving = [("version", str(version)), (CHANGED, f"Bench wrote this {version} times.")]
        kind, body = multipart([*moving, *self.rest])
        token = dict(self.rest)["csrfmiddlewaretoken"]
        words = head(self.visit, self.path, method="POST", cookies=f"; csrftoken={token}")
        words += f"Content-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n"
        return words.encode() + body

    def check(self, status: int) -> bool:
        self.count += 1
        return status == self.hoped


def page_user(visit: Visit) -> Reader | Writer:
    if visit.form:
        return Writer(visit, visit.path, 302)
    return Reader(f"{head(visit, visit.path)}\r\n".encode())


def yardstick_user(visit: Visit, path: str) -> Reader | Writer:
    if visit.form:
        return Writer(visit, path, 200)
    return Reader(f"{head(visit, path)}\r\n".encode())


def bare_path(visit: Visit) -> str:
    return f"/bench/bare/{visit.size}/"


def sql_path(page: Page, number: int) -> str:
    return f"/bench/sql/{page.key}/{number}/"
