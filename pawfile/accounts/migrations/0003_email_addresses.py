"""Every user has an address of the sign-in library: until now none was asked to prove it."""

from django.db import migrations
from django.db.migrations.state import StateApps


def add_addresses(apps: StateApps, schema_editor: object) -> None:
    user, address = apps.get_model("accounts", "User"), apps.get_model("account", "EmailAddress")
    address.objects.all().delete()
    people = user.objects.values_list("pk", "email")
    address.objects.bulk_create(
        address(user_id=pk, email=email, primary=True, verified=True) for pk, email in people
    )


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_client_columns"),
        ("account", "0009_emailaddress_unique_primary_email"),
    ]

    operations = [migrations.RunPython(add_addresses, migrations.RunPython.noop)]
