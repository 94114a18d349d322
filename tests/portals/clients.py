"""Browsers in which somebody is signed in, and what they are shown."""

from django.test import Client

from jiangxue.accounts.models import Account
from jiangxue.kernel.clock import HandClock
from jiangxue.kernel.viewer import Role
from jiangxue.organisations.models import Organisation, Region
from tests.factories import people


def client_of(account: Account) -> Client:
    client = Client()
    client.force_login(account)
    return client


def text_of(client: Client, address: str, status: int = 200) -> str:
    """Return the page at an address, which must answer with that status."""
    response = client.get(address)
    assert response.status_code == status, address
    return response.content.decode()


def main_in(page: str) -> str:
    """Return what a page says in its main part, without head, navigation and foot."""
    return page.split("<main", 1)[1].split("</main>", 1)[0]


def main_of(client: Client, address: str, status: int = 200) -> str:
    """Return the main part of the page at an address, which must answer with that status."""
    return main_in(text_of(client, address, status))


def supervisor(region: str, clock: HandClock) -> Client:
    Region.objects.get_or_create(code=region, defaults={"name": f"地区 {region}"})
    authority = Organisation.objects.create(kind=Organisation.Kind.AUTHORITY, name=f"人社局 {region}", region_id=region)
    return client_of(people.account((Role.SUPERVISOR, authority.pk), now=clock.now()))
