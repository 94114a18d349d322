"""People who want minutes that they did not learn, each beside an honest twin who gets exactly theirs."""
