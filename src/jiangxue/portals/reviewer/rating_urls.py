"""Addresses of the pages on which comments are decided about."""

from django.urls import path

from jiangxue.portals.reviewer import ratings

app_name = "reviewer_ratings"
urlpatterns = [
    path("", ratings.comments, name="comments"),
    path("<int:rating_id>/show/", ratings.show, name="show"),
    path("<int:rating_id>/hide/", ratings.hide, name="hide"),
]
