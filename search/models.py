"""An index: Django looks here for the models of this room. Code imports each from its concept."""

from search.attached_files.models import FilePage, FileText
from search.facets.models import FacetValue
from search.indexing.models import IndexChange
from search.meaning.models import EditionVectors
from search.query_log.models import AskedQuestion
from search.tuning.models import Recommendation, Synonym

__all__ = [
    "AskedQuestion",
    "EditionVectors",
    "FacetValue",
    "FilePage",
    "FileText",
    "IndexChange",
    "Recommendation",
    "Synonym",
]
