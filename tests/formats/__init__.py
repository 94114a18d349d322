"""The worked examples of docs/formats, made by the platform and read by what knows only those pages."""
