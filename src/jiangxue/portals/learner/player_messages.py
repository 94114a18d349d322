"""The words of the player, translated for the island that shows them."""


def player_messages() -> dict[str, str]:
    """Return every message of the player by its key."""
    return {}
