from django.urls import path

from pawfile.dashboard.views import pages

urlpatterns = [
    path("", pages.home, name="home"),
    path("healthz/", pages.health, name="health"),
    path("icons.svg", pages.icon_sprite, name="icon_sprite"),
    path("style/", pages.style_page, name="style_page"),
]
