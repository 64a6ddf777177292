"""Who wants to look at a client or pet that was saved, in the same transaction.

Apps above register in ``AppConfig.ready``. An import that makes many clients at once tells them
itself.
"""

from collections.abc import Callable

from pawfile.options.models import SiteOptions
from pawfile.profiles.models.profile import Profile

Look = Callable[[Profile, SiteOptions], object]
_looking: list[Look] = []


def register(look: Look) -> None:
    _looking.append(look)


def tell_saved(record: Profile, options: SiteOptions) -> None:
    for look in _looking:
        look(record, options)
