from django.urls import path

from pawfile.schedule.views import schedule, schedule_assign

urlpatterns = [
    path("schedule/", schedule.schedule, name="schedule"),
    path(
        "schedule/visits/<int:pk>/assign/",
        schedule_assign.schedule_assign,
        name="schedule_assign",
    ),
]
