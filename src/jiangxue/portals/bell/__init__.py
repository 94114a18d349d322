"""The messages (消息) of whoever is signed in, the same page for every role. Clause C5."""
