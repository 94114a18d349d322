"""Courseware on its way to the page: files by signed folder, and what the lock is about, keys and document pages, by what was earned."""
