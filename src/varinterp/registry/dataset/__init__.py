"""What people said and did: consents, prescriptions, observations, signatures, reviews, lists."""

from varinterp.registry.dataset.facade import Dataset

__all__ = ["Dataset"]
