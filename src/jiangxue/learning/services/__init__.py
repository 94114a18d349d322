"""The acts of learning, one transaction each: opening a session, hearing a beat, ending a session."""
