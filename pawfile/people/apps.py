from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "pawfile.people"
    label = "people"
