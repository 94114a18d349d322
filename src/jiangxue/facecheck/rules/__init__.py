"""Pure decisions about faces: no clock, no chance, no picture. What the eyes saw of a frame comes in as numbers. The text they follow is docs/rules/face-checks.md."""
