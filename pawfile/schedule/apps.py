from datetime import timedelta

from django.apps import AppConfig


class ScheduleConfig(AppConfig):
    name = "pawfile.schedule"
    label = "schedule"

    def ready(self) -> None:
        from pawfile.jobs import periodic
        from pawfile.profiles import blocking, going
        from pawfile.schedule.actions.blocking import held_visits, take_visits_off
        from pawfile.schedule.deadlines import tell_of_unread
        from pawfile.schedule.going import visits_with
        from pawfile.schedule.tasks import look_ahead, look_at_clock

        periodic.register("look_ahead", every=timedelta(hours=1), work=look_ahead)
        periodic.register("look_at_clock", every=timedelta(minutes=1), work=look_at_clock)
        periodic.register("unread_changes", every=timedelta(minutes=10), work=tell_of_unread)
        going.register(visits_with)
        blocking.register(find=held_visits, take_off=take_visits_off)
