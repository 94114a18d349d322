"""The papers of a course: outline, introduction, sheet of review opinions, inventory, training flow. Clause M7.

A paper is made of `CourseContent` and `PaperFacts` alone, in the language that is active: first blocks of words (`shapes`), then a
PDF or a Word file of them. It owns nothing, knows no table, and believes no text: whatever is in a title stays a text.
"""

from jiangxue.courseware.papers.flow import flow_of
from jiangxue.courseware.papers.introduction import introduction
from jiangxue.courseware.papers.inventory import inventory
from jiangxue.courseware.papers.outline import outline
from jiangxue.courseware.papers.review_sheet import review_sheet
from jiangxue.typesetting.pdf import pdf_of
from jiangxue.typesetting.shapes import Paper
from jiangxue.typesetting.word import word_of

__all__ = ["Paper", "flow_of", "introduction", "inventory", "outline", "pdf_of", "review_sheet", "word_of"]
