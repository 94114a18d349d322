"""How often attacks on the face check pass and honest people do not, on faces drawn from one photograph (docs/trust.md)."""
