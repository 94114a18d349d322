"""What organisations refuse."""


class OrganisationRefusal(Exception):
    """Base of all refusals about organisations."""


class NoSuchOrganisation(OrganisationRefusal):
    """There is no such organisation, or the viewer may not see or change it."""


class NameTaken(OrganisationRefusal):
    """Another organisation has this name."""


class UsccTaken(OrganisationRefusal):
    """Another organisation has this unified social credit code."""


class UsccUnfit(OrganisationRefusal):
    """What was typed is no unified social credit code; `fault` and `at` say why."""

    def __init__(self, fault: str, at: int) -> None:
        super().__init__(fault, at)
        self.fault = fault
        self.at = at


class NoSuchRegion(OrganisationRefusal):
    """No region has this code."""


class NoSuchPaper(OrganisationRefusal):
    """There is no such paper, or the viewer may not change it."""


class DatesReversed(OrganisationRefusal):
    """A paper would end before it was issued."""
