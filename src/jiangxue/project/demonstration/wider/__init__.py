"""The wider demonstration: a second institution, an enterprise, and some hundred people who learned there in the weeks before."""
