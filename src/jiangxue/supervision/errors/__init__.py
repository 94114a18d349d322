"""What supervision refuses."""


class SupervisionRefusal(Exception):
    """Base of all refusals of supervision."""
