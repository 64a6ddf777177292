from datetime import timedelta

from django.apps import AppConfig


class ProfilesConfig(AppConfig):
    name = "pawfile.profiles"
    label = "profiles"

    def ready(self) -> None:
        from pawfile.fields.registry import register
        from pawfile.jobs import periodic
        from pawfile.profiles.filing import purge_files
        from pawfile.profiles.models import Client, Pet
        from pawfile.profiles.tasks import reindex_later

        register(Client.subject, Client, lambda key: reindex_later("client", key))
        register(Pet.subject, Pet, lambda key: reindex_later("pet", key))
        periodic.register("removed_files", every=timedelta(hours=1), work=purge_files)
