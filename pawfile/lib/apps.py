from django.apps import AppConfig


class LibConfig(AppConfig):
    name = "pawfile.lib"
    label = "lib"
