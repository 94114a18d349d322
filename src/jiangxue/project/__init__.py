"""The composition root: settings, addresses, servers, the demonstration. Everything else is put together here."""
