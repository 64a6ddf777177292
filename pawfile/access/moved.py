"""Codes that were moved out of a text, for whoever brings the old text again: an import."""

from collections import defaultdict
from collections.abc import Iterable

from pawfile.access.models import Find, FindState
from pawfile.access.models.find import IN_PROFILES
from pawfile.access.texts import SHORT_POINTER, without
from pawfile.profiles.models import Client
from pawfile.profiles.models.profile import Profile


class MovedCodes:
    """What was moved out of the texts of these clients and their pets. One query."""

    def __init__(self, clients: Iterable[Client]) -> None:
        moved = Find.objects.filter(IN_PROFILES, client__in=clients, state=FindState.MOVED)
        self._moved: dict[tuple[object, str], list[Find]] = defaultdict(list)
        for find in moved.select_related(None):
            owner = ("pet", find.pet_id) if find.pet_id else ("client", find.client_id)
            self._moved[owner, find.key].append(find)

    def taken_out(self, text: str, record: Profile, key: str, room: int | None) -> str:
        """The text of this field with pointers in the place of what was moved out of it.

        ``room``: so many letters fit; where a pointer is too long a mark has to do.
        """
        if not self._moved:
            return text
        for find in self._moved.get(((record.subject.key, record.pk), key), ()):
            left = without(text, find.digest, find.pointer or SHORT_POINTER)
            if room is not None and len(left) > room:
                left = without(text, find.digest, SHORT_POINTER)
            text = left
        return text
