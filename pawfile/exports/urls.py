from django.urls import path

from pawfile.exports.views import lists

urlpatterns = [
    path("export/<slug:name>/", lists.list_export, name="list_export"),
]
