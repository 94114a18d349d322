"""The courses of the demonstration: what their papers say, of which files they are made, and at which step of the review each stands."""
