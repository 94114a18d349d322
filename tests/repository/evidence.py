"""The tables of evidence."""

APPEND_ONLY = [
    "accounts_consent",
    *("archive_freeze", "archive_freezeend", "archive_retentionrule", "archive_settledplace"),
    *("archive_settlement", "archive_settlementreview"),
    *(
        "attendance_attendancemark",
        "attendance_attendanceobjection",
        "attendance_attendancereview",
        "attendance_attendancestatement",
    ),
    *("audit_auditentry", "audit_daycheck"),
    "courseware_versionlesson",
    *("enrolment_openingstep", "enrolment_planchange", "enrolment_promise", "enrolment_subsidytable"),
    *("facecheck_documentcomparison", "facecheck_faceallowance"),
    *("learning_appeal", "learning_appealstep", "learning_beat", "learning_beat_default"),
    *("learning_correction", "learning_facereviewstep", "learning_identityreview", "learning_identitystatement"),
    *("learning_interruption", "learning_segment", "learning_verdict"),
    *("ledger_alarm", "ledger_checkpoint", "ledger_cosignature", "ledger_entry"),
    *("ledger_heads", "ledger_inboxentry", "ledger_logaudit", "ledger_quarantined"),
    *("ledger_signingkey", "ledger_tile", "ledger_witnessrule"),
    "policies_policyversion",
    "rating_ratingchange",
    *("review_lessonlook", "review_review", "review_takedown"),
    *("screening_listedword", "screening_screening", "screening_wordlist"),
    *("supervision_case", "supervision_casestep", "supervision_draw", "supervision_drawn"),
    *("supervision_drawnword", "supervision_hoursproof", "supervision_orderstep", "supervision_rectificationorder"),
    "supervision_withdrawnproof",
]
"""Tables to which rows can be added, and nothing else."""
ERASABLE_LATER = [
    *("accounts_correctiondecision", "accounts_correctionrequest", "accounts_identityverification"),
    *("facecheck_alikefaces", "facecheck_facecomparison", "facecheck_facepicture"),
    *("learning_appealpicture", "organisations_paperfile"),
    *("supervision_casepicture", "supervision_orderfile"),
    *("ledger_payload", "ledger_subjectkey"),
]
"""Tables whose rows nobody changes, and the owner's functions remove when their time is over."""
