"""Addresses of an institution's pages."""

from django.urls import path

from jiangxue.portals.institution import views

app_name = "institution"
urlpatterns = [
    path("classes/", views.classes, name="classes"),
    path("classes/<int:class_id>/", views.training_class, name="class"),
    path("classes/<int:class_id>/recompute/", views.recompute, name="recompute"),
]
