"""Addresses of a supervisor's pages."""

from django.urls import path

from jiangxue.portals.regulator import views

app_name = "regulator"
urlpatterns = [path("", views.overview, name="overview")]
