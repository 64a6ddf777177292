from django.urls import path

from pawfile.activity.views import activities

urlpatterns = [
    path("activity/", activities.activity_list, name="activity_list"),
]
