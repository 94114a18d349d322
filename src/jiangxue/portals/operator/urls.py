"""Addresses of the administrators' pages."""

from django.urls import path

from jiangxue.portals.operator import rule_pages, views

app_name = "operator"
urlpatterns = [
    path("audit/", views.audit, name="audit"),
    path("state/", views.state, name="state"),
    path("rules/", rule_pages.rules, name="rules"),
    path("rules/new/", rule_pages.change_rules, name="change_rules"),
]
