"""Pure decisions about the audit."""
