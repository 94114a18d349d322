"""Ways from one page of supervision to another."""

from django.urls import NoReverseMatch, reverse


def case_url(class_id: int, enrolment_id: int) -> str:
    """Return where a case about a learner of a class is opened."""
    try:
        return reverse("regulator:open_case", args=(class_id, enrolment_id))
    except NoReverseMatch:
        return ""
