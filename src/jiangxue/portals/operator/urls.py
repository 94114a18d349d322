"""Addresses of the administrators' pages."""

from django.urls import path

from jiangxue.kernel.viewer import Role
from jiangxue.portals.exporting.addresses import addresses as exports
from jiangxue.portals.operator import (
    audit,
    ledger,
    ledger_witness,
    occupations,
    organisations,
    regions,
    retention,
    rule_pages,
    subsidies,
    views,
    words,
)
from jiangxue.portals.staffing.addresses import chosen_addresses

app_name = "operator"
urlpatterns = [
    path("audit/", audit.audit, name="audit"),
    path("audit/<int:entry_id>/", audit.audit_entry, name="audit_entry"),
    path("audit/days/", audit.audit_days, name="audit_days"),
    path("audit/days/check/", audit.check_all, name="check_audit_days"),
    path("audit/days/<str:day>/check/", audit.check_one, name="check_audit_day"),
    *exports(Role.AUDIT_ADMINISTRATOR),
    path("state/", views.state, name="state"),
    path("rules/", rule_pages.rules, name="rules"),
    path("rules/new/", rule_pages.change_rules, name="change_rules"),
    path("organisations/", organisations.organisation_list, name="organisations"),
    path("organisations/new/", organisations.found, name="found_organisation"),
    path("organisations/<int:organisation_id>/", organisations.organisation, name="organisation"),
    path("organisations/<int:organisation_id>/change/", organisations.change, name="change_organisation"),
    path("organisations/<int:organisation_id>/papers/new/", organisations.add_paper, name="add_paper"),
    path(
        "organisations/<int:organisation_id>/papers/<int:paper_id>/",
        organisations.withdraw_paper,
        name="withdraw_paper",
    ),
    path(
        "organisations/<int:organisation_id>/papers/<int:paper_id>/file/",
        organisations.paper_file,
        name="paper_file",
    ),
    path("organisations/<int:organisation_id>/contact/", organisations.change_contact, name="change_contact"),
    path("regions/", regions.regions, name="regions"),
    *chosen_addresses(Role.SYSTEM_ADMINISTRATOR),
    path("occupations/", occupations.occupation_list, name="occupations"),
    path("occupations/table.csv", occupations.download, name="download_occupations"),
    path("occupations/import/", occupations.import_file, name="import_occupations"),
    path("occupations/changes/", occupations.changes, name="occupation_changes"),
    path("subsidies/", subsidies.tables, name="subsidies"),
    path("subsidies/table.csv", subsidies.download, name="download_subsidies"),
    path("subsidies/import/", subsidies.import_table, name="import_subsidies"),
    path("ledger/", ledger.ledger, name="ledger"),
    path("ledger/audit/", ledger.audit_ledger, name="audit_ledger"),
    path("ledger/needed/", ledger.witnesses_needed, name="witnesses_needed"),
    path("ledger/witnesses/new/", ledger.add_witness, name="add_witness"),
    path("ledger/witnesses/<int:witness_id>/", ledger_witness.witness, name="witness"),
    path("ledger/witnesses/<int:witness_id>/change/", ledger_witness.change_witness, name="change_witness"),
    path("ledger/witnesses/<int:witness_id>/retire/", ledger_witness.retire_witness, name="retire_witness"),
    path("ledger/witnesses/<int:witness_id>/request/", ledger_witness.request_by_mail, name="request_by_mail"),
    path("ledger/witnesses/<int:witness_id>/answer/", ledger_witness.take_answer, name="take_answer"),
    path("retention/", retention.retention, name="retention"),
    path("retention/report/", retention.report, name="report_retention"),
    path("retention/rule/", retention.rule, name="retention_rule"),
    path("retention/<int:run_id>/", retention.run, name="retention_run"),
    path("retention/<int:run_id>/confirm/", retention.confirm, name="confirm_retention"),
    path("retention/<int:run_id>/drop/", retention.drop, name="drop_retention"),
    path("words/", words.words, name="words"),
    path("words/try/", words.try_words, name="try_words"),
    path("words/import/", words.import_words, name="import_words"),
    path("words/lists/<int:list_id>.csv", words.word_file, name="word_file"),
]
