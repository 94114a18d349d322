"""Addresses of the applications to open a class."""

from django.urls import path

from jiangxue.portals.institution.opening_pages import acts, edit, roster, roster_terms, running, show

ADDRESSES = [
    path("openings/", show.listed, name="openings"),
    path("openings/new/", edit.start, name="new_opening"),
    path("openings/<int:opening_id>/", show.show, name="opening"),
    path("openings/<int:opening_id>/state/", running.state, name="opening_state"),
    path("openings/<int:opening_id>/class/", edit.edit_class, name="opening_class"),
    path("openings/<int:opening_id>/plan/", edit.edit_plan, name="opening_plan"),
    path("openings/<int:opening_id>/exams/", edit.edit_exams, name="opening_exams"),
    path("openings/<int:opening_id>/roster/", roster.roster, name="opening_roster"),
    path("openings/<int:opening_id>/roster/<int:entry_id>/remove/", roster.remove, name="remove_from_roster"),
    path("openings/<int:opening_id>/roster/keep/", roster_terms.keep, name="keep_roster"),
    path("openings/<int:opening_id>/submit/", acts.submit, name="submit_opening"),
    path("openings/<int:opening_id>/take-back/", acts.take_back, name="take_back_opening"),
    path("openings/<int:opening_id>/withdraw/", acts.withdraw, name="withdraw_opening"),
    path("openings/<int:opening_id>/open/", acts.open_it, name="open_opening"),
]
