"""What alarms of the ledger, and what came of asking a witness, mean and ask for, in words."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from jiangxue.kernel.clock import from_ms
from jiangxue.ledger.errors import AnswerFault, KeyFault
from jiangxue.ledger.models import Alarm, Witness
from jiangxue.ledger.queries.audits import SENTENCES, is_being_audited, last_audit
from jiangxue.ledger.queries.state import ALARMING, LogState

RECENT = timedelta(days=7)
FINDINGS_SHOWN = 20


@dataclass(frozen=True, slots=True)
class AlarmWords:
    """A kind of alarm: what it is called, what it means, and what to do."""

    label: str | Promise
    meaning: str | Promise
    advice: str | Promise


ALARMS: dict[str, AlarmWords] = {
    "inbox.altered": AlarmWords(
        gettext_lazy("Records were altered before they were sealed"),
        gettext_lazy(
            "Rows that waited for sealing no longer matched what was recorded with them. They were set aside and are in no archive."
        ),
        gettext_lazy(
            "Find out who could write to the database. Keep the database and its logs as they are, and report it as a security incident."
        ),
    ),
    "sealer.refused": AlarmWords(
        gettext_lazy("The sealer stopped"),
        gettext_lazy(
            "The tables of the ledger do not fit together, or the sealer was given another key, so nothing more is sealed. New records wait and are not lost."
        ),
        gettext_lazy(
            "If the details name the key, give the sealer that of the application. If not, do not mend the tables by hand: compare with the last backup, and report it as a security incident if nobody restored the database."
        ),
    ),
    "sealer.key_lacking": AlarmWords(
        gettext_lazy("The sealer lacks a sealing key"),
        gettext_lazy(
            "Records of archives whose key is sealed under a newer sealing key wait, because the sealer was not told of that key. They are not lost."
        ),
        gettext_lazy(
            "Give the sealer the same sealing keys as the application and start it again. If nobody changed the sealing key, find out who could write to the database, and report it as a security incident."
        ),
    ),
    "signer.refused": AlarmWords(
        gettext_lazy("The signer refused to sign"),
        gettext_lazy(
            "The ledger does not continue what was signed before: the database was set back, records were changed or removed, or the key is another one."
        ),
        gettext_lazy(
            "If the database was restored from a backup, it lacks records: restore a newer one. If not, records were tampered with: keep everything as it is and report it."
        ),
    ),
    "witness.refused": AlarmWords(
        gettext_lazy("A witness refused to sign"),
        gettext_lazy("It says that the new checkpoint does not continue the one that it signed last."),
        gettext_lazy(
            "Ask the witness for the refused file in its evidence folder, and compare it with the public checkpoint. Until this is settled, tell your authority."
        ),
    ),
    "witness.ahead": AlarmWords(
        gettext_lazy("A witness remembers more than this database holds"),
        gettext_lazy(
            "The size that it signed last is larger than the ledger is now: the database may have been restored from an old backup."
        ),
        gettext_lazy(
            "Find out what was restored, and when. Bring the newest backup back; records since then are missing."
        ),
    ),
    "audit.found": AlarmWords(
        gettext_lazy("The audit of the ledger found something"),
        gettext_lazy("The audit of the whole ledger came upon rows that do not fit what was sealed and signed."),
        gettext_lazy(
            "Do not mend the tables by hand. Keep the database and its logs as they are, run the audit once more by hand, and report it as a security incident if it finds the same."
        ),
    ),
    "audit_days.found": AlarmWords(
        gettext_lazy("Days of the audit differ from the ledger"),
        gettext_lazy(
            "Entries of the audit were computed again and are not those of which the check value was entered in the ledger, or days are missing there."
        ),
        gettext_lazy(
            "Do not mend the tables by hand. Keep the database and its logs as they are, compare the days with the last backup, and report it as a security incident."
        ),
    ),
    "restored.not_admitted": AlarmWords(
        gettext_lazy("A restored database was not admitted"),
        gettext_lazy(
            "It was brought back from a backup, and its ledger is older than what was signed or witnessed, has another history, or does not fit. The details say which."
        ),
        gettext_lazy(
            "Look for a newer backup and restore it into another database. Leave sealer and signer stopped here, keep what is known outside, and tell your authority what is missing."
        ),
    ),
    "archive.damaged": AlarmWords(
        gettext_lazy("An archive could not be given out"),
        gettext_lazy(
            "What is kept of it is lost, cannot be opened, or does not fit what was signed. The details name it."
        ),
        gettext_lazy(
            "Do not mend the tables by hand. Run the audit with all contents, and bring back what is missing from a backup. If nobody restored anything, report it as a security incident."
        ),
    ),
}
UNKNOWN = AlarmWords(
    gettext_lazy("Something else about the ledger"),
    gettext_lazy("The program has noticed something that this page has no words for."),
    gettext_lazy("Give the details below to those who maintain the program."),
)

OUTCOMES: dict[str, str | Promise] = {
    "signed": gettext_lazy("It has countersigned."),
    "silent": gettext_lazy("It did not answer. Check the address, and whether its program and the network work."),
    "unknown_key": gettext_lazy(
        "It does not accept our signature. Send it the present public key of the ledger and ask it to register that."
    ),
    "unknown_log": gettext_lazy("It does not know this ledger yet. Send it the public key of the ledger to register."),
    "refused": gettext_lazy(
        "It refused: it says that this does not continue what it signed before. Look at the alarms below."
    ),
    "ahead": gettext_lazy(
        "It remembers a larger ledger than this database holds. The database may have been restored from an old backup."
    ),
    "odd": gettext_lazy(
        "It answered something that is no valid signature. Check that the address is that of a witness and that its clock is right."
    ),
}

KEY_FAULTS: dict[KeyFault, str | Promise] = {
    KeyFault.NOT_A_KEY: gettext_lazy(
        "This is no verifier key. Paste the whole line that the witness's program shows with “status”: name, plus sign, 8 characters, plus sign, the key."
    ),
    KeyFault.OF_A_LOG: gettext_lazy("This is the key of a ledger. Ask the witness for its own key."),
    KeyFault.OTHER_NAME: gettext_lazy(
        "The same key already stands under another name. Ask the witness to make a new key for a new name."
    ),
    KeyFault.KNOWN: gettext_lazy("This witness is in the list already; change its title or address there."),
    KeyFault.TOO_MANY: gettext_lazy(
        "There is no room for another witness under a checkpoint (15 at most, fewer if their names are long). Retire one first."
    ),
}

ANSWER_FAULTS: dict[AnswerFault, str | Promise] = {
    AnswerFault.NOTHING_SIGNED: gettext_lazy("Nothing of the ledger is signed yet. Try again in a minute."),
    AnswerFault.TOO_LARGE: gettext_lazy(
        "The ledger is smaller than that. Check the number; if the witness confirms it, the database may have been restored from an old backup."
    ),
    AnswerFault.NOTHING_ASKED: gettext_lazy(
        "Nothing was asked of this witness yet. Download the request first and send it to the witness."
    ),
    AnswerFault.TOO_LONG: gettext_lazy("This is too long to be an answer. Choose the answer file of the witness."),
    AnswerFault.NOT_ITS: gettext_lazy(
        "There is no signature of this witness in it. Paste the whole line, without line breaks in between, or choose the answer file."
    ),
    AnswerFault.DOES_NOT_HOLD: gettext_lazy(
        "The signature is not one under the checkpoint of the last request. If the answer belongs to an earlier request, send the witness the newest one; else it was altered on the way."
    ),
    AnswerFault.FUTURE: gettext_lazy(
        "The time in the signature lies in the future. Ask the witness to set its clock and to sign again."
    ),
    AnswerFault.PAST: gettext_lazy(
        "The time in the signature lies before the checkpoint was made. Ask the witness to set its clock and to sign again."
    ),
}


def alarm_line(alarm: Alarm) -> dict[str, object]:
    """Return an alarm as the page shows it."""
    words = ALARMS.get(alarm.kind, UNKNOWN)
    return {
        "at": from_ms(alarm.at_ms),
        "kind": alarm.kind,
        "label": words.label,
        "meaning": words.meaning,
        "advice": words.advice,
        "detail": alarm.detail[:600],
    }


def outcome_said(witness: Witness) -> str:
    """Say what came of asking a witness last."""
    if witness.outcome:
        return str(OUTCOMES.get(witness.outcome, OUTCOMES["odd"]))
    return _("It has not been asked yet.")


def detail_said(witness: Witness) -> str:
    """Say what a witness answered, for those who mend it; empty where the outcome says it all."""
    if witness.outcome in {"", "signed"}:
        return ""
    if witness.outcome_detail in set(AnswerFault):
        return str(ANSWER_FAULTS[AnswerFault(witness.outcome_detail)])
    return witness.outcome_detail.strip()


def troubles(state: LogState, recent_alarms: int, now: datetime) -> list[str]:
    """Return what about the ledger needs a person, one sentence each; none if all is well."""
    found = []
    if state.is_sealer_late(now):
        found.append(
            _(
                "Records have waited for sealing for more than a minute: see whether the sealer runs, and look at its log. They are not lost."
            )
        )
    if state.is_signer_late(now):
        found.append(
            _(
                "Sealed records have had no signature for more than a minute: see whether the signer runs, and look at its log."
            )
        )
    if state.is_witness_late(now) and state.unwitnessed_since:
        found.append(
            _(
                "What was signed since %(time)s lacks the witnesses that an export waits for, and is in no archive yet: see on the page of the ledger which witness has not signed. What is witnessed after more than 7 days counts as not recorded in time."
            )
            % {"time": f"{localtime(state.unwitnessed_since):%Y-%m-%d %H:%M}"}
        )
    if any(seen.witness.outcome in ALARMING for seen in state.active):
        found.append(_("A witness does not agree with this ledger."))
    if recent_alarms:
        found.append(_("There are alarms of the last 7 days."))
    return found


def ledger_line(state: LogState, recent_alarms: int, now: datetime) -> dict[str, object]:
    """Say on the page of the platform's state whether the ledger needs attention."""
    found = troubles(state, recent_alarms, now)
    if not found:
        said = _("Everything recorded is sealed and signed within a minute, and there is no alarm of the last 7 days.")
    elif len(found) == 1:
        said = found[0]
    else:
        said = ngettext("%(first)s And %(more)d thing more.", "%(first)s And %(more)d things more.", len(found) - 1) % {
            "first": found[0],
            "more": len(found) - 1,
        }
    return {"label": _("Ledger"), "works": not found, "sentence": said}


def audit_shown() -> dict[str, object]:
    """Return the newest audit of the whole ledger as the page shows it."""
    last, running = last_audit(), is_being_audited()
    if last is None:
        return {"is_running": running, "at": None}
    lines = [{"sentence": SENTENCES.get(kind, kind), "place": place} for kind, place, _words in last.findings]
    return {
        "is_running": running,
        "at": last.at,
        "size": last.size,
        "seconds": last.seconds,
        "found": last.found,
        "findings": lines[:FINDINGS_SHOWN],
        "more": max(0, last.found - min(len(lines), FINDINGS_SHOWN)),
    }
