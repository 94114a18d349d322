"""What the ledger refuses."""

from enum import StrEnum


class KeyFault(StrEnum):
    """Why a key does not become that of a witness."""

    NOT_A_KEY = "not_a_key"
    OF_A_LOG = "of_a_log"
    OTHER_NAME = "other_name"
    KNOWN = "known"
    TOO_MANY = "too_many"


class AnswerFault(StrEnum):
    """Why nothing can be asked of a witness by mail, or why what came is not kept."""

    NOTHING_SIGNED = "nothing_signed"
    TOO_LARGE = "too_large"
    NOTHING_ASKED = "nothing_asked"
    TOO_LONG = "too_long"
    NOT_ITS = "not_its"
    DOES_NOT_HOLD = "does_not_hold"
    FUTURE = "future"
    PAST = "past"


class LedgerRefusal(Exception):
    """Base of all refusals of the ledger."""


class NoSuchArchive(LedgerRefusal):
    """No archive has this id, or its key was destroyed."""


class NotEvidence(LedgerRefusal):
    """What is to be appended could never be verified; the message says why."""


class LogDamaged(LedgerRefusal):
    """The tables of the log do not fit together; the message says where."""


class SealerRefusal(LedgerRefusal):
    """The sealer seals nothing with the key that it was given; the message says why."""


class SignerRefusal(LedgerRefusal):
    """The signer does not sign what the database holds; the message says why."""


class NotSealedYet(LedgerRefusal):
    """The archive has events that the log, its heads, its checkpoint or its witnesses do not cover yet."""


class NoSuchSize(LedgerRefusal):
    """The log has no checkpoint of this size, or is smaller."""


class NoSuchWitness(LedgerRefusal):
    """No witness has this number."""


class NotAWitness(LedgerRefusal):
    """What was given is not the verifier key of a new witness; `fault` says why."""

    def __init__(self, fault: KeyFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


class NotEnoughWitnesses(LedgerRefusal):
    """More witnesses would be demanded than there are: nothing could be given out any more."""


class NotACosignature(LedgerRefusal):
    """What was brought is not a signature of this witness under the checkpoint that was sent; `fault` says why."""

    def __init__(self, fault: AnswerFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


class NotErasedYet(LedgerRefusal):
    """The log does not hold, sealed and signed, that the archive is erased: its contents stay."""
