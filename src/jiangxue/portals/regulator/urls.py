"""Addresses of a supervisor's pages."""

from django.urls import path

from jiangxue.portals.regulator import recomputation, views

app_name = "regulator"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("classes/<int:class_id>/", recomputation.training_class, name="class"),
    path("classes/<int:class_id>/recompute/", recomputation.recompute, name="recompute"),
]
