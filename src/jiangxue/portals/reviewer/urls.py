"""Addresses of the reviewer's pages."""

from django.urls import path

from jiangxue.portals.reviewer import acting, licences, queue, sheet, showing, signing, versions

app_name = "reviewer"
urlpatterns = [
    path("", queue.queue, name="queue"),
    path("courses/", queue.courses, name="courses"),
    path("versions/<int:version_id>/", versions.version, name="version"),
    path("versions/<int:version_id>/lessons/<int:lesson_id>/", versions.lesson, name="lesson"),
    path("versions/<int:version_id>/lessons/<int:lesson_id>/mark/", acting.mark, name="mark"),
    path("versions/<int:version_id>/marks/<int:mark_id>/remove/", acting.unmark, name="unmark"),
    path("versions/<int:version_id>/hits/<int:hit_id>/", acting.hit, name="hit"),
    path("versions/<int:version_id>/licences/<int:number>/", licences.licence, name="licence"),
    path("versions/<int:version_id>/sign/", signing.sign, name="sign"),
    path("versions/<int:version_id>/showing/", showing.showing, name="showing"),
    path("versions/<int:version_id>/sheet.<str:form>", sheet.sheet, name="sheet"),
]
