"""Where a supervisor opens a case about one who is or was in a class, from whatever page shows a reason for it. Clause M6."""

from urllib.parse import urlencode

from django.urls import reverse

from jiangxue.enrolment.queries import Place


def new_case_url(place: Place, source: str, ref: str = "") -> str:
    """Return the address of the form; `source` says from which page, `ref` from what there."""
    asked = urlencode({"from": source, **({"ref": ref} if ref else {})})
    return f"{reverse('regulator:new_case', args=(place.training_class_id, place.pk))}?{asked}"
