"""Addresses of the course editor."""

from django.urls import path

from jiangxue.portals.institution.course_pages import (
    beginning,
    lesson,
    outline,
    papers,
    preview,
    sections,
    submitting,
    versions,
    workbench,
)

ADDRESSES = [
    path("courses/new/", beginning.begin, name="new_course"),
    path("courses/inventory.<slug:form>", papers.inventory, name="inventory"),
    path("courses/<int:course_id>/", workbench.course, name="course"),
    path("courses/<int:course_id>/edit/<slug:name>/", sections.section, name="course_section"),
    path("courses/<int:course_id>/submit/", submitting.submit, name="submit_course"),
    path("courses/<int:course_id>/withdraw/", submitting.withdraw_course, name="withdraw_course"),
    path("courses/<int:course_id>/outline/", outline.outline, name="outline"),
    path("courses/<int:course_id>/outline/order/", outline.put_order, name="put_order"),
    path("courses/<int:course_id>/modules/add/", outline.add_module, name="add_module"),
    path("courses/<int:course_id>/modules/<int:module_id>/", outline.module, name="module"),
    path("courses/<int:course_id>/modules/<int:module_id>/remove/", outline.remove_module, name="remove_module"),
    path("courses/<int:course_id>/preview/", preview.course_preview, name="course_preview"),
    path("courses/<int:course_id>/versions/", versions.versions, name="versions"),
    path("courses/<int:course_id>/papers/", papers.papers, name="papers"),
    path("courses/<int:course_id>/papers/<slug:kind>.<slug:form>", papers.paper, name="paper"),
    path("versions/<int:version_id>/", versions.version, name="version"),
    path("versions/<int:version_id>/papers/<slug:kind>.<slug:form>", papers.version_paper, name="version_paper"),
    path("lessons/<int:lesson_id>/", lesson.lesson, name="lesson"),
    path("lessons/<int:lesson_id>/replace/", lesson.replace, name="replace_courseware"),
    path("lessons/<int:lesson_id>/remove/", lesson.remove, name="remove_lesson"),
    path("lessons/<int:lesson_id>/preview/", preview.lesson_preview, name="lesson_preview"),
]
