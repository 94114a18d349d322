"""The words of a course's facts as papers say them."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from jiangxue.courseware.rules.content import Fee, Mode, PriorityGroup, ProjectType
from jiangxue.courseware.rules.files import LessonKind
from jiangxue.occupations.rules.levels import Level

type Words = str | Promise

LEVELS: dict[Level, Words] = {
    Level.APPRENTICE: _("Apprentice"),
    Level.FIVE: _("Level 5 (junior)"),
    Level.FOUR: _("Level 4 (intermediate)"),
    Level.THREE: _("Level 3 (senior)"),
    Level.TWO: _("Level 2 (technician)"),
    Level.ONE: _("Level 1 (senior technician)"),
    Level.SPECIAL: _("Special-grade technician"),
    Level.CHIEF: _("Chief technician"),
}
PROJECT_TYPES: dict[ProjectType, Words] = {
    ProjectType.ON_THE_JOB: _("On-the-job training"),
    ProjectType.EMPLOYMENT: _("Employment skills training"),
    ProjectType.PROJECT: _("Project-based training"),
    ProjectType.SPECIAL_ABILITY: _("Special ability training"),
    ProjectType.SKILL_LEVEL: _("Skill level training"),
    ProjectType.STARTUP: _("Start-up training"),
}
FEES: dict[Fee, Words] = {
    Fee.FREE: _("Free of charge"),
    Fee.FREE_FOR_GROUPS: _("Free for some groups"),
    Fee.PAID: _("With a fee"),
}
PRIORITY_GROUPS: dict[PriorityGroup, Words] = {
    PriorityGroup.GRADUATES: _("College graduates"),
    PriorityGroup.MIGRANT_WORKERS: _("Migrant workers"),
    PriorityGroup.UNEMPLOYED: _("Unemployed persons"),
    PriorityGroup.VETERANS: _("Veterans"),
    PriorityGroup.LIFTED_OUT_OF_POVERTY: _("Persons lifted out of poverty"),
    PriorityGroup.HARD_TO_EMPLOY: _("Persons who find it hard to get employed"),
    PriorityGroup.DISABLED: _("Disabled persons"),
}
MODES: dict[Mode, Words] = {
    Mode.ONLINE: _("Online self-study"),
    Mode.LIVE: _("Live online teaching"),
    Mode.PRACTICE: _("Practice on site"),
}
KINDS: dict[LessonKind, Words] = {
    LessonKind.VIDEO: _("Video"),
    LessonKind.AUDIO: _("Audio"),
    LessonKind.DOCUMENT: _("Document"),
}
