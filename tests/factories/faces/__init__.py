"""Faces for tests and measurements, all made from one photograph: people before a camera, and those who only pretend to be there.

    head = Head()                                       # Head(another(1)) is another person
    jpeg = head.frame(turn=20, mouth=0.5, colour="#c8ffc8")
    learner = Live(seed=3)                              # and Still, Loop, RecordedFlash, Tablet, Print, TintBot
    jpeg = learner.frame(Shown("flash", since_ms=1000, colour="#c8ffc8"), at_ms=1250)

Everything that looks like chance follows the seed.
"""
