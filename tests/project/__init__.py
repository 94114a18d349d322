"""The composition root: what the environment may say."""
