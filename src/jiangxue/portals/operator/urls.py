"""Addresses of the administrators' pages."""

from django.urls import path

from jiangxue.portals.operator import occupations, rule_pages, views, words

app_name = "operator"
urlpatterns = [
    path("audit/", views.audit, name="audit"),
    path("state/", views.state, name="state"),
    path("rules/", rule_pages.rules, name="rules"),
    path("rules/new/", rule_pages.change_rules, name="change_rules"),
    path("occupations/", occupations.occupation_list, name="occupations"),
    path("occupations/table.csv", occupations.download, name="download_occupations"),
    path("occupations/import/", occupations.import_file, name="import_occupations"),
    path("occupations/changes/", occupations.changes, name="occupation_changes"),
    path("words/", words.words, name="words"),
    path("words/try/", words.try_words, name="try_words"),
    path("words/import/", words.import_words, name="import_words"),
    path("words/lists/<int:list_id>.csv", words.word_file, name="word_file"),
]
