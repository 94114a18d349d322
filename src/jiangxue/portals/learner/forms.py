"""What learners send by forms."""

from django import forms

from jiangxue.learning.services.answering import CheckAnswer


class CheckForm(forms.Form):
    """An answer to a check, sent by a page without script."""

    check = forms.RegexField(r"^[0-9a-f]{32}\Z")
    nonce = forms.RegexField(r"^[0-9a-f]{16}\Z")
    choice = forms.IntegerField(min_value=0, max_value=9)

    @property
    def answer(self) -> CheckAnswer:
        """Return the answer; such a page measures no reaction time."""
        said = self.cleaned_data
        return CheckAnswer(said["check"], said["nonce"], said["choice"], None)
