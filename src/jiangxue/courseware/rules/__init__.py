"""Pure decisions about courses."""
