"""Decisions about tests, pure: docs/rules/lesson-tests.md."""
