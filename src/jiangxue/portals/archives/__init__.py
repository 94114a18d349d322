"""The page of an archive: how far it is proved, and giving it out. The same for the learner, the institution and the supervisor."""
