"""The shapes of rule parameters: which fields there are, their units and the range each may take."""
