"""Which shape of the database a file was made with, and how the tables here come to it.

A file names the newest migrations of its day. Restoring brings an untouched database to exactly
these, loads the rows, and lets the migrations since then do what they do to every company.
"""

from collections.abc import Iterable

from django.apps.registry import Apps
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _

from pawfile.exports.refusals import NewerSchemaError, OlderSchemaError, RefusedError

Node = tuple[str, str]


def newest() -> list[Node]:
    """The newest migration of every app; refused if the database has not got all of them."""
    executor = MigrationExecutor(connection)
    leaves = sorted(executor.loader.graph.leaf_nodes())
    if executor.migration_plan(leaves):
        raise RefusedError(
            _("The database is older than this Pawfile. Start `pawfile serve` once, then export.")
        )
    return leaves


def refuse_unknown(nodes: Iterable[Node]) -> None:
    known = MigrationExecutor(connection).loader.graph.nodes
    for app, name in nodes:
        if (app, name) not in known:
            raise NewerSchemaError(
                _("A newer Pawfile made this file (%(app)s %(name)s). Update this one first.")
                % {"app": app, "name": name}
            )


def bring_to(nodes: list[Node]) -> Apps:
    """Migrate an untouched database to these; the models as they were then."""
    executor = MigrationExecutor(connection)
    wanted = {
        (step.app_label, step.name)
        for step, _back in executor.migration_plan(nodes, clean_start=True)
    }
    if beyond := sorted(executor.loader.applied_migrations.keys() - wanted):
        raise OlderSchemaError(
            _(
                "An older Pawfile made this file, and the tables here are newer "
                "(%(app)s %(name)s). Restore it into a new, untouched database."
            )
            % {"app": beyond[0][0], "name": beyond[0][1]}
        )
    executor.migrate(nodes)
    return executor.loader.project_state(nodes).apps


def bring_up_to_date() -> None:
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
