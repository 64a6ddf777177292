from django.apps import AppConfig


class OptionsConfig(AppConfig):
    name = "pawfile.options"
    label = "options"
