"""Addresses of the administrators' pages."""

from django.urls import path

from jiangxue.portals.operator import views

app_name = "operator"
urlpatterns = [path("audit/", views.audit, name="audit"), path("state/", views.state, name="state")]
