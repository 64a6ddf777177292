from django.urls import include, path

from bench import views

urlpatterns = [
    path("bench/bare/<int:size>/", views.bare, name="bare"),
    path(
        "bench/sql/<slug:key>/<int:number>/<int:size>/",
        views.bare_with_sql,
        name="bare_with_sql",
    ),
    path("", include("pawfile.urls")),
]
