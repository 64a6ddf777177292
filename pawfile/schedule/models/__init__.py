from pawfile.schedule.models.feed import CalendarFeed
from pawfile.schedule.models.journal import (
    IN_BOX,
    IN_PROFILE,
    Done,
    Journal,
    JournalReading,
    SitterNote,
)
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
    "IN_BOX",
    "IN_PROFILE",
    "MOVES",
    "OFF",
    "Answer",
    "Ask",
    "AssignTo",
    "CalendarFeed",
    "ChangeRequest",
    "CustomPrice",
    "Done",
    "Journal",
    "JournalReading",
    "Series",
    "Service",
    "SitterNote",
    "TimeBlock",
    "TimeOff",
    "Visit",
    "VisitEvent",
    "VisitStatus",
]
