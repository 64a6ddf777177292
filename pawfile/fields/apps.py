from django.apps import AppConfig


class FieldsConfig(AppConfig):
    name = "pawfile.fields"
    label = "fields"
