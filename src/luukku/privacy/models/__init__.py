from luukku.privacy.models.keeping import Erasure, RetentionTime

__all__ = ("Erasure", "RetentionTime")
