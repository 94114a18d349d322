"""Addresses of the learner's pages."""

from django.urls import path

from jiangxue.portals.learner import check, home, lesson, records, session_ended, training_class

app_name = "learner"
urlpatterns = [
    path("", home.home, name="home"),
    path("classes/<int:class_id>/", training_class.show, name="class"),
    path("classes/<int:class_id>/lessons/<int:lesson_id>/", lesson.show, name="lesson"),
    path("classes/<int:class_id>/lessons/<int:lesson_id>/open/", lesson.open_lesson, name="open"),
    path("sessions/<str:session_id>/", session_ended.show, name="session_ended"),
    path("check/", check.page, name="check"),
    path("check/show/", check.show_prompt, name="show_check"),
    path("check/answer/", check.hear_answer, name="answer_check"),
    path("records/", records.days, name="records"),
    path("records/<str:day>/", records.day, name="record_day"),
]
