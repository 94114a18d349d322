"""The socket on which a page shows a face (docs/formats/face-check.md)."""
