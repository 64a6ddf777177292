from datetime import timedelta

from django.apps import AppConfig


class ImportsConfig(AppConfig):
    name = "pawfile.imports"
    label = "imports"

    def ready(self) -> None:
        from pawfile.imports.actions import forget_imports, resume_imports
        from pawfile.jobs import periodic

        periodic.register("old_imports", every=timedelta(hours=1), work=forget_imports)
        periodic.register("stopped_imports", every=timedelta(minutes=20), work=resume_imports)
