"""Pictures of the ledger's pages, for everybody and for administrators; a part of `make screens`."""

from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path

from django.db import connection
from playwright.sync_api import Page

from jiangxue.kernel.clock import MachineClock, to_ms
from jiangxue.kernel.viewer import Role
from jiangxue.ledger.models import Alarm, Witness, WitnessRule
from jiangxue.ledger.services import append, open_archive
from jiangxue.ledger.services.witnessing import request_by_mail
from jiangxue.portals.operator.ledger_words import ALARMS
from tests.browser.conftest import PHONE
from tests.browser.screens import DESKTOP, shoot
from tests.browser.site import Site
from tests.domains.ledger.answering import OTHER
from tests.factories import people
from tests.factories.logs import Log, running_log
from tests.factories.witnesses import KEY, countersign, witness

LONG = "由省级人力资源和社会保障行政主管部门与各地级以上市共同指定的职业技能培训学习记录存证见证工作联合办公室（试行）第一见证组以及其备用见证组（每周一次邮寄）专用"[
    :80
]
_unseen = count()
"""The public page may be kept for a minute; an address that was never asked for is not."""

PAGES = {"public": "/ledger/?{}", "operator": "/operator/ledger/", "needed": "/operator/ledger/needed/"}


def test_the_ledger(site: Site, signed_in: Callable[..., Page], tmp_path: Path) -> None:
    keeper = people.account((Role.SECURITY_ADMINISTRATOR, None), now=_now() - timedelta(days=1), name="欧阳慧敏")
    pages = {
        "390": signed_in(keeper.login_name, begins_at="/operator/**", **PHONE),
        "1440": signed_in(keeper.login_name, begins_at="/operator/**", **DESKTOP),
    }
    visit(site, pages, "ledger-{}-none", PAGES)
    with running_log(connection.settings_dict["NAME"], tmp_path) as log:
        first, mailed = fill(log, keeper.pk)
        visit(site, pages, "ledger-{}", PAGES)
        one = {
            "by-mail": f"/operator/ledger/witnesses/{mailed.pk}/",
            "asked": f"/operator/ledger/witnesses/{first.pk}/",
        }
        visit(site, pages, "ledger-witness-{}", {**one, "retire": f"{one['by-mail']}retire/"})
        others = {
            "new": "/operator/ledger/witnesses/new/",
            "state": "/operator/state/",
            "guide": "/ledger/guides/verify/",
        }
        visit(site, pages, "ledger-{}", others)
        for width, page in pages.items():
            refuse_forms(site, page, one["by-mail"], width)
        trouble(log)
        visit(site, pages, "ledger-{}-alarms", {"operator": PAGES["operator"], "state": "/operator/state/"})


def fill(log: Log, account_id: int) -> tuple[Witness, Witness]:
    """Let three witnesses stand at different sizes; return the first and the one that is asked by mail."""
    first = witness("jianzheng.hrss.example.gov.cn", KEY)
    log.grow(events=320)
    log.heads()
    log.signer.sign(to_ms(_now()) - 400_000)
    countersign(first, _now() - timedelta(minutes=6))
    mailed = witness("witness.school.example.cn/jiangxue-training-records-witness-one", OTHER)
    Witness.objects.filter(pk=mailed.pk).update(title=LONG)
    log.grow(events=12)
    log.signer.sign(to_ms(_now()))
    request_by_mail(mailed)
    known = {"address": "http://127.0.0.1:9", "outcome": "silent", "outcome_detail": "TimeoutError", "asked_at": _now()}
    Witness.objects.filter(pk=first.pk).update(**known)
    for need, reason in ((0, "试运行，见证方尚未就位"), (1, "省厅见证方已接入，恢复要求")):
        WitnessRule.objects.create(need=need, at=_now(), account_id=account_id, reason=reason)
    return first, mailed


def trouble(log: Log) -> None:
    """Let everything happen that an alarm is about, and sealer and signer stand still."""
    append(open_archive(), "segment.sealed", {}, at=_now() - timedelta(minutes=5))
    log.grow()
    append(open_archive(), "segment.sealed", {}, at=_now() - timedelta(minutes=4))
    for kind in ALARMS:
        Alarm.objects.create(kind=kind, detail="省人力资源和社会保障厅: 409 512", at_ms=to_ms(_now()))
    Witness.objects.filter(title__startswith="省").update(outcome="ahead", outcome_detail="512")


def refuse_forms(site: Site, page: Page, of_witness: str, width: str) -> None:
    """Send what is refused."""
    page.goto(f"{site.url}/operator/ledger/witnesses/new/")
    page.fill("[name=title]", LONG)
    page.fill("[name=verifier_key]", "jianzheng.example")
    page.fill("[name=address]", "jianzheng.example")
    page.click("main form button")
    shoot(page, "ledger-new-wrong", width)
    page.goto(site.url + of_witness)
    page.fill("[name=answer]", "— somebody AAAA")
    page.click("main form[action$='answer/'] button")
    shoot(page, "ledger-witness-answer-wrong", width)
    page.goto(f"{site.url}/operator/ledger/needed/")
    page.fill("[name=need]", "5")
    page.fill("[name=reason]", "补贴班")
    page.click("main form button")
    shoot(page, "ledger-needed-wrong", width)


def visit(site: Site, pages: dict[str, Page], name: str, addresses: dict[str, str]) -> None:
    """Take pictures of pages at both widths."""
    for key, address in addresses.items():
        for width, page in pages.items():
            page.goto(site.url + address.format(next(_unseen)))
            shoot(page, name.format(key), width)


def _now() -> datetime:
    return MachineClock().now()
