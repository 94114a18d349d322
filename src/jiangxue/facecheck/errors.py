"""What facecheck refuses."""


class FaceRefusal(Exception):
    """Base of all refusals about faces."""


class NoFaceConsent(FaceRefusal):
    """The person has not agreed, or no longer agrees, that their face is recorded and compared."""


class NotEnrolled(FaceRefusal):
    """There is no template to compare with."""


class AlreadyEnrolled(FaceRefusal):
    """There is a template already; another one is made after it was deleted."""


class NoAttemptsLeft(FaceRefusal):
    """All attempts that the check allows were used."""


class TooManyAttempts(FaceRefusal):
    """More attempts were begun than anybody needs: enrolling or trying a device."""


class NoSuchTicket(FaceRefusal):
    """The ticket is unknown, was used, or is over."""


class TicketOfAnother(FaceRefusal):
    """The ticket was given to somebody else."""


class AllowanceChanged(FaceRefusal):
    """Somebody else has arranged something since the page was read."""


class AllowanceStands(FaceRefusal):
    """What is to be arranged for somebody holds already."""
