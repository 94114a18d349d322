"""The quality report of courseware and its preview, as the staff and the reviewers see them. Clause T1.4."""
