"""Tables of supervision; a file for each idea."""

from jiangxue.supervision.models.cases import Case, CasePicture, CaseStep
from jiangxue.supervision.models.hours_proofs import HoursProof, WithdrawnProof
from jiangxue.supervision.models.orders import OrderFile, OrderStep, RectificationOrder
from jiangxue.supervision.models.sampling import Draw, Drawn, DrawnWord
from jiangxue.supervision.models.worth_a_look import WorthALook

__all__ = [
    "Case",
    "CasePicture",
    "CaseStep",
    "Draw",
    "Drawn",
    "DrawnWord",
    "HoursProof",
    "OrderFile",
    "OrderStep",
    "RectificationOrder",
    "WithdrawnProof",
    "WorthALook",
]
