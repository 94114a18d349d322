"""Tables of supervision; a file for each idea."""

from jiangxue.supervision.models.cases import Case, CasePicture, CaseStep

__all__ = ["Case", "CasePicture", "CaseStep"]
