from datetime import timedelta

from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "pawfile.access"
    label = "access"

    def ready(self) -> None:
        from pawfile.access.actions.finds import look_at
        from pawfile.access.tasks import look_for_old_reveals, look_for_questions
        from pawfile.jobs import periodic
        from pawfile.profiles import saved

        periodic.register("old_reveals", every=timedelta(days=1), work=look_for_old_reveals)
        periodic.register("entry_checks", every=timedelta(hours=1), work=look_for_questions)
        saved.register(look_at)
