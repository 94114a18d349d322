"""Founding and changing organisations, their regions and papers. Clauses C1, C5."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction

from jiangxue.audit import services as audit
from jiangxue.audit.services import Actor
from jiangxue.djangokit.sealed import seal_bytes_for
from jiangxue.kernel.ids import new_id
from jiangxue.kernel.viewer import Role, Viewer
from jiangxue.notices.services import clear
from jiangxue.organisations.errors import (
    DatesReversed,
    NameTaken,
    NoSuchOrganisation,
    NoSuchPaper,
    NoSuchRegion,
    UsccTaken,
)
from jiangxue.organisations.models import Organisation, Paper, PaperFile, Region
from jiangxue.organisations.queries import organisation_for, superseded_by
from jiangxue.organisations.rules.papers import PaperKind
from jiangxue.organisations.rules.uscc import fit_uscc

_OF_PAPERS = ("paper.expiring", "paper.expiring_watched", "paper.expired", "paper.expired_watched")


@dataclass(frozen=True, slots=True)
class OrganisationDraft:
    """What an organisation is made of; `uscc` as typed, empty for an authority that has none."""

    kind: str
    name: str
    uscc: str
    region: str


@dataclass(frozen=True, slots=True)
class Contact:
    """Where an organisation lies, and whom to call there; empty where it is not told."""

    address: str = ""
    name: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class SentFile:
    """The file of a paper, checked already: a PDF as it was sent, or a picture written anew."""

    name: str
    content: bytes
    is_picture: bool


@dataclass(frozen=True, slots=True)
class PaperDraft:
    """What is written down of a paper; without `valid_until` it has no end."""

    kind: PaperKind
    reference: str
    issuer: str
    issued_on: date
    valid_until: date | None
    note: str = ""
    file: SentFile | None = None


@transaction.atomic
def found(draft: OrganisationDraft, *, viewer: Viewer, by: Actor, now: datetime) -> Organisation:
    """Make an organisation, for the system administrator; raises `NoSuchOrganisation` to others, `UsccUnfit`, `UsccTaken`, `NameTaken`, `NoSuchRegion`."""
    if viewer.role is not Role.SYSTEM_ADMINISTRATOR:
        raise NoSuchOrganisation
    made = _written(Organisation(), draft)
    audit.record("organisation.founded", by=by, at=now, about=("organisation", made.pk))
    return made


@transaction.atomic
def change(organisation_id: int, draft: OrganisationDraft, *, viewer: Viewer, by: Actor, now: datetime) -> Organisation:
    """Change the name, code or region of an organisation, never what it is; raises what `found` raises."""
    if viewer.role is not Role.SYSTEM_ADMINISTRATOR:
        raise NoSuchOrganisation
    found = Organisation.objects.select_for_update().filter(pk=organisation_id).first()
    if found is None or found.kind != draft.kind:
        raise NoSuchOrganisation
    changed = _written(found, draft)
    audit.record("organisation.changed", by=by, at=now, about=("organisation", changed.pk))
    return changed


def _written(row: Organisation, draft: OrganisationDraft) -> Organisation:
    if not Region.objects.filter(code=draft.region).exists():
        raise NoSuchRegion
    row.kind, row.name, row.region_id = draft.kind, " ".join(draft.name.split()), draft.region
    row.uscc = fit_uscc(draft.uscc) if draft.uscc or row.teaches else None
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as fault:
        raise (UsccTaken if "organisations_uscc_once" in str(fault) else NameTaken) from None
    return row


@transaction.atomic
def change_contact(organisation_id: int, contact: Contact, *, viewer: Viewer, by: Actor, now: datetime) -> None:
    """Say where an organisation is reached, for its own administrator or the system administrator; raises `NoSuchOrganisation`."""
    organisation = _own(viewer, organisation_id)
    Organisation.objects.filter(pk=organisation.pk).update(
        address=contact.address, contact=contact.name, telephone=contact.phone
    )
    audit.record("organisation.contact_changed", by=by, at=now, about=("organisation", organisation.pk))


@transaction.atomic
def put_regions(names: Mapping[str, str], *, by: Actor, now: datetime) -> int:
    """Keep regions by code, new ones and new names of old ones; none is removed. Returns how many differ from before; a code of no shape raises `IntegrityError`."""
    before = dict(Region.objects.values_list("code", "name"))
    fresh = [Region(code=code, name=name) for code, name in sorted(names.items()) if before.get(code) != name]
    Region.objects.bulk_create(fresh, update_conflicts=True, unique_fields=["code"], update_fields=["name"])
    audit.record("regions.imported", by=by, at=now)
    return len(fresh)


@transaction.atomic
def add_paper(draft: PaperDraft, *, organisation_id: int, viewer: Viewer, by: Actor, now: datetime) -> Paper:
    """Write a paper down, for an administrator of the institution or the system administrator; raises `NoSuchOrganisation` or `DatesReversed`."""
    organisation = _own(viewer, organisation_id)
    if draft.valid_until is not None and draft.valid_until < draft.issued_on:
        raise DatesReversed
    paper = Paper.objects.create(
        organisation=organisation,
        kind=draft.kind.value,
        reference=draft.reference,
        issuer=draft.issuer,
        issued_on=draft.issued_on,
        valid_until=draft.valid_until,
        note=draft.note,
        added_by=viewer.account_id,
        added_at=now,
    )
    if draft.file is not None:
        _keep_file(paper, draft.file)
    audit.record("paper.added", by=by, at=now, about=("organisation", organisation.pk))
    _tell_no_more(superseded_by(paper), now)
    return paper


def _keep_file(paper: Paper, sent: SentFile) -> None:
    row = PaperFile(
        id=new_id(),
        paper=paper,
        name=sent.name,
        is_picture=sent.is_picture,
        size_bytes=len(sent.content),
        digest=hashlib.sha256(sent.content).hexdigest(),
    )
    seal_bytes_for(row, "sealed", sent.content)
    row.save(force_insert=True)


@transaction.atomic
def withdraw_paper(paper_id: int, *, organisation_id: int, viewer: Viewer, by: Actor, now: datetime) -> None:
    """Take a paper that was written down wrongly off the list; raises `NoSuchOrganisation` or `NoSuchPaper`."""
    organisation = _own(viewer, organisation_id)
    if not Paper.objects.filter(pk=paper_id, organisation=organisation, withdrawn_at=None).update(withdrawn_at=now):
        raise NoSuchPaper
    audit.record("paper.withdrawn", by=by, at=now, about=("organisation", organisation.pk))
    _tell_no_more([paper_id], now)


def _tell_no_more(paper_ids: Iterable[int], now: datetime) -> None:
    """Take back what people were told of papers that have a successor or are off the list."""
    for paper_id in paper_ids:
        clear(_OF_PAPERS, about=("paper", paper_id), at=now)


def _own(viewer: Viewer, organisation_id: int) -> Organisation:
    if viewer.role not in (Role.INSTITUTION_ADMINISTRATOR, Role.SYSTEM_ADMINISTRATOR):
        raise NoSuchOrganisation
    return organisation_for(viewer, organisation_id)
