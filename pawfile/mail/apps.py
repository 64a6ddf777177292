from django.apps import AppConfig


class MailConfig(AppConfig):
    name = "pawfile.mail"
    label = "mail"
