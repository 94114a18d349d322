"""The regions that organisations lie in: shown, and pasted as a list. Clause C5; GB/T 2260."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from jiangxue.accounts.access import SignedRequest, actor_of, for_roles
from jiangxue.kernel.viewer import Role
from jiangxue.organisations.queries import all_regions
from jiangxue.organisations.rules.regions import read_regions
from jiangxue.organisations.services import put_regions

_MOST_SHOWN = 5


class RegionsForm(forms.Form):
    """A list of codes and names."""

    regions = forms.CharField(
        label=gettext_lazy("Codes and names"),
        max_length=200_000,
        help_text=gettext_lazy("One region a line: the code, a space, the name, such as 440104 越秀区."),
        widget=forms.Textarea({"rows": 8}),
        error_messages={"required": gettext_lazy("Paste at least one line.")},
    )

    def clean_regions(self) -> dict[str, str]:
        """Refuse a list of which a line cannot be read."""
        read = read_regions(self.cleaned_data["regions"])
        if read.unread:
            lines = "、".join(str(number) for number in read.unread[:_MOST_SHOWN])
            said = _("Not readable as code and name: line %(lines)s. Nothing has been saved.") % {"lines": lines}
            raise forms.ValidationError(said)
        return read.names


@for_roles(Role.SYSTEM_ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def regions(request: SignedRequest) -> HttpResponse:
    """Show the regions; take a list of new ones and new names (400 with the lines that cannot be read)."""
    form = RegionsForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        changed = put_regions(form.cleaned_data["regions"], by=actor_of(request), now=request.now)
        messages.success(request, _("%(number)d regions are new or renamed.") % {"number": changed})
        return redirect("operator:regions")
    lines = [{"code": each.code, "name": each.name, "depth": len(each.code) // 2} for each in all_regions()]
    context = {"regions": lines, "form": form}
    return render(request, "operator/regions.html", context, status=400 if form.errors else 200)
