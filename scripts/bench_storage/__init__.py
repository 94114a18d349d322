"""`make bench-storage`: what a learner's hour takes on the disk, by table, and what millions of them would."""
