from datetime import timedelta

from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "pawfile.access"
    label = "access"

    def ready(self) -> None:
        from pawfile.access.actions.finds import look_at, look_at_words
        from pawfile.access.actions.printing import forget_prints
        from pawfile.access.going import keys_with
        from pawfile.access.notices import tell_office, visits_without_key
        from pawfile.access.tasks import look_for_old_reveals, look_for_questions
        from pawfile.jobs import periodic
        from pawfile.profiles import going, saved
        from pawfile.schedule import key_notices
        from pawfile.schedule import saved as written

        periodic.register("old_reveals", every=timedelta(days=1), work=look_for_old_reveals)
        periodic.register("entry_checks", every=timedelta(hours=1), work=look_for_questions)
        periodic.register("key_notices", every=timedelta(hours=1), work=tell_office)
        periodic.register("old_prints", every=timedelta(hours=1), work=forget_prints)
        saved.register(look_at)
        written.register(look_at_words)
        going.register(keys_with)
        key_notices.register(find=visits_without_key)
