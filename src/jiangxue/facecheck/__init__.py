"""Whether the learner is who they say: enrolment of faces, checks of faces and liveness, and camera signals. Clauses T0, T3.1-T3.3, T4.

It owns templates, attempts and pictures, and knows of a check no more than its id. It refuses to decide about learning time:
`learning` owns the check, pulls its outcome, and hears people where no machine can decide.
"""
