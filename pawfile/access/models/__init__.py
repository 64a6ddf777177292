from pawfile.access.models.entry import EntryCheck, WayIn, WayKind
from pawfile.access.models.find import Find, FindState
from pawfile.access.models.kept import CodeKept
from pawfile.access.models.key import HandOver, Key, KeyLocation, KeyNotice, KeyPlace, Spot
from pawfile.access.models.print_run import PrintRun, PrintState
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
    "KeyNotice",
    "KeyPlace",
    "PrintRun",
    "PrintState",
    "Reveal",
    "Spot",
    "WayIn",
    "WayKind",
]
