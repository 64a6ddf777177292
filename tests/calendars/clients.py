"""Three calendar clients that people use, run as they run them: each reads a feed in its own way.

vdirsyncer fetches it over HTTP and takes it apart into one file an event; khal imports it into its
own database; ical.js (Thunderbird, Nextcloud) parses the whole and knows no zone but the file's.
"""

import json
import os
import subprocess
import sys
import sysconfig
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from icalendar import Calendar

SCRIPTS = Path(sysconfig.get_path("scripts"))
ICAL_JS = Path(sys.prefix) / "npm" / "node_modules" / "ical.js" / "dist" / "ical.js"
READER = Path(__file__).with_name("read.mjs")
#: khal lists day by day.
SPAN = ("2028-01-01", "2029-03-01")
SYNCER = """
[general]
status_path = "{folder}/status/"
[pair feed]
a = "web"
b = "files"
collections = null
[storage web]
type = "http"
url = "{url}"
[storage files]
type = "filesystem"
path = "{folder}/files/"
fileext = ".ics"
"""
KHAL = """
[calendars]
[[feed]]
path = {folder}/khal/
[locale]
local_timezone = UTC
default_timezone = UTC
timeformat = %H:%M:%S
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%dT%H:%M:%S
longdatetimeformat = %Y-%m-%dT%H:%M:%S
[sqlite]
path = {folder}/khal.db
"""


class Seen(NamedTuple):
    """An event as a client has understood it."""

    uid: str
    start: datetime
    end: datetime
    summary: str
    status: str


def run(folder: Path, *command: str | Path) -> str:
    """What a program says, in a home of its own: the settings of whoever tests are not read."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith("XDG_")}
    environment |= {"HOME": str(folder), "PYTHONWARNINGS": "ignore", "PYTHONUTF8": "1"}
    done = subprocess.run(
        [str(word) for word in command],
        env=environment, cwd=folder, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, f"{command}: {done.stdout}{done.stderr}"
    return done.stdout


def vdirsyncer(url: str, folder: Path) -> list[Seen]:
    """What it fetches. It names events of the web by their content, so there is no ``uid``."""
    settings = folder / "vdirsyncer.ini"
    settings.write_text(SYNCER.format(folder=folder, url=url))
    (folder / "files").mkdir(exist_ok=True)
    for step in ("discover", "sync"):
        run(folder, SCRIPTS / "vdirsyncer", "--config", settings, step)
    events: list[Any] = []
    for file in (folder / "files").glob("*.ics"):
        events += Calendar.from_ical(file.read_bytes()).walk("VEVENT")
    return sorted(
        Seen(
            uid="",
            start=event["dtstart"].dt.astimezone(UTC),
            end=event["dtend"].dt.astimezone(UTC),
            summary=str(event["summary"]),
            status=str(event["status"]),
        )
        for event in events
    )


def khal(body: bytes, folder: Path) -> list[Seen]:
    settings, file = folder / "khal.ini", folder / "for-khal.ics"
    settings.write_text(KHAL.format(folder=folder))
    file.write_bytes(body)
    (folder / "khal").mkdir()
    run(folder, SCRIPTS / "khal", "-c", settings, "import", "--batch", "-a", "feed", file)
    wanted = ("uid", "start-long-full", "end-long-full", "title", "status")
    fields = [word for field in wanted for word in ("--json", field)]
    said = run(folder, SCRIPTS / "khal", "-c", settings, "list", "--once", *fields, *SPAN)
    events = [event for line in said.splitlines() for event in json.loads(line)]
    return sorted(
        Seen(
            uid=event["uid"],
            start=datetime.fromisoformat(event["start-long-full"]).replace(tzinfo=UTC),
            end=datetime.fromisoformat(event["end-long-full"]).replace(tzinfo=UTC),
            summary=event["title"],
            status=event["status"].strip(),
        )
        for event in events
    )


def ical_js(body: bytes, folder: Path) -> list[Seen]:
    assert ICAL_JS.exists(), "ical.js is not installed: make test does it."
    file = folder / "feed.ics"
    file.write_bytes(body)
    events = json.loads(run(folder, SCRIPTS / "node", READER, ICAL_JS, file))
    times = ("start", "end")
    return sorted(
        Seen(**{**event, **{key: datetime.fromisoformat(event[key]) for key in times}})
        for event in events
    )
