from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "pawfile.search"
    label = "search"
