"""Saving one page of the course editor: one after another, so that whoever comes second is compared with what the first has kept."""

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Concatenate

from django.db import transaction
from django.http import HttpResponse

from jiangxue.accounts.access import SignedRequest
from jiangxue.djangokit.locks import lock_until_commit

type View[**P] = Callable[Concatenate[SignedRequest, P], HttpResponse]


def one_after_another[**P](view: View[P]) -> View[P]:
    """Let what is sent to one address be dealt with in one transaction each, one after another."""

    @wraps(view)
    def wrapped(request: SignedRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if request.method != "POST":
            return view(request, *args, **kwargs)
        with transaction.atomic():
            lock_until_commit(hashlib.sha256(f"saving {request.path}".encode()).digest())
            return view(request, *args, **kwargs)

    return wrapped
