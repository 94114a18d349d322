"""Addresses of an institution's pages."""

from django.urls import path

from jiangxue.portals.institution import appeals, views

app_name = "institution"
urlpatterns = [
    path("classes/", views.classes, name="classes"),
    path("classes/<int:class_id>/", views.training_class, name="class"),
    path("classes/<int:class_id>/recompute/", views.recompute, name="recompute"),
    path("appeals/", appeals.appeals_list, name="appeals"),
    path("appeals/<uuid:appeal_id>/", appeals.show, name="appeal"),
    path("appeals/<uuid:appeal_id>/picture/", appeals.picture, name="appeal_picture"),
    path("appeals/<uuid:appeal_id>/propose/", appeals.hear_proposal, name="propose"),
    path("appeals/<uuid:appeal_id>/review/", appeals.hear_review, name="review"),
]
