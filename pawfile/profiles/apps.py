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
        from pawfile.profiles.notices import tell_office
        from pawfile.profiles.review_asks import look_for_reviews
        from pawfile.profiles.tasks import reindex_later

        register(Client.subject, Client, lambda key: reindex_later("client", key))
        periodic.register("review_asks", every=timedelta(hours=1), work=look_for_reviews)
        register(Pet.subject, Pet, lambda key: reindex_later("pet", key))
        periodic.register("client_changes", every=timedelta(minutes=5), work=tell_office)
        periodic.register("removed_files", every=timedelta(hours=1), work=purge_files)
