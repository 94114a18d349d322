"""The log in the database, without Django: what seals, signs and audits it works on a plain connection with its own rights."""
