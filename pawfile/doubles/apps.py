from datetime import timedelta

from django.apps import AppConfig


class DoublesConfig(AppConfig):
    name = "pawfile.doubles"
    label = "doubles"

    def ready(self) -> None:
        from pawfile.doubles.finding import ask_for_search
        from pawfile.jobs import periodic

        periodic.register("doubles", every=timedelta(days=1), work=ask_for_search)
