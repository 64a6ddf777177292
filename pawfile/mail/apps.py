from datetime import timedelta

from django.apps import AppConfig


class MailConfig(AppConfig):
    name = "pawfile.mail"
    label = "mail"

    def ready(self) -> None:
        from pawfile.jobs import periodic
        from pawfile.mail.tasks import sweep_mails

        periodic.register("sweep_mails", every=timedelta(minutes=1), work=sweep_mails)
