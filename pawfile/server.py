"""Starting up: what must be so before a company's book is opened to a network."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from ipaddress import ip_address
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from pawfile.accounts.models import STAFF, User
from pawfile.demo.fill import PASSWORD
from pawfile.lib.config import is_weak_secret_key
from pawfile.options.models import SiteOptions

DEMO_DOMAIN = "@demo.test"


def prepare() -> None:
    """Bring the database and the static files up to date. Costs little when nothing is new."""
    Path(settings.DATA).mkdir(parents=True, exist_ok=True)
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)


def is_empty() -> bool:
    """Whether nobody has an account here yet."""
    return not User.objects.get_queryset().exists()


def is_this_machine(host: str) -> bool:
    """Whether an address can be reached from this machine alone."""
    try:
        return host == "localhost" or ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def refusals(*, host: str, is_production: bool) -> list[str]:
    """Why this company must not be served so; empty when all is well.

    A demo company on this machine alone is let through: its passwords are known, and meant to be.
    """
    found: list[str] = []
    company = SiteOptions.load()
    if company.is_demo and not is_production and is_this_machine(host):
        return found
    if settings.DEBUG:
        found.append(
            "PAWFILE_DEBUG is on. It shows the inside of errors to anybody: switch it off."
        )
    if is_weak_secret_key(settings.SECRET_KEY):
        found.append(
            "SECRET_KEY is short or well known. Leave it out, and one is made in the data folder, "
            "or set one of 50 random characters."
        )
    if company.is_demo:
        found.append(
            "This is the demo company; everybody knows its passwords. Start a company of your own "
            "with `pawfile createadmin` in another PAWFILE_DATA or database."
        )
    found += [f"{user.email} has a password that everybody knows." for user in known_passwords()]
    return found


def known_passwords() -> list[User]:
    """Staff who sign in with the demo's password, and whoever has a demo address."""
    staff = User.objects.active().filter(role__in=STAFF).order_by("pk")
    return [
        user for user in staff if user.email.endswith(DEMO_DOMAIN) or user.check_password(PASSWORD)
    ]


@contextmanager
def worker_beside() -> Iterator[None]:
    """The worker as a process of its own for as long as the server runs."""
    process = subprocess.Popen([sys.executable, "-m", "pawfile.cli", "worker"])
    try:
        yield
    finally:
        process.terminate()
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def is_port_taken(host: str, port: int) -> bool:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host.strip("[]"), port))
        except OSError:
            return True
    return False


def serve(*, host: str, port: int, processes: int) -> None:
    """Serve until Ctrl-C."""
    connection.close()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pawfile.settings")
    Granian(
        "pawfile.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=processes,
        blocking_threads=4,
        log_access=False,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
        workers_kill_timeout=3,  # without it a Ctrl-C that reaches all processes at once hangs
    ).serve()
