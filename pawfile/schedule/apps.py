from datetime import timedelta

from django.apps import AppConfig


class ScheduleConfig(AppConfig):
    name = "pawfile.schedule"
    label = "schedule"

    def ready(self) -> None:
        from pawfile.jobs import periodic
        from pawfile.schedule.tasks import look_ahead, look_at_clock

        periodic.register("look_ahead", every=timedelta(hours=1), work=look_ahead)
        periodic.register("look_at_clock", every=timedelta(minutes=1), work=look_at_clock)
