"""Brings the tables that are no statistics to those who export them."""

from jiangxue.portals.operator.audit_table import NAME, open_audit
from jiangxue.reporting.queries.exportable import OTHERS


def register() -> None:
    """Let the audit be exported, in the words of its page."""
    OTHERS[NAME] = open_audit
