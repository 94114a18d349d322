"""Addresses of a supervisor's pages."""

from django.urls import path

from jiangxue.kernel.viewer import Role
from jiangxue.portals.attending import addresses as attending
from jiangxue.portals.exporting.addresses import addresses as exports
from jiangxue.portals.querying.addresses import addresses as query_addresses
from jiangxue.portals.regulator import (
    appeals,
    cases,
    face_reviews,
    institutions,
    openings,
    rule_pages,
    training_class,
    views,
)
from jiangxue.portals.staffing.addresses import addresses as staff_addresses
from jiangxue.portals.supervising import class_report, hours_proof, learners, order_acts, sampling
from jiangxue.portals.watching import archive, identity, learner, settlement
from jiangxue.portals.watching.addresses import addresses

app_name = "regulator"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("classes/<int:class_id>/", training_class.training_class, name="class"),
    path("classes/<int:class_id>/recompute/", training_class.recompute, name="recompute"),
    *institutions.addresses(),
    path("openings/", openings.listed, name="openings"),
    path("openings/<int:opening_id>/", openings.show, name="opening"),
    path("openings/<int:opening_id>/decide/", openings.decide, name="decide_opening"),
    path("appeals/", appeals.appeals_list, name="appeals"),
    path("appeals/<uuid:appeal_id>/", appeals.show, name="appeal"),
    path("appeals/<uuid:appeal_id>/review/", appeals.hear_review, name="review_appeal"),
    *settlement.checking(Role.SUPERVISOR),
    *face_reviews.addresses(),
    *cases.addresses(),
    path("rules/", rule_pages.rules, name="rules"),
    path("rules/new/", rule_pages.change_rules, name="change_rules"),
    *staff_addresses(Role.SUPERVISOR),
    *learners.addresses(),
    *sampling.addresses(),
    *order_acts.of_authority(),
    *class_report.addresses(Role.SUPERVISOR),
    *hours_proof.addresses(Role.SUPERVISOR),
    *query_addresses(Role.SUPERVISOR),
    *exports(Role.SUPERVISOR),
    *archive.addresses(Role.SUPERVISOR),
    *identity.addresses(Role.SUPERVISOR),
    *learner.addresses(Role.SUPERVISOR),
    *attending.addresses(Role.SUPERVISOR),
    *addresses(Role.SUPERVISOR),
]
