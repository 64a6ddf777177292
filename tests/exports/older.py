"""An export as an older Pawfile would have made it: ``python -m tests.exports.older FILE``."""

import sys
from pathlib import Path

import django
from django.apps.registry import Apps
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

#: So many of the newest migrations are unknown to it.
YEARS_AGO = 4


def older_nodes() -> list[tuple[str, str]]:
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes(), clean_start=True)
    newest = {step.app_label: step.name for step, _back in plan[:-YEARS_AGO]}
    return sorted(newest.items())


def export(path: Path) -> None:
    from pawfile.exports.schema import bring_to
    from pawfile.exports.sealing import without_secrets
    from pawfile.exports.writing import write_company

    nodes = older_nodes()
    registry: Apps = bring_to(nodes)
    user = registry.get_model("accounts.User")
    client = registry.get_model("profiles.Client")
    user.objects.create(email="ada@example.com", name="Ada", role="administrator")
    client.objects.create(first_name="Cleo", last_name="Featherstone")
    with path.open("wb") as file:
        write_company(file, seal=without_secrets(), registry=registry, schema=nodes)


if __name__ == "__main__":
    django.setup()
    call_command("check")
    export(Path(sys.argv[1]))
