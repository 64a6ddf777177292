from django.urls import URLPattern, path

from pawfile.schedule.views import my_schedule, own_visits, requests, times_off

urlpatterns: list[URLPattern] = [
    path("my-schedule/", my_schedule.my_schedule, name="my_schedule"),
    path("my-schedule/times-off/", times_off.time_off_list, name="time_off_list"),
    path(
        "my-schedule/times-off/<int:pk>/remove/", times_off.time_off_remove, name="time_off_remove"
    ),
    path("my-schedule/request/", own_visits.visit_request, name="visit_request"),
    path("my-schedule/<int:pk>/change/", own_visits.own_visit_change, name="own_visit_change"),
    path("my-schedule/<int:pk>/cancel/", own_visits.own_visit_cancel, name="own_visit_cancel"),
    path("requests/", requests.request_list, name="request_list"),
    path("requests/<int:pk>/answer/", requests.request_answer, name="request_answer"),
]
