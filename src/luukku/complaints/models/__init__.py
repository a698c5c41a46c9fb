from luukku.complaints.models.complaints import Complaint, ComplaintTurn, ComplaintWarning, Correction
from luukku.complaints.models.rules import ComplaintCause, ComplaintRule

__all__ = ["Complaint", "ComplaintCause", "ComplaintRule", "ComplaintTurn", "ComplaintWarning", "Correction"]
