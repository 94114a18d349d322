"""What people are told of cases, orders and samples: calmly, because nothing is decided before it is decided."""

from django.utils.translation import gettext_lazy as _

from jiangxue.portals.notice_words.said import ABOUT, LEARNER, OF_A_CLASS, SUPERVISOR, Said

_ORDER = ("order",)

CASES: dict[str, Said] = {
    "case.opened_learner": Said(
        _("Cases about your hours"),
        _(
            "Something about your hours in “%(class_title)s” is being cleared up. They stay recorded and wait until it is decided. Please explain by %(answer_on)s."
        ),
        LEARNER,
        "learner:case",
        ABOUT,
    ),
    "case.asked_learner": Said(
        _("Further questions about your hours"),
        _("There is a further question about your hours in “%(class_title)s”. Please answer it by %(answer_on)s."),
        LEARNER,
        "learner:case",
        ABOUT,
    ),
    "case.due_learner": Said(
        _("Explanations soon due"),
        _("Until %(answer_on)s you can explain what is asked about your hours in “%(class_title)s”."),
        LEARNER,
        "learner:case",
        ABOUT,
    ),
    "case.lapsed_learner": Said(
        _("Hours recognised again"),
        _(
            "Your hours in “%(class_title)s” do not wait any longer, because the time for it is over. The case goes on; you will be told how it is decided."
        ),
        LEARNER,
        "learner:case",
        ABOUT,
    ),
    "case.decided_learner": Said(
        _("Cases decided"),
        _("The case about your hours in “%(class_title)s” is decided. Open it to read the result and the reasons."),
        LEARNER,
        "learner:case",
        ABOUT,
    ),
    "case.opened": Said(
        _("Cases to explain"),
        _(
            "The authority has opened a case about a learner of “%(class_title)s”; the hours in question wait until it is decided. Please explain by %(answer_on)s."
        ),
        OF_A_CLASS,
        "institution:case",
        ABOUT,
    ),
    "case.asked": Said(
        _("Further questions in cases"),
        _("The authority has a further question in a case about “%(class_title)s”. Please answer it by %(answer_on)s."),
        OF_A_CLASS,
        "institution:case",
        ABOUT,
    ),
    "case.due": Said(
        _("Explanations soon due"),
        _("Until %(answer_on)s you can explain what is asked in a case about “%(class_title)s”."),
        OF_A_CLASS,
        "institution:case",
        ABOUT,
    ),
    "case.lapsed": Said(
        _("Hours recognised again"),
        _(
            "Hours of a learner of “%(class_title)s” do not wait any longer, because the time for it is over. The case goes on."
        ),
        OF_A_CLASS,
        "institution:case",
        ABOUT,
    ),
    "case.decided": Said(
        _("Cases decided"),
        _("A case about a learner of “%(class_title)s” is decided. Open it to read the result and the reasons."),
        OF_A_CLASS,
        "institution:case",
        ABOUT,
    ),
    "case.explained": Said(
        _("Explanations in cases"),
        _("An explanation has come in a case about “%(class_title)s”. To be decided by %(due_on)s."),
        SUPERVISOR,
        "regulator:case",
        ABOUT,
    ),
    "case.proposed": Said(
        _("Cases to decide"),
        _("A proposal in a case about “%(class_title)s” waits for a second person until %(due_on)s."),
        SUPERVISOR,
        "regulator:case",
        ABOUT,
    ),
    "case.sent_back": Said(
        _("Proposals sent back"),
        _("Your proposal in a case about “%(class_title)s” was sent back. Please look at it again by %(due_on)s."),
        SUPERVISOR,
        "regulator:case",
        ABOUT,
    ),
    "case.decided_officer": Said(
        _("Cases decided"),
        _("A case about “%(class_title)s” in which you had a part is decided."),
        SUPERVISOR,
        "regulator:case",
        ABOUT,
    ),
    "case.overdue": Said(
        _("Cases overdue"),
        _("A case about “%(class_title)s” was to be decided by %(due_on)s and is not."),
        SUPERVISOR,
        "regulator:case",
        ABOUT,
    ),
    "sample.look_closer": Said(
        _("Samples with something to look at"),
        _("In the sample of %(drawn_on)s somebody is to be looked at more closely."),
        SUPERVISOR,
        "regulator:sample",
        ABOUT,
    ),
}

ORDERS: dict[str, Said] = {
    "order.issued": Said(
        _("Rectification orders"),
        _("The authority has issued an order: “%(order_title)s”. To be answered by %(due_on)s."),
        OF_A_CLASS,
        "institution:order",
        ABOUT,
    ),
    "order.demanded": Said(
        _("Orders to answer again"),
        _("More is asked about the order “%(order_title)s”. To be answered by %(due_on)s."),
        OF_A_CLASS,
        "institution:order",
        ABOUT,
    ),
    "order.due": Said(
        _("Orders soon due"),
        _("The order “%(order_title)s” is to be answered by %(due_on)s."),
        OF_A_CLASS,
        "institution:order",
        _ORDER,
    ),
    "order.accepted": Said(
        _("Orders closed"),
        _("The answer to the order “%(order_title)s” is accepted. The order is closed."),
        OF_A_CLASS,
        "institution:order",
        ABOUT,
    ),
    "order.withdrawn": Said(
        _("Orders withdrawn"),
        _("The order “%(order_title)s” is withdrawn. Nothing is to be answered."),
        OF_A_CLASS,
        "institution:order",
        ABOUT,
    ),
    "order.answered": Said(
        _("Orders answered"),
        _(
            "%(institution)s has answered the order “%(order_title)s”. Please accept it, or say what is still to be put right."
        ),
        SUPERVISOR,
        "regulator:order",
        ABOUT,
    ),
    "order.late": Said(
        _("Orders overdue"),
        _("%(institution)s has not answered the order “%(order_title)s”, which was due on %(due_on)s."),
        SUPERVISOR,
        "regulator:order",
        _ORDER,
    ),
}
