"""What the offices of a side leave behind: applications, rosters, papers, invitations, cases, orders, samples, proofs and exports."""

from dataclasses import replace
from datetime import timedelta

from jiangxue.accounts.models import Invitation
from jiangxue.accounts.rules.staff import Place as StaffPlace
from jiangxue.accounts.services.staff import invite
from jiangxue.archive.services.retaining import hold
from jiangxue.courseware.models import Course
from jiangxue.enrolment.models import ClassOpening, RosterEntry
from jiangxue.enrolment.queries import place_for
from jiangxue.enrolment.queries.roster_files import Place
from jiangxue.kernel.clock import learning_day
from jiangxue.kernel.viewer import Role
from jiangxue.notices.models import Notice
from jiangxue.notices.services import tell
from jiangxue.organisations.models import Organisation, Paper
from jiangxue.organisations.rules.papers import PaperKind
from jiangxue.organisations.services import PaperDraft, SentFile, add_paper
from jiangxue.reporting.models import Export
from jiangxue.supervision.models import CasePicture, OrderFile
from jiangxue.supervision.rules.cases import Reason
from jiangxue.supervision.services import cases, orders
from jiangxue.supervision.services.hours_proofs import give_proof
from jiangxue.supervision.services.sampling import draw_sample
from tests.factories import exports, openings, settlements, supervising
from tests.factories.rosters import HEADER, kept, plain_csv
from tests.walk.learning import picture
from tests.walk.sides import Side
from tests.walk.teaching import another_room


def found_papers(side: Side) -> None:
    """File a licence and invite a colleague, at the institution and at its authority."""
    now, by = side.clock.now(), side.actor("administrator")
    today = learning_day(now)
    draft = PaperDraft(
        PaperKind.TRAINING_LICENCE,
        side.called("许可证"),
        side.called("发证局"),
        today,
        today + timedelta(days=40),
        file=SentFile(f"{side.called('许可证')}.pdf", supervising.PDF, is_picture=False),
    )
    of = side.organisation.pk
    add_paper(draft, organisation_id=of, viewer=side.viewer("administrator"), by=by, now=now)
    side.keys["institution_id"] = of
    side.keys["paper_id"] = Paper.objects.get(organisation_id=of).pk
    for who, role, key in (
        ("administrator", Role.TEACHER, "invitation_id"),
        ("officer", Role.SUPERVISOR, "regulator:invitation_id"),
    ):
        viewer = side.viewer(who)
        place = StaffPlace(role, viewer.organisation_id)
        side.keys["token"] = invite(place, name=side.called("新人"), viewer=viewer, by=side.actor(who), now=now)
        side.keys[key] = Invitation.objects.latest("pk").pk


def apply(side: Side) -> None:
    """Write an application, and hand another one in."""
    now = side.clock.now()
    office = openings.Office(
        side.organisation,
        Course.objects.get(pk=side.keys["course_id"]),
        side.people["administrator"],
        side.people["head"],
        side.people["officer"],
    )
    number = side.names.serial * 1000
    drafts = [openings.person(number + n, side.called(f"报名{'甲乙丙丁'[n]}")) for n in range(4)]
    draft = openings.complete(office, now, *drafts[:2])
    handed_in = openings.complete(office, now, *drafts[2:])
    for each, name in ((draft, "待开班"), (handed_in, "申请班")):
        ClassOpening.objects.filter(pk=each.pk).update(name=side.called(name))
    handed_in.refresh_from_db()
    openings.submitted(office, handed_in, now)
    draft.refresh_from_db()
    side.keys |= {
        "opening_id": draft.pk,
        "regulator:opening_id": handed_in.pk,
        "institution:take_back_opening:opening_id": handed_in.pk,
        "entry_id": RosterEntry.objects.filter(opening=draft).earliest("pk").pk,
    }


def send_rosters(side: Side) -> None:
    """Send a roster to the application and to the class; neither is confirmed."""
    now = side.clock.now()
    opening = ClassOpening.objects.get(pk=side.keys["opening_id"])
    for ordinal, place in enumerate((Place(opening=opening), Place(training_class=side.room.training_class))):
        person = openings.person(side.names.serial * 1000 + 20 + ordinal, side.called("名册人"))
        rows = [HEADER, (person.name, person.id_number, person.phone)]
        kept(side.people["head"], place, plain_csv(rows), now, f"{side.called('名册')}.csv")


