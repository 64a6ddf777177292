"""Keys for tests of other things."""

from pawfile.access.models import HandOver, Key, KeyLocation
from pawfile.accounts.models import User
from pawfile.profiles.models import Client
from tests.factories import make_key


def make_keys(client: Client, *, sitter: User) -> tuple[Key, HandOver, KeyLocation]:
    """A key that the sitter asked for."""
    key = make_key(client)
    asked = HandOver.objects.create(
        key=key, from_text="Office", to_text=str(sitter), to_place="sitter", to_sitter=sitter,
        begun_by=sitter,
    )  # fmt: skip
    return key, asked, KeyLocation.objects.create(name="Safe")
