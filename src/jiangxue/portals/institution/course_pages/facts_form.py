"""The form of what describes a course: the occupation and level it leads to, its standard, for whom it is, what it costs. Clauses C2, C6."""

from collections.abc import Iterable

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jiangxue.courseware.rules.content import Basis, CourseContent, Facts, Fee, Occupation, PriorityGroup, ProjectType
from jiangxue.occupations.models import Occupation as OccupationInUse
from jiangxue.occupations.queries import occupation_by_code
from jiangxue.occupations.rules.levels import Level
from jiangxue.portals.institution.course_pages.fields import line, text
from jiangxue.portals.institution.course_pages.rows import SectionForm
from jiangxue.portals.institution.occupation_field import OccupationField, OccupationSearchForm
from jiangxue.portals.occupation_words import levels_said
from jiangxue.ui.course_words import FEES, LEVELS, PRIORITY_GROUPS, PROJECT_TYPES

_NONE = ("", gettext_lazy("not chosen"))
GROUPS = {
    gettext_lazy("The course"): ("title", "summary", "project_type"),
    gettext_lazy("What it leads to"): ("occupation", "level", "special_ability"),
    gettext_lazy("The standard it follows"): ("basis_name", "basis_code", "basis_edition"),
    gettext_lazy("For whom, and how it is taught"): (
        "target_group",
        "entry_conditions",
        "goals",
        "methods",
        "materials",
    ),
    gettext_lazy("What it costs"): ("fee", "free_for"),
}


class FactsForm(OccupationSearchForm):
    """What describes a course. Only a title is asked for: the conformity check says what else it must have."""

    title = line(gettext_lazy("Title of the course"), 120, required=gettext_lazy("Write what the course is called."))
    summary = text(gettext_lazy("Summary"), help_text=gettext_lazy("What is learned, in two or three sentences."))
    occupation = OccupationField(label=gettext_lazy("Occupation"), required=False)
    level = forms.ChoiceField(
        label=gettext_lazy("Level"),
        required=False,
        help_text=gettext_lazy("The levels that the table of occupations has. Leave it open for a special ability."),
    )
    special_ability = line(gettext_lazy("Special ability"), 60, help_text=gettext_lazy("Only where there is no level."))
    project_type = forms.ChoiceField(
        label=gettext_lazy("Type of training"), required=False, choices=[_NONE, *PROJECT_TYPES.items()]
    )
    basis_name = line(gettext_lazy("Name of the standard"), 120)
    basis_code = line(gettext_lazy("Number of the standard"), 60)
    basis_edition = line(gettext_lazy("Edition"), 60)
    target_group = text(gettext_lazy("For whom"), rows=2)
    entry_conditions = text(gettext_lazy("Conditions of entry"), rows=2)
    goals = text(gettext_lazy("Goals of the training"), rows=4)
    methods = text(gettext_lazy("Methods of teaching"), rows=2)
    materials = text(gettext_lazy("Teaching materials"), rows=2)
    fee = forms.ChoiceField(label=gettext_lazy("Fee"), choices=list(FEES.items()))
    free_for = forms.MultipleChoiceField(
        label=gettext_lazy("Free for these groups"),
        required=False,
        choices=list(PRIORITY_GROUPS.items()),
        widget=forms.CheckboxSelectMultiple({"class": "check"}),
    )

    def __init__(self, facts: Facts, data: QueryDict | None = None) -> None:
        super().__init__(data, initial=_initial(facts))
        self.use_required_attribute = False
        field = self.fields["level"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [_NONE, *((level.value, LEVELS[level]) for level in self._levels(facts))]

    def clean_level(self) -> Level | None:
        """Return the level, if one was chosen."""
        chosen = self.cleaned_data["level"]
        return Level(chosen) if chosen else None

    def clean(self) -> None:
        """Ask for a level or a special ability, not both, and for a level that the occupation has."""
        found: OccupationInUse | None = self.cleaned_data.get("occupation")
        level: Level | None = self.cleaned_data.get("level")
        if level and found and level not in found.levels:
            levels = levels_said(Level(each) for each in found.levels)
            said = _("“%(name)s” has no such level, only: %(levels)s.") % {"name": found.name, "levels": levels}
            self.add_error("level", ValidationError(said))
        if level and self.cleaned_data.get("special_ability"):
            self.add_error("special_ability", ValidationError(_("A course leads to a level or to a special ability.")))

    @property
    def facts(self) -> Facts:
        """Return what was entered, once the form is valid."""
        typed = self.cleaned_data
        is_for_groups = typed["fee"] == Fee.FREE_FOR_GROUPS
        return Facts(
            **{name: typed[name] for name in ("title", "summary", "level", "special_ability", "target_group")},
            **{name: typed[name] for name in ("entry_conditions", "goals", "methods", "materials")},
            occupation=_occupation(typed["occupation"]),
            project_type=ProjectType(typed["project_type"]) if typed["project_type"] else None,
            basis=Basis(typed["basis_name"], typed["basis_code"], typed["basis_edition"]),
            fee=Fee(typed["fee"]),
            free_for=tuple(PriorityGroup(group) for group in typed["free_for"]) if is_for_groups else (),
        )

    def _levels(self, facts: Facts) -> Iterable[Level]:
        """Return the levels of the occupation that was chosen, or of the one that is kept; all, where there is none.

        A level chosen for another occupation stays a choice, so that what is wrong with it can be said.
        """
        code = self.data.get("occupation") if self.is_bound else facts.occupation.code if facts.occupation else ""
        found = occupation_by_code(code or "")
        if found is None:
            return Level
        chosen = str(self.data.get("level") or "") if self.is_bound else facts.level
        return [level for level in Level if level in found.levels or level == chosen]


def facts_form(content: CourseContent, data: QueryDict | None) -> SectionForm:
    """Return the page's form."""
    return SectionForm(FactsForm(content.facts, data), groups=GROUPS)


def _occupation(found: OccupationInUse | None) -> Occupation | None:
    return Occupation(found.code, found.name, found.is_practical) if found else None


def _initial(facts: Facts) -> dict[str, object]:
    return {
        "title": facts.title,
        "summary": facts.summary,
        "occupation": facts.occupation.code if facts.occupation else "",
        "level": facts.level or "",
        "special_ability": facts.special_ability,
        "project_type": facts.project_type or "",
        "basis_name": facts.basis.name,
        "basis_code": facts.basis.number,
        "basis_edition": facts.basis.edition,
        "target_group": facts.target_group,
        "entry_conditions": facts.entry_conditions,
        "goals": facts.goals,
        "methods": facts.methods,
        "materials": facts.materials,
        "fee": facts.fee.value,
        "free_for": [group.value for group in facts.free_for],
    }
