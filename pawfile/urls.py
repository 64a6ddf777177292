"""Every address of the site. The name of an address is the name of its view."""

from django.urls import include, path

urlpatterns = [
    path("", include("pawfile.dashboard.urls")),
    path("", include("pawfile.people.urls")),
    path("", include("pawfile.doubles.urls")),
    path("", include("pawfile.exports.urls")),
    path("", include("pawfile.imports.urls")),
    path("", include("pawfile.invites.urls")),
    path("", include("pawfile.messaging.urls")),
    path("", include("pawfile.access.urls")),
    path("", include("pawfile.schedule.urls")),
    path("", include("pawfile.profiles.urls")),
    path("", include("pawfile.resources.urls")),
    path("", include("pawfile.mail.urls")),
    path("", include("pawfile.options.urls")),
    path("", include("pawfile.activity.urls")),
    path("", include("pawfile.fields.urls")),
    path("", include("pawfile.accounts.urls")),
]
