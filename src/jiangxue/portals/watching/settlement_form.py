"""What the second person says about a proposed settlement."""

from django import forms

from jiangxue.portals.reasons import SecondPersonForm


class SettlementForm(SecondPersonForm):
    """To confirm, or to send back and why; `ordinal` is which proposal the page showed, `seen` which warnings."""

    ordinal = forms.IntegerField(min_value=1, max_value=1_000, widget=forms.HiddenInput)
    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    decision = forms.ChoiceField(choices=[("confirm", "confirm"), ("send_back", "send back")])
