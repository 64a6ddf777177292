from datetime import timedelta

from django.apps import AppConfig


class ExportsConfig(AppConfig):
    name = "pawfile.exports"
    label = "exports"

    def ready(self) -> None:
        from pawfile.exports.actions import forget_exports
        from pawfile.jobs import periodic

        periodic.register("old_exports", every=timedelta(hours=1), work=forget_exports)
