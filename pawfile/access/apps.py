from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "pawfile.access"
    label = "access"

    def ready(self) -> None:
        from pawfile.access.actions.finds import look_at
        from pawfile.profiles import saved

        saved.register(look_at)
