"""Documents become pages: a picture of each page, its text beside it, and a record of all of them.

It owns the folder of a paged document and its record (`document.json`). It refuses files that have no pages, and knows no course,
no lesson and no database. Files come from `intake`, which has looked at them.
"""

from jiangxue.courseware.paging.pages import write_pages
from jiangxue.courseware.paging.record import read_document
from jiangxue.courseware.paging.shapes import PagedDocument, PagingLimits

__all__ = ["PagedDocument", "PagingLimits", "read_document", "write_pages"]
