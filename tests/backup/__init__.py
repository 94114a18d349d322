"""The drill: backups of a real platform, brought back elsewhere."""
