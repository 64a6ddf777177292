from datetime import timedelta

from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "pawfile.access"
    label = "access"

    def ready(self) -> None:
        from pawfile.access.tasks import look_for_old_reveals, look_for_questions
        from pawfile.jobs import periodic

        periodic.register("old_reveals", every=timedelta(days=1), work=look_for_old_reveals)
        periodic.register("entry_checks", every=timedelta(hours=1), work=look_for_questions)
