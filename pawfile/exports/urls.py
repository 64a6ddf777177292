from django.urls import path

from pawfile.exports.views import company, lists

urlpatterns = [
    path("company-export/", company.company_export, name="company_export"),
    path("company-export/new/", company.company_export_create, name="company_export_create"),
    path("company-export/<int:pk>/", company.company_export_detail, name="company_export_detail"),
    path("company-export/<int:pk>/file/", company.company_export_file, name="company_export_file"),
    path("export/<slug:name>/", lists.list_export, name="list_export"),
]