def look_into(side: Side) -> None:
    """Open a case about the learner's hours, which the learner explains with a picture."""
    place = (side.room.training_class.pk, side.room.enrolment.pk)
    draft = cases.CaseDraft(Reason.IDENTITY, side.called("立案理由") * 3, side.called("请说明") * 3)
    case = cases.open_case(side.viewer("officer"), place, draft, by=side.actor("officer"), clock=side.clock)
    said = cases.Said(0, side.called("说明") * 4, (picture(),))
    cases.explain(side.room.viewer, case.pk, said, by=side.actor("learner"), clock=side.clock)
    side.keys |= {"case_id": case.pk, "picture_id": CasePicture.objects.get(step__case=case).pk}
    theirs = cases.explain(side.viewer("head"), case.pk, said, by=side.actor("head"), clock=side.clock)
    side.keys["institution:picture_id"] = CasePicture.objects.get(step=theirs).pk


def order(side: Side) -> None:
    """Issue an order with a file, and keep the draft of another."""
    viewer, by = side.viewer("officer"), side.actor("officer")
    about = orders.Concern(side.organisation.pk, side.room.training_class.pk)
    draft = replace(supervising.order_draft(side.clock), title=side.called("整改"), text=side.called("整改要求") * 3)
    issued = orders.begin_order(viewer, about, draft, by=by, clock=side.clock)
    file = orders.SentFile(f"{side.called('依据')}.pdf", supervising.PDF, is_picture=False)
    orders.issue_order(viewer, issued.pk, orders.OrderWord(1, files=[file]), by=by, clock=side.clock)
    kept_draft = orders.begin_order(viewer, about, replace(draft, title=side.called("草稿")), by=by, clock=side.clock)
    side.keys |= {
        "order_id": issued.pk,
        "file_id": OrderFile.objects.get(step__order=issued).pk,
        "regulator:order_drafted:order_id": kept_draft.pk,
        "regulator:order_dropped:order_id": kept_draft.pk,
        "regulator:order_issued:order_id": kept_draft.pk,
    }


def draw(side: Side) -> None:
    """Draw a sample of the city; for the enterprise, whose city is that of an institution, of its district."""
    is_alone = side.organisation.kind == Organisation.Kind.INSTITUTION
    region = side.names.city if is_alone else side.names.district
    wish = replace(supervising.wish(side.clock, region=region), named_by=side.called("专家"))
    drawn = draw_sample(side.viewer("officer"), wish, by=side.actor("officer"), now=side.clock.now())
    side.keys |= {"draw_id": drawn.pk, "ordinal": 1}


def prove(side: Side) -> None:
    """Give a proof of hours, and hold the archive."""
    viewer, now = side.viewer("head"), side.clock.now()
    place = place_for(viewer, side.room.training_class.pk, side.room.enrolment.pk)
    side.keys["code"] = give_proof(viewer, place, by=side.actor("head"), now=now).code
    officer = side.viewer("officer")
    place = place_for(officer, side.room.training_class.pk, side.room.enrolment.pk)
    hold(place, viewer=officer, reason=side.called("依法保留"), by=side.actor("officer"), now=now)


def export(side: Side) -> None:
    """Export the learners of the class by everybody who may, masked and made; and ask for them unmasked."""
    now = side.clock.now()
    query = f"class={side.room.training_class.pk}"
    for who, key in (("administrator", "export_id"), ("officer", "regulator:export_id")):
        asked = exports.asked(side.people[who], now, sheet="learners", query=query)
        side.keys[key] = exports.made(asked, side.clock).pk
    asked = exports.asked(side.people["auditor"], now, sheet="audit")
    side.keys["operator:export_id"] = exports.made(asked, side.clock).pk
    for who, key in (("head", "institution"), ("chief", "regulator")):
        whole = exports.asked(side.people[who], now, sheet="learners", query=query, masked=False)
        for act in ("export_request", "release_export", "refuse_export"):
            side.keys[f"{key}:{act}:export_id"] = whole.pk
    assert Export.objects.get(pk=side.keys["export_id"]).state == "ready"


def hear_of_it(side: Side) -> None:
    """Tell the learner something, as pages and jobs do."""
    learner = side.people["learner"].pk
    said = {"day_on": learning_day(side.clock.now()).isoformat()}
    tell([learner], kind="appeal.decided", about=("appeal", "1"), at=side.clock.now(), params=said)
    side.keys["notice_id"] = Notice.objects.filter(account_id=learner).latest("pk").pk


def settle(side: Side) -> None:
    """Propose what the hours of a second class come to, and settle a third."""
    now = side.clock.now()
    proposed, settled = another_room(side, 2, "二班"), another_room(side, 3, "三班")
    settlements.settlement(proposed, now)
    done = settlements.reviewed(settlements.settlement(settled, now), now, by=side.people["second"])
    settlements.settled(done.settlement, settled, now)
    for portal in ("institution", "regulator"):
        for page in ("settlement", "review_settlement"):
            side.keys[f"{portal}:{page}:class_id"] = proposed.training_class.pk
