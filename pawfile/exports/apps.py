from django.apps import AppConfig


class ExportsConfig(AppConfig):
    name = "pawfile.exports"
    label = "exports"
