from pawfile.schedule.models.series import AssignTo, Series
from pawfile.schedule.models.service import CustomPrice, Service, TimeBlock
from pawfile.schedule.models.visit import (
    HELD,
    MOVES,
    OFF,
    PENDING,
    Answer,
    Ask,
    ChangeRequest,
    TimeOff,
    Visit,
    VisitEvent,
    VisitStatus,
)

__all__ = [
    "HELD",
    "MOVES",
    "OFF",
    "PENDING",
    "Answer",
    "Ask",
    "AssignTo",
    "ChangeRequest",
    "CustomPrice",
    "Series",
    "Service",
    "TimeBlock",
    "TimeOff",
    "Visit",
    "VisitEvent",
    "VisitStatus",
]
