"""`make chaos`: real processes are killed under load, again and again, and the database is asked whether anything was lost.

`site` is what is running, `kills` the ways to kill a part of it and to bring it back, `judging` judges every session again from the
beats that are stored. Load and counts come from `scripts.bench`.
"""
