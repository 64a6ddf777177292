from datetime import timedelta

from django.apps import AppConfig


class MessagingConfig(AppConfig):
    name = "pawfile.messaging"
    label = "messaging"

    def ready(self) -> None:
        from pawfile.accounts import menu
        from pawfile.jobs import periodic
        from pawfile.messaging.actions.attachments import paths_of
        from pawfile.messaging.going import conversations_with
        from pawfile.messaging.models.unread import unread_count
        from pawfile.messaging.tasks import look_for_unread
        from pawfile.profiles import files, going

        menu.bring_along("unread_count", unread_count())
        periodic.register("unread_messages", every=timedelta(minutes=1), work=look_for_unread)
        files.register(paths_of)
        going.register(conversations_with)
