"""What supervision refuses of proofs of hours."""

from jiangxue.supervision.errors import SupervisionRefusal


class ProofRefusal(SupervisionRefusal):
    """Base of all refusals of proofs of hours."""


class NotYours(ProofRefusal):
    """Neither the learner, nor somebody who answers for the class or watches over it."""


class NothingToProve(ProofRefusal):
    """The learner has no time yet that counts, or the archive is erased."""


class NoSuchProof(ProofRefusal):
    """There is no such proof, or the viewer may not see it."""


class AlreadyWithdrawn(ProofRefusal):
    """The proof was withdrawn before."""


class NotAReason(ProofRefusal):
    """A reason is missing, or longer than 200 characters."""
