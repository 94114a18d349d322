"""The words of a course's facts, by the names that the code has for them, for pages and papers alike."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

type Words = str | Promise

OPTION_LETTERS = "ABCDE"
"""By what the options of a question are called."""

LEVELS: dict[str, Words] = {
    "apprentice": _("Apprentice"),
    "five": _("Level 5 (junior)"),
    "four": _("Level 4 (intermediate)"),
    "three": _("Level 3 (senior)"),
    "two": _("Level 2 (technician)"),
    "one": _("Level 1 (senior technician)"),
    "special": _("Special-grade technician"),
    "chief": _("Chief technician"),
}
PROJECT_TYPES: dict[str, Words] = {
    "on_the_job": _("On-the-job training"),
    "employment": _("Employment skills training"),
    "project": _("Project-based training"),
    "special_ability": _("Special ability training"),
    "skill_level": _("Skill level training"),
    "startup": _("Start-up training"),
}
FEES: dict[str, Words] = {
    "free": _("Free of charge"),
    "free_for_groups": _("Free for some groups"),
    "paid": _("With a fee"),
}
PRIORITY_GROUPS: dict[str, Words] = {
    "graduates": _("College graduates"),
    "migrant_workers": _("Migrant workers"),
    "unemployed": _("Unemployed persons"),
    "veterans": _("Veterans"),
    "lifted_out_of_poverty": _("Persons lifted out of poverty"),
    "hard_to_employ": _("Persons who find it hard to get employed"),
    "disabled": _("Disabled persons"),
}
MODES: dict[str, Words] = {
    "online": _("Online self-study"),
    "live": _("Live online teaching"),
    "practice": _("Practice on site"),
}
KINDS: dict[str, Words] = {
    "video": _("Video"),
    "audio": _("Audio"),
    "document": _("Document"),
}
