"""An organisation and its papers as templates show them."""

from datetime import date

from jiangxue.organisations.models import Organisation, Paper
from jiangxue.organisations.queries import held, papers_of
from jiangxue.organisations.rules.papers import DEMANDED_OF, PaperKind, PaperState, lacking, state_of, to_renew
from jiangxue.portals.organising.words import KINDS
from jiangxue.portals.paper_words import PAPER_KINDS, PAPER_STATES


def shown_organisation(organisation: Organisation, today: date) -> dict[str, object]:
    """Return facts, papers and what is to be done about them: `missing` and `ending` in words, empty where all is well."""
    papers = list(papers_of(organisation))
    facts = [held(paper) for paper in papers]
    absent = lacking(facts, today, DEMANDED_OF.get(organisation.kind, ()))
    return {
        "name": organisation.name,
        "kind": KINDS[organisation.kind],
        "uscc": organisation.uscc or "",
        "region": organisation.region.name,
        "papers": [shown_paper(paper, today) for paper in papers],
        "missing": [PAPER_KINDS[kind] for kind in absent],
        "ending": [(PAPER_KINDS[each.kind], each.valid_until) for each in to_renew(facts, today)],
        "address": organisation.address,
        "contact": organisation.contact,
        "phone": organisation.telephone,
    }


def shown_paper(paper: Paper, today: date) -> dict[str, object]:
    """Return one paper, and where it stands on a day."""
    state = state_of(held(paper), today)
    return {
        "id": paper.pk,
        "kind": PAPER_KINDS[PaperKind(paper.kind)],
        "reference": paper.reference,
        "issuer": paper.issuer,
        "issued_on": paper.issued_on,
        "valid_until": paper.valid_until,
        "note": paper.note,
        "state": PAPER_STATES[state],
        "is_good": state is PaperState.IN_FORCE,
        "has_file": hasattr(paper, "file"),
    }
