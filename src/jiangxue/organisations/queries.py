"""Which organisations a viewer may see, and the papers they have. Clauses C5, C1."""

from collections.abc import Collection
from datetime import date

from django.db.models import Prefetch, Q, QuerySet

from jiangxue.djangokit.sealed import reveal_bytes
from jiangxue.kernel.viewer import INSTITUTION_ROLES, Role, Viewer
from jiangxue.organisations.errors import NoSuchOrganisation, NoSuchPaper
from jiangxue.organisations.models import Organisation, Paper, PaperFile, Region
from jiangxue.organisations.rules import papers as rules
from jiangxue.organisations.rules.papers import DEMANDED_OF, FileStanding, Held, PaperKind, PaperState

TEACHING = (Organisation.Kind.INSTITUTION, Organisation.Kind.ENTERPRISE)
"""The kinds of organisations at which classes are held."""


def institutions(viewer: Viewer, *, named: str = "", within: str = "") -> QuerySet[Organisation]:
    """Return the institutions and enterprises in a supervisor's region, or a member's own; for others none. `within` is the code of a region that they lie in."""
    called = Q(name__icontains=named) | Q(uscc__iexact=named.strip())
    found = Organisation.objects.filter(called, kind__in=TEACHING, region__code__startswith=within)
    found = found.select_related("region")
    if viewer.role is Role.SUPERVISOR and viewer.region:
        return found.filter(region__code__startswith=viewer.region).order_by("region", "name")
    if viewer.role in INSTITUTION_ROLES and viewer.organisation_id is not None:
        return found.filter(pk=viewer.organisation_id)
    return found.none()


def organisations(viewer: Viewer, *, named: str = "", kind: str = "") -> QuerySet[Organisation]:
    """Return all organisations for the system administrator, who founds them; for others none."""
    found = Organisation.objects.select_related("region").order_by("region", "name", "pk")
    if viewer.role is not Role.SYSTEM_ADMINISTRATOR:
        return found.none()
    found = found.filter(Q(name__icontains=named) | Q(uscc__iexact=named)) if named else found
    return found.filter(kind=kind) if kind else found


def organisation_for(viewer: Viewer, organisation_id: int) -> Organisation:
    """Return one organisation that the viewer may see, or raise `NoSuchOrganisation`: one of theirs, of their region, or any for the system administrator."""
    seen = organisations(viewer) if viewer.role is Role.SYSTEM_ADMINISTRATOR else institutions(viewer)
    found = seen.filter(pk=organisation_id).first()
    if found is None:
        raise NoSuchOrganisation
    return found


def is_authority(organisation_id: int) -> bool:
    """Say whether an organisation is a labour authority, for the program itself."""
    return Organisation.objects.filter(pk=organisation_id, kind=Organisation.Kind.AUTHORITY).exists()


def papers_of(organisation: Organisation) -> QuerySet[Paper]:
    """Return the papers of an organisation that the viewer was shown, the last to end first, with the names of their files."""
    files = Prefetch("file", PaperFile.objects.defer("sealed"))
    return organisation.papers.filter(withdrawn_at=None).prefetch_related(files).order_by("kind", "-valid_until", "pk")


def file_for(viewer: Viewer, organisation_id: int, paper_id: int) -> tuple[PaperFile, bytes]:
    """Return the file of a paper of an organisation that the viewer may see, with its content, or raise `NoSuchOrganisation` or `NoSuchPaper`."""
    organisation = organisation_for(viewer, organisation_id)
    found = PaperFile.objects.filter(paper=paper_id, paper__organisation=organisation, paper__withdrawn_at=None).first()
    if found is None:
        raise NoSuchPaper
    return found, reveal_bytes(found, "sealed")


def held_by(organisation_id: int) -> list[Held]:
    """Return the papers of an organisation as the rules see them, for the program itself."""
    return _held([organisation_id])[organisation_id]


def lacking_papers(organisation_id: int, today: date) -> list[PaperKind]:
    """Return which of the demanded papers an organisation does not have in force, for the program itself."""
    kind = Organisation.objects.values_list("kind", flat=True).get(pk=organisation_id)
    return rules.lacking(held_by(organisation_id), today, DEMANDED_OF.get(kind, ()))


def paper_standings(found: Collection[Organisation], today: date) -> dict[int, FileStanding]:
    """Return where the papers of organisations that the viewer was shown stand on a day."""
    papers = _held([each.pk for each in found])
    return {each.pk: rules.standing_of(papers[each.pk], today, DEMANDED_OF.get(each.kind, ())) for each in found}


def _held(organisation_ids: Collection[int]) -> dict[int, list[Held]]:
    papers: dict[int, list[Held]] = {pk: [] for pk in organisation_ids}
    for paper in Paper.objects.filter(organisation_id__in=papers, withdrawn_at=None):
        papers[paper.organisation_id].append(held(paper))
    return papers


def papers_to_tell_of(today: date) -> list[tuple[Paper, PaperState]]:
    """Return the papers that run out soon or have run out within 180 days and have no successor, the longest since first, for the program itself."""
    soon = Paper.objects.filter(
        withdrawn_at=None, valid_until__range=(today - rules.TOLD_AFTER, today + rules.WARNED_BEFORE)
    )
    found: list[tuple[Paper, PaperState]] = []
    for paper in soon.select_related("organisation").order_by("valid_until", "pk"):
        state = rules.state_of(held(paper), today)
        if state in (PaperState.EXPIRING, PaperState.EXPIRED) and not _has_successor(paper):
            found.append((paper, state))
    return found


def superseded_by(paper: Paper) -> list[int]:
    """Return the numbers of an organisation's papers of one kind that end before one, for the program itself."""
    same = Paper.objects.filter(organisation=paper.organisation_id, kind=paper.kind).exclude(pk=paper.pk)
    if paper.valid_until is not None:
        same = same.filter(valid_until__lt=paper.valid_until)
    return list(same.order_by("pk").values_list("pk", flat=True))


def _has_successor(paper: Paper) -> bool:
    later = Q(valid_until=None) | Q(valid_until__gt=paper.valid_until)
    same = Paper.objects.filter(organisation=paper.organisation_id, kind=paper.kind, withdrawn_at=None)
    return same.filter(later).exists()


def held(paper: Paper) -> Held:
    """Return a paper as the rules see it."""
    return Held(PaperKind(paper.kind), paper.issued_on, paper.valid_until)


def all_regions() -> QuerySet[Region]:
    """Return all regions, each before those that lie in it."""
    return Region.objects.order_by("code")


def region_name(code: str) -> str:
    """Return the name of a region, or its code where the name is not known."""
    found = Region.objects.filter(code=code).first()
    return found.name if found else code


def region_names(codes: Collection[str]) -> dict[str, str]:
    """Return the names of regions by code; those whose names are not known stand under their codes."""
    return {code: code for code in codes} | dict(Region.objects.filter(code__in=codes).values_list("code", "name"))


def regions(viewer: Viewer) -> QuerySet[Region]:
    """Return a supervisor's region and those within it; for others none."""
    if viewer.role is not Role.SUPERVISOR or not viewer.region:
        return Region.objects.none()
    return Region.objects.filter(code__startswith=viewer.region).order_by("code")


def all_region_names() -> dict[str, str]:
    """Return the names of all regions that are known, by code, for reading addresses."""
    return dict(Region.objects.values_list("code", "name"))
