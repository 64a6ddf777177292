from django.apps import AppConfig


class ProfilesConfig(AppConfig):
    name = "pawfile.profiles"
    label = "profiles"

    def ready(self) -> None:
        from pawfile.fields.registry import register
        from pawfile.profiles.models import Client, Pet

        register(Client.subject, Client)
        register(Pet.subject, Pet)
