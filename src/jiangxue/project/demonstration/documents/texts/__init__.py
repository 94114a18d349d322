"""What the documents of the demonstration say, apart from how they are drawn. Sample copy: no electrician has checked it."""
