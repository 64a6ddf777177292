from django.urls import path

from pawfile.options.views import site_options

urlpatterns = [
    path("options/", site_options.site_options, name="site_options"),
    path("options/scheduling/", site_options.options_scheduling, name="options_scheduling"),
]
