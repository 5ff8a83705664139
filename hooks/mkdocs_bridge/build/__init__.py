"""The loop: pages converted, rendered and written, and the preview."""

from mkdocs_bridge.build.derived_outputs import write_derived
from mkdocs_bridge.build.incremental import listen
from mkdocs_bridge.build.preview import LastBuild, take_over
from mkdocs_bridge.build.survey import SurveyedPage, survey

__all__ = [
    "LastBuild",
    "SurveyedPage",
    "listen",
    "survey",
    "take_over",
    "write_derived",
]
