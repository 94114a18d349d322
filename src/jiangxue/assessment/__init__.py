"""The tests of lessons (课节测验): attempts, their marking, and what of a lesson is recognised. No time is earned here."""
