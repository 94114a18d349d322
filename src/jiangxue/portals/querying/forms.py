"""The filter of all queries as a form; what the address says stays in it, also where it cannot be read."""

from collections.abc import Iterable, Mapping, Sequence

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jiangxue.accounts.rules.id_types import IdType, Sex
from jiangxue.courseware.rules.content import PriorityGroup, ProjectType
from jiangxue.enrolment.rules.background import Education
from jiangxue.occupations.rules.levels import Level
from jiangxue.portals.querying.words import fault_said
from jiangxue.reporting.errors import FilterFault
from jiangxue.reporting.queries.choices import Choice, Choices
from jiangxue.reporting.rules.filters import NAMES, ClassState, LearnerState
from jiangxue.ui.course_words import LEVELS, PRIORITY_GROUPS, PROJECT_TYPES
from jiangxue.ui.id_types import ID_TYPES, SEXES
from jiangxue.ui.report_words import CLASS_STATES, LEARNER_STATES
from jiangxue.ui.roster_words import EDUCATIONS

FIRST = ("from", "until", "institution", "course", "group")
"""What is asked for most; all else stands behind 更多条件."""
MOST_CLASSES = 200
_DATE = {"type": "date"}
_AGE = {"inputmode": "numeric", "maxlength": "3"}


def _all(words: Mapping[str, object], kind: Iterable[str]) -> list[tuple[str, str]]:
    return [("", _("all")), *((each, str(words[each])) for each in kind)]


def _few(classes: Sequence[Choice], chosen: str) -> list[Choice]:
    """Return the classes to choose from; where there are very many, the one that a link has chosen, for no list of thousands is read."""
    return [each for each in classes if len(classes) <= MOST_CLASSES or each[0] == chosen]


class FilterForm(forms.Form):
    """Shows a filter; it is read by `reporting.rules.filters`, which knows what is wrong with it."""

    institution = forms.ChoiceField(label=gettext_lazy("Training institution"), required=False)
    region = forms.ChoiceField(label=gettext_lazy("Region of the institution"), required=False)
    course = forms.ChoiceField(label=gettext_lazy("Course"), required=False)
    group = forms.ChoiceField(label=gettext_lazy("Priority group"), required=False)
    education = forms.ChoiceField(label=gettext_lazy("Education"), required=False)
    name = forms.CharField(label=gettext_lazy("Name of the learner"), required=False)
    id_type = forms.ChoiceField(label=gettext_lazy("Kind of document"), required=False)
    sex = forms.ChoiceField(label=gettext_lazy("Sex"), required=False)
    age_from = forms.CharField(label=gettext_lazy("Age from"), required=False, widget=forms.TextInput(_AGE))
    age_to = forms.CharField(label=gettext_lazy("Age to"), required=False, widget=forms.TextInput(_AGE))
    learner = forms.ChoiceField(label=gettext_lazy("State of the learner"), required=False)
    state = forms.ChoiceField(label=gettext_lazy("State of the class"), required=False)
    occupation = forms.ChoiceField(label=gettext_lazy("Occupation"), required=False)
    level = forms.ChoiceField(label=gettext_lazy("Level"), required=False)
    project = forms.ChoiceField(label=gettext_lazy("Project type"), required=False)

    def __init__(self, data: Mapping[str, str], choices: Choices) -> None:
        super().__init__(data)
        self.fields["from"] = forms.CharField(label=_("From"), required=False, widget=forms.DateInput(_DATE))
        self.fields["until"] = forms.CharField(label=_("Until"), required=False, widget=forms.DateInput(_DATE))
        self.fields["class"] = forms.ChoiceField(label=_("Class"), required=False)
        offered = {
            "institution": [("", _("all")), *choices.institutions],
            "region": [("", _("all")), *choices.regions],
            "course": [("", _("all")), *choices.courses],
            "class": [("", _("all")), *_few(choices.classes, data.get("class", ""))],
            "occupation": [("", _("all")), *choices.occupations],
            "group": _all(PRIORITY_GROUPS, PriorityGroup),
            "education": _all(EDUCATIONS, Education),
            "id_type": _all(ID_TYPES, IdType),
            "sex": _all(SEXES, Sex),
            "learner": _all(LEARNER_STATES, LearnerState),
            "state": _all(CLASS_STATES, ClassState),
            "level": _all(LEVELS, Level),
            "project": _all(PROJECT_TYPES, ProjectType),
        }
        for name, values in offered.items():
            self.fields[name].choices = values  # type: ignore[attr-defined]
        for name, few in (("institution", choices.institutions), ("region", choices.regions)):
            if not few:
                del self.fields[name]
        # The rules read what was typed; here nothing is held against the choices, so that a fault is said once and in their words.
        self._errors = forms.utils.ErrorDict()
        self.cleaned_data = {}

    def say(self, faults: Iterable[FilterFault]) -> None:
        """Put what is wrong beside the fields; what belongs to none stands above them."""
        for fault in faults:
            self.add_error(fault.name if fault.name in self.fields else None, fault_said(fault))

    @property
    def first(self) -> list[forms.BoundField]:
        """Return the fields that stand open."""
        return [self[name] for name in FIRST if name in self.fields]

    @property
    def others(self) -> list[forms.BoundField]:
        """Return the fields behind 更多条件."""
        return [self[name] for name in NAMES.values() if name in self.fields and name not in FIRST]

    @property
    def others_asked(self) -> bool:
        """Say whether any of these asks for something, or is wrong."""
        return any(bound.data or bound.errors for bound in self.others)
