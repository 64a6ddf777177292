"""What the users ask for: a page, its yardsticks, or one save after the other."""

from collections.abc import Sequence
from dataclasses import dataclass
from http.client import HTTPConnection

from bench.forms import Pairs, multipart, read_form
from bench.load import User
from bench.plan import COOKIE, Page, Visit

#: What a form sends to show that it is the site's own; the cookie says the same.
TOKEN = "b" * 32
#: The field that each save changes.
CHANGED = "house_notes"

TOKEN_BODY = f"X-CSRFToken: {TOKEN}\r\nContent-Length: 0\r\n\r\n"


@dataclass(slots=True)
class Reader:
    """Asks for one address, or presses one button."""

    words: bytes

    def request(self) -> bytes:
        return self.words

    def check(self, status: int) -> bool:
        return status == 200


@dataclass(slots=True)
class Writer:
    """Saves one client's form, changed a little each time, and follows the version."""

    head: str
    form: Pairs
    version: int
    hoped: int

    def request(self) -> bytes:
        new = {"version": str(self.version), CHANGED: f"The bench saves version {self.version}."}
        kind, body = multipart((name, new.get(name, text)) for name, text in self.form)
        length = f"Content-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n"
        return f"{self.head}{length}".encode() + body

    def check(self, status: int) -> bool:
        self.version += 1
        return status == self.hoped


def head(method: str, path: str, cookies: str) -> str:
    return f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {cookies}\r\n"


def users(page: Page, paths: Sequence[str], *, port: int) -> list[User]:
    """A user for each visit; ``paths`` are the page's own addresses or a yardstick's."""
    found: list[User] = []
    for visit, path in zip(page.visits, paths, strict=True):
        session = f"{COOKIE}={visit.session}"
        if page.is_save:
            form = form_of(visit, port=port)
            token = dict(form)["csrfmiddlewaretoken"]
            start = head("POST", path, f"{session}; csrftoken={token}")
            hoped = 302 if path == visit.path else 200
            found.append(Writer(start, form, int(dict(form)["version"]), hoped))
        elif page.is_press:
            start = head("POST", path, f"{session}; csrftoken={TOKEN}")
            found.append(Reader(f"{start}HX-Request: true\r\n{TOKEN_BODY}".encode()))
        else:
            found.append(Reader(f"{head('GET', path, session)}\r\n".encode()))
    return found


def form_of(visit: Visit, *, port: int) -> Pairs:
    """The client's form as the page has it now."""
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request("GET", visit.path, headers={"Cookie": f"{COOKIE}={visit.session}"})
        return read_form(connection.getresponse().read().decode())
    finally:
        connection.close()
