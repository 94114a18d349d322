"""`make bench`: how many beats a second this machine commits, at what delay and what cost, by all real rules.

`plan` says what is run, `place` is a PostgreSQL of its own with durable settings, `learners` fills it, `hot` starts the processes
that hear beats, `generator` is a process of its own that plays all learners (`page` is one of them, `wire` their connections),
`measuring` reads what the work cost, `checking` compares what was acknowledged with what the database holds, `report` prints.
"""
