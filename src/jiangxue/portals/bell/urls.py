"""Addresses of messages."""

from django.urls import path

from jiangxue.portals.bell import views

app_name = "bell"
urlpatterns = [
    path("", views.show, name="notices"),
    path("read/", views.read_all, name="read_all"),
    path("<int:notice_id>/open/", views.open_notice, name="open"),
]
