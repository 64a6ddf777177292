from django.urls import path

from pawfile.mail.views import mails

urlpatterns = [
    path("email-log/", mails.mail_list, name="mail_list"),
    path("email-log/<int:pk>/", mails.mail_detail, name="mail_detail"),
    path("email-log/<int:pk>/send-again/", mails.mail_send_again, name="mail_send_again"),
]
