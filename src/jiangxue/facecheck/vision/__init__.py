"""The eyes: what a picture shows, in the numbers of `facecheck.rules.shapes`. No table, no Django, no judgement.

Pictures are decoded in caged processes alone: `pool.Eyes` runs some of them, `worker` is one.
"""
