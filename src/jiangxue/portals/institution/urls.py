"""Addresses of an institution's pages."""

from django.urls import path

from jiangxue.courseware.rules.content import Purpose
from jiangxue.kernel.viewer import Role
from jiangxue.portals.attending import addresses as attending
from jiangxue.portals.exporting.addresses import addresses as exports
from jiangxue.portals.institution import (
    appeals,
    captions,
    cases,
    corrections,
    courses,
    enrolled_faces,
    face_reviews,
    files,
    identities,
    occupations,
    own,
    questions,
    ratings,
    rule_pages,
    teachers,
    uploads,
    views,
)
from jiangxue.portals.institution.course_pages.addresses import ADDRESSES
from jiangxue.portals.institution.opening_pages.addresses import ADDRESSES as OPENINGS
from jiangxue.portals.institution.rosters.addresses import ADDRESSES as ROSTERS
from jiangxue.portals.querying.addresses import addresses as query_addresses
from jiangxue.portals.staffing.addresses import addresses as staff_addresses
from jiangxue.portals.supervising import class_report, hours_proof, order_acts
from jiangxue.portals.watching import archive, identity, learner, settlement
from jiangxue.portals.watching.addresses import addresses

app_name = "institution"
urlpatterns = [
    path("own/", own.own, name="own"),
    path("own/papers/new/", own.add_paper, name="add_paper"),
    path("own/papers/<int:paper_id>/", own.withdraw_paper, name="withdraw_paper"),
    path("own/papers/<int:paper_id>/file/", own.paper_file, name="paper_file"),
    path("own/contact/", own.change_contact, name="change_contact"),
    *staff_addresses(Role.INSTITUTION_ADMINISTRATOR),
    path("classes/", views.classes, name="classes"),
    path("classes/<int:class_id>/", views.training_class, name="class"),
    path("classes/<int:class_id>/teachers/", teachers.teachers, name="teachers"),
    path("classes/<int:class_id>/recompute/", views.recompute, name="recompute"),
    path("classes/<int:class_id>/adopt-version/", views.adopt_version, name="adopt_version"),
    *OPENINGS,
    path("appeals/", appeals.appeals_list, name="appeals"),
    path("appeals/<uuid:appeal_id>/", appeals.show, name="appeal"),
    path("appeals/<uuid:appeal_id>/picture/", appeals.picture, name="appeal_picture"),
    path("appeals/<uuid:appeal_id>/propose/", appeals.hear_proposal, name="propose"),
    path("appeals/<uuid:appeal_id>/review/", appeals.hear_review, name="review"),
    path("corrections/", corrections.corrections, name="corrections"),
    path("corrections/<uuid:request_id>/", corrections.correction, name="correction"),
    path("corrections/<uuid:request_id>/reveal/", corrections.reveal, name="reveal_correction"),
    path("corrections/<uuid:request_id>/decide/", corrections.decide, name="decide_correction"),
    *face_reviews.addresses(),
    *cases.addresses(),
    *enrolled_faces.addresses(),
    path("identity/", identities.identities, name="identities"),
    path("courses/", courses.courses, name="courses"),
    *ADDRESSES,
    *ROSTERS,
    path("courses/<int:course_id>/ratings/", ratings.of_course, name="course_ratings"),
    path("classes/<int:class_id>/ratings/", ratings.of_class, name="class_ratings"),
    path("courses/<int:course_id>/files/", files.files, name="files"),
    path("courses/<int:course_id>/files/list/", files.file_list, name="file_list"),
    path("courses/<int:course_id>/uploads/", uploads.uploads, name="uploads"),
    path("courses/<int:course_id>/uploads/<uuid:upload_id>/", uploads.upload, name="upload"),
    path("files/<uuid:upload_id>/", files.file, name="file"),
    path("files/<uuid:upload_id>/state/", files.file_state, name="file_state"),
    path("files/<uuid:upload_id>/place/", files.place, name="place_file"),
    path("files/<uuid:upload_id>/captions/", captions.captions, name="captions"),
    path("files/<uuid:upload_id>/again/", files.again, name="try_file_again"),
    path("files/<uuid:upload_id>/drop/", files.drop, name="drop_file"),
    path("lessons/<int:lesson_id>/questions/", questions.questions, name="questions"),
    path("lessons/<int:lesson_id>/questions/add/", questions.add, name="add_question"),
    path("lessons/<int:lesson_id>/test/", questions.questions, {"purpose": Purpose.TEST}, name="test_questions"),
    path("lessons/<int:lesson_id>/test/add/", questions.add, {"purpose": Purpose.TEST}, name="add_test_question"),
    path("questions/<int:question_id>/", questions.question, name="question"),
    path("questions/<int:question_id>/retire/", questions.retire, name="retire_question"),
    path("occupations/", occupations.matches, name="occupations"),
    path("classes/<int:class_id>/rules/", rule_pages.class_rules, name="class_rules"),
    path("classes/<int:class_id>/rules/new/", rule_pages.change_class_rules, name="change_class_rules"),
    path("rules/", rule_pages.rules, name="rules"),
    path("rules/new/", rule_pages.change_rules, name="change_rules"),
    *order_acts.of_institution(),
    *class_report.addresses(Role.HEAD_TEACHER, Role.INSTITUTION_ADMINISTRATOR),
    *hours_proof.addresses(Role.HEAD_TEACHER, Role.INSTITUTION_ADMINISTRATOR),
    *query_addresses(Role.TEACHER, Role.HEAD_TEACHER, Role.INSTITUTION_ADMINISTRATOR),
    *exports(Role.TEACHER, Role.HEAD_TEACHER, Role.INSTITUTION_ADMINISTRATOR),
    *settlement.acts(),
    *attending.acts(),
    *attending.addresses(Role.TEACHER, Role.HEAD_TEACHER, Role.INSTITUTION_ADMINISTRATOR),
    *identity.acts(),
    *learner.acts(),
    *identity.addresses(Role.TEACHER, Role.HEAD_TEACHER, Role.INSTITUTION_ADMINISTRATOR),
    *archive.addresses(Role.HEAD_TEACHER, Role.INSTITUTION_ADMINISTRATOR),
    *learner.addresses(Role.HEAD_TEACHER, Role.INSTITUTION_ADMINISTRATOR),
    *addresses(Role.TEACHER, Role.HEAD_TEACHER, Role.INSTITUTION_ADMINISTRATOR),
]
