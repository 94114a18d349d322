"""The demonstration: people, a course and its media, made by the same services that real ones use."""
