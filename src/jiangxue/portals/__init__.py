"""The pages, one package per audience: addresses, views and templates; no rules and no tables."""
