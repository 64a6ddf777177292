from django.apps import AppConfig


class ImportsConfig(AppConfig):
    name = "pawfile.imports"
    label = "imports"
