"""Files that go with a client, besides the photos.

Apps above register in ``AppConfig.ready`` how they are found; ``delete_client`` asks before the
rows are gone.
"""

from collections.abc import Callable, Iterable

from pawfile.profiles.models import Client

Find = Callable[[Client], Iterable[str]]
_found_by: list[Find] = []


def register(find: Find) -> None:
    _found_by.append(find)


def paths_with(client: Client) -> list[str]:
    """Where these files lie in the storage."""
    return [path for find in _found_by for path in find(client)]
