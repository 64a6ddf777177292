"""Where the tests' tables are, and that no test is left out in silence."""

import tempfile
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from pytest_django import DjangoDbBlocker

SQLITE = "django.db.backends.sqlite3"


def on_sqlite() -> bool:
    engine: str = settings.DATABASES["default"]["ENGINE"]
    return engine == SQLITE


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> Iterator[None]:
    """One database for each process of the run.

    SQLite gets a file, as in a company: one in memory would make the threads of the live server
    share a single connection, and two transactions would meet in it.
    """
    default = settings.DATABASES["default"]
    with tempfile.TemporaryDirectory(prefix="pawfile-test-") as folder:
        default["TEST"] = dict(default.get("TEST") or {})
        if on_sqlite():
            default["TEST"]["NAME"] = str(Path(folder) / "test.sqlite3")
            start = default["OPTIONS"]["init_command"]
            default["OPTIONS"]["init_command"] = f"{start} PRAGMA synchronous=OFF;"
        else:
            default["TEST"]["NAME"] = f"test_pawfile_{Path(folder).name.rsplit('-', 1)[1]}"
        yield


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[None]:
    """The test database; before it goes, whoever still has it open is shown out.

    A thread that outlives its test would else keep PostgreSQL from dropping the database.
    """
    yield
    if connection.vendor == "postgresql":
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )


def pytest_report_header() -> str:
    return f"database: {settings.DATABASES['default']['ENGINE'].rsplit('.', 1)[1]}"


def is_left_out(item: pytest.Item) -> bool:
    """Whether the run on the other database has it: on PostgreSQL alone, or the same on both."""
    if item.get_closest_marker("postgres"):
        return on_sqlite()
    return bool(item.get_closest_marker("own_database")) and not on_sqlite()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out, and count as left out, what the run on the other database has."""
    left_out = [item for item in items if is_left_out(item)]
    if left_out:
        items[:] = [item for item in items if item not in left_out]
        config.hook.pytest_deselected(items=left_out)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A test that skips itself has failed: what cannot run here says what is missing."""
    report = yield
    if report.skipped and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = f"No silent skip. Mend what is missing, or mark the test. {reason}"
    return report
