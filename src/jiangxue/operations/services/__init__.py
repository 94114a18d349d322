"""Looking after the platform: each act with its entry in the audit. Clause M3."""

from jiangxue.operations.services.witnessing import (
    By,
    add_witness,
    ask_for_audit,
    change_witness,
    demand_witnesses,
    may_change_witnesses,
    request_by_mail,
    retire_witness,
    take_answer,
)

__all__ = [
    "By",
    "add_witness",
    "ask_for_audit",
    "change_witness",
    "demand_witnesses",
    "may_change_witnesses",
    "request_by_mail",
    "retire_witness",
    "take_answer",
]
