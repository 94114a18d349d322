"""Pure rules of screening: how signs are read, which words are found, which files become the list."""
