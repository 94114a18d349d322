"""What pages, charts and exports ask: all of it takes the viewer and is scoped by it."""
