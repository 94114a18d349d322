"""The colours of the demonstration's slides and documents, as red, green and blue."""

type Colour = tuple[int, int, int]

PAPER: Colour = (251, 250, 246)
INK: Colour = (31, 58, 95)
READ: Colour = (92, 110, 134)
QUIET: Colour = (112, 124, 140)
RULE: Colour = (216, 219, 221)
SEAL: Colour = (181, 54, 43)
