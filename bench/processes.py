"""The databases and the server: started for the measurement, ended by their ids."""

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

from tests.postgres import postgres

ROOT = Path(__file__).parents[1]
Environment = dict[str, str]


@contextmanager
def company(database: str, clients: int, wanted: str, custom: int = 0) -> Iterator[Environment]:
    """The environment of a new company of so many clients, gone afterwards."""
    with (
        tempfile.TemporaryDirectory(prefix="pawfile-bench-") as folder,
        url_of(database, custom) as url,
    ):
        environment = {
            **os.environ,
            "PAWFILE_DATA": folder,
            "DATABASE_URL": url,
            "DJANGO_SETTINGS_MODULE": "bench.settings",
        }
        for name in ("SECRET_KEY", "PAWFILE_DEBUG", "PAWFILE_HTTPS", "ALLOWED_HOSTS"):
            environment.pop(name, None)
        command = [sys.executable, "-m", "bench.make", str(clients), wanted, str(custom)]
        subprocess.run(command, env=environment, cwd=ROOT, check=True)
        yield environment


@contextmanager
def url_of(database: str, custom: int) -> Iterator[str]:
    """Empty for an SQLite file; on PostgreSQL a database of our own, never one that is there."""
    if database == "sqlite":
        yield ""
        return
    name = f"pawfile_bench_{os.getpid()}_{custom}"
    with postgres() as server, psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            yield urlunsplit(urlsplit(server)._replace(path=f"/{name}"))
        finally:
            drop = sql.SQL("DROP DATABASE {} WITH (FORCE)")
            connection.execute(drop.format(sql.Identifier(name)))


def extended(environment: Mapping[str, str]) -> str:
    """Extending the series in that company, in words."""
    command = [sys.executable, "-m", "bench.make", "extend"]
    done = subprocess.run(
        command, env=environment, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True
    )
    return done.stdout.strip()


@dataclass(frozen=True, slots=True)
class Server:
    process: int
    port: int

    def memory(self) -> dict[int, float]:
        """MB each of the server's processes has held at most, by its id."""
        return {number: peak_memory(number) for number in family(self.process)}

    def work(self) -> float:
        """Seconds of processor time the server's processes have taken; 0 where nobody tells."""
        return sum(processor_seconds(number) for number in family(self.process))


@contextmanager
def serving(environment: Mapping[str, str]) -> Iterator[Server]:
    """The real server on this machine alone."""
    port = free_port()
    log_path = Path(environment["PAWFILE_DATA"]) / "server.log"
    command = [sys.executable, "-m", "pawfile.cli", "serve", "--no-worker", "--port", str(port)]
    with (
        log_path.open("w") as log,
        subprocess.Popen(
            command, env=environment, cwd=ROOT, stdout=log, stderr=subprocess.STDOUT
        ) as process,
    ):
        try:
            wait_until_open(process, port, log_path)
            yield Server(process.pid, port)
        finally:
            workers = family(process.pid)
            process.terminate()
            try:
                process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                for number in workers:
                    os.kill(number, 9)


def wait_until_open(process: "subprocess.Popen[bytes]", port: int, log: Path) -> None:
    for _attempt in range(300):
        if process.poll() is not None:
            break
        connection = HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            connection.request("GET", "/healthz/")
            if connection.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.2)
        finally:
            connection.close()
    raise RuntimeError(f"The server did not start.\n{log.read_text()[-4000:]}")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def family(number: int) -> list[int]:
    """A process and all that it started, and what those started."""
    listed = subprocess.run(
        ["ps", "-A", "-o", "pid=,ppid="], check=True, capture_output=True, text=True
    )
    parents = [tuple(map(int, line.split())) for line in listed.stdout.splitlines()]
    found = [number]
    for known in found:
        found += [child for child, parent in parents if parent == known]
    return found


def peak_memory(number: int) -> float:
    """Linux keeps the highest mark itself; elsewhere the present size has to do."""
    status = Path(f"/proc/{number}/status")
    if status.exists():
        for line in status.read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024
    command = ["ps", "-o", "rss=", "-p", str(number)]
    listed = subprocess.run(command, check=False, capture_output=True, text=True)
    return int(listed.stdout.strip() or 0) / 1024


def processor_seconds(number: int) -> float:
    status = Path(f"/proc/{number}/stat")
    if not status.exists():
        return 0
    fields = status.read_text().rpartition(")")[2].split()
    ticks: int = os.sysconf("SC_CLK_TCK")
    return (int(fields[11]) + int(fields[12])) / ticks
