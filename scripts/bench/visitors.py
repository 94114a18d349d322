"""Signs learners in beforehand, with Django's own sessions: `python -m scripts.bench.visitors <first> <count>`."""

import sys
from datetime import timedelta

import django
from django.conf import settings


def main() -> None:
    """Keep a session for each learner from number `first` on, under the key that `browser` sends."""
    django.setup()
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: PLC0415
    from django.contrib.sessions.backends.db import SessionStore  # noqa: PLC0415
    from django.contrib.sessions.models import Session  # noqa: PLC0415

    from jiangxue.accounts.models import Account  # noqa: PLC0415
    from jiangxue.kernel.clock import MachineClock  # noqa: PLC0415
    from scripts.bench.browser import session_key_of  # noqa: PLC0415
    from scripts.bench.learners import FIRST_ID  # noqa: PLC0415

    first, count = map(int, sys.argv[1:])
    store, expires = SessionStore(), MachineClock().now() + timedelta(hours=12)
    accounts = Account.objects.filter(pk__gte=FIRST_ID + first, pk__lt=FIRST_ID + first + count)
    sessions = [
        Session(
            session_key=session_key_of(account.pk - FIRST_ID),
            session_data=store.encode(
                {
                    SESSION_KEY: str(account.pk),
                    BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[0],
                    HASH_SESSION_KEY: account.get_session_auth_hash(),
                }
            ),
            expire_date=expires,
        )
        for account in accounts
    ]
    Session.objects.bulk_create(sessions, batch_size=1_000, ignore_conflicts=True)


if __name__ == "__main__":
    main()
