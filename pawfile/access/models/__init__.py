from pawfile.access.models.entry import EntryCheck, WayIn, WayKind
from pawfile.access.models.find import Find, FindState
from pawfile.access.models.kept import CodeKept
from pawfile.access.models.key import HandOver, Key, KeyLocation, KeyPlace
from pawfile.access.models.reveal import Ground, Reveal

__all__ = [
    "CodeKept",
    "EntryCheck",
    "Find",
    "FindState",
    "Ground",
    "HandOver",
    "Key",
    "KeyLocation",
    "KeyPlace",
    "Reveal",
    "WayIn",
    "WayKind",
]
