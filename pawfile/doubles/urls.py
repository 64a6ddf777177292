from django.urls import path

from pawfile.doubles.views import merging, pairs

urlpatterns = [
    path("doubles/", pairs.double_list, name="double_list"),
    path("doubles/search/", pairs.double_search, name="double_search"),
    path("doubles/pairs/<int:pk>/apart/", pairs.pair_apart, name="pair_apart"),
    path("clients/<int:pk>/doubles/", pairs.client_doubles, name="client_doubles"),
    path("clients/<int:pk>/merge/<int:other>/", merging.client_merge, name="client_merge"),
    path("pets/<int:pk>/merge/<int:other>/", merging.pet_merge, name="pet_merge"),
    path("merges/", merging.merge_list, name="merge_list"),
    path("merges/<int:pk>/", merging.merge_detail, name="merge_detail"),
    path("merges/<int:pk>/undo/", merging.merge_undo, name="merge_undo"),
]
