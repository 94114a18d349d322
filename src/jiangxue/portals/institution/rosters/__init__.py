"""Rosters sent as files, into an application to open a class or into an open class: sent, looked at, mended, confirmed. Clause C3; decision 0036."""
