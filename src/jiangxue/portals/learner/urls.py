"""Addresses of the learner's pages."""

from django.urls import path

from jiangxue.portals.learner import (
    appeals,
    archive,
    attempts,
    check,
    consents,
    home,
    lesson,
    lesson_test,
    phone,
    rating,
    records,
    session_ended,
    stretch,
    training_class,
)

app_name = "learner"
urlpatterns = [
    path("", home.home, name="home"),
    path("classes/<int:class_id>/", training_class.show, name="class"),
    path("classes/<int:class_id>/lessons/<int:lesson_id>/", lesson.show, name="lesson"),
    path("classes/<int:class_id>/lessons/<int:lesson_id>/open/", lesson.open_lesson, name="open"),
    path("classes/<int:class_id>/lessons/<int:lesson_id>/test/", lesson_test.show, name="test"),
    path("classes/<int:class_id>/lessons/<int:lesson_id>/test/begin/", lesson_test.begin, name="begin_attempt"),
    path("attempts/<uuid:attempt_id>/", attempts.page, name="attempt"),
    path("attempts/<uuid:attempt_id>/keep/", attempts.keep, name="keep_choices"),
    path("attempts/<uuid:attempt_id>/result/", attempts.result, name="attempt_result"),
    *archive.addresses(),
    path("classes/<int:class_id>/rating/", rating.edit, name="rating"),
    path("sessions/<str:session_id>/", session_ended.show, name="session_ended"),
    path("check/", check.page, name="check"),
    path("check/show/", check.show_prompt, name="show_check"),
    path("check/answer/", check.hear_answer, name="answer_check"),
    path("consents/", consents.show, name="consents"),
    path("consents/agree/", consents.agree, name="agree"),
    path("consents/<str:purpose>/", consents.one, name="consent"),
    path("my-data/phone/", phone.edit, name="phone"),
    path("records/", records.days, name="records"),
    path("records/<str:day>/", records.day, name="record_day"),
    path("records/<str:day>/<str:session_id>/<int:start_ms>/", stretch.show, name="stretch"),
    path("appeals/", appeals.appeals_list, name="appeals"),
    path("appeals/new/<str:day>/<str:session_id>/<int:start_ms>/", appeals.new, name="new_appeal"),
    path("appeals/<uuid:appeal_id>/", appeals.show, name="appeal"),
    path("appeals/<uuid:appeal_id>/picture/", appeals.picture, name="appeal_picture"),
]
