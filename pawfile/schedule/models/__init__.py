from pawfile.schedule.models.feed import CalendarFeed
from pawfile.schedule.models.series import AssignTo, Series
from pawfile.schedule.models.service import CustomPrice, Service, TimeBlock
from pawfile.schedule.models.visit import (
    HELD,
    MOVES,
    OFF,
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
    "Answer",
    "Ask",
    "AssignTo",
    "CalendarFeed",
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
