from django.apps import AppConfig


class HistoryConfig(AppConfig):
    name = "pawfile.history"
    label = "history"
