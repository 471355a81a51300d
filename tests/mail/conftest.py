from tests.consultation.conftest import consultation

__all__ = ["consultation"]
