"""The process that hears beats is lean: it loads no Django, needs no key but its own, and knows one address of the pages."""

import os
import subprocess
import sys

from django.urls import reverse

from jiangxue.project.hot_path import SESSION_ENDED

_LOADED = """
import sys
import jiangxue.project.asgi_hot
print(sorted(name for name in sys.modules if name.split(".")[0] in {"django", "procrastinate"} or name.endswith(".models")))
"""


def test_the_hot_process_loads_no_django_and_needs_two_variables_alone() -> None:
    names = ("PATH", "JIANGXUE_HOT_DATABASE_URL", "JIANGXUE_BEAT_MASTER_KEY", "JIANGXUE_MEDIA_MASTER_KEY")
    environment = {name: os.environ[name] for name in names}
    done = subprocess.run(
        [sys.executable, "-c", _LOADED], env=environment, capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == "[]"


def test_it_sends_those_who_were_signed_out_to_the_page_that_says_why() -> None:
    session = "0123456789abcdef0123456789abcdef"
    assert SESSION_ENDED.format(session=session) == reverse("learner:session_ended", args=(session,))
