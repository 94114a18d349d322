"""Addresses of the pages for everybody."""

from django.urls import path

from jiangxue.portals.public import catalogue, course

app_name = "public"
urlpatterns = [
    path("", catalogue.courses, name="catalogue"),
    path("<int:course_id>/", course.show, name="course"),
]
