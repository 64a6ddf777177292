from django.apps import AppConfig


class ProfilesConfig(AppConfig):
    name = "pawfile.profiles"
    label = "profiles"

    def ready(self) -> None:
        from pawfile.fields.registry import register
        from pawfile.profiles.fields import CLIENT, PET

        register(CLIENT)
        register(PET)
