"""Addresses of a class's plan and attendance; each portal has them under its own name, for its own roles."""

from django.urls import URLPattern, path
from django.views.decorators.http import require_POST, require_safe

from jiangxue.accounts.access import for_roles
from jiangxue.kernel.viewer import Role
from jiangxue.portals.attending import code, item, plan

_PLAN = "classes/<int:class_id>/plan/"
_ITEM = f"{_PLAN}<int:item_id>/"


def addresses(*roles: Role) -> list[URLPattern]:
    """Return the addresses at which one looks, open to some roles."""
    views = {
        "plan": (_PLAN, plan.show),
        "plan_item": (_ITEM, item.show),
    }
    return [path(address, for_roles(*roles)(require_safe(view)), name=name) for name, (address, view) in views.items()]


def acts() -> list[URLPattern]:
    """Return the addresses at which an institution plans, shows codes, calls the roll and signs."""
    staff = for_roles(Role.TEACHER, Role.HEAD_TEACHER, Role.INSTITUTION_ADMINISTRATOR)
    looks = {
        "attendance_code": (f"{_ITEM}code/", code.show),
        "attendance_code_board": (f"{_ITEM}code/board/", code.board),
    }
    deeds = {
        "add_item": (f"{_PLAN}add/", plan.hear_new),
        "change_item": (f"{_ITEM}change/", item.hear_change),
        "cancel_item": (f"{_ITEM}cancel/", item.hear_cancelling),
        "state_attendance": (f"{_ITEM}state/", item.hear_roll_call),
        "sign_attendance": (f"{_ITEM}sign/", item.hear_signature),
    }
    return [
        *(path(address, staff(require_safe(view)), name=name) for name, (address, view) in looks.items()),
        *(path(address, staff(require_POST(view)), name=name) for name, (address, view) in deeds.items()),
    ]
