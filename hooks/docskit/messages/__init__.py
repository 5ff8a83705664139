"""What is said to authors: problems, how they are laid out, how far a build has come."""

from docskit.messages.characters import fit, unfit_characters
from docskit.messages.fingerprints import OpaqueError, digest, fingerprint
from docskit.messages.locales import in_language, is_eastern, language
from docskit.messages.problem import Problem, Severity
from docskit.messages.problem_report import as_github, as_json, as_text
from docskit.messages.progress_line import Progress
from docskit.messages.repeated import KEPT_ALIKE, KEPT_SAME, told_once

__all__ = [
    "KEPT_ALIKE",
    "KEPT_SAME",
    "OpaqueError",
    "Problem",
    "Progress",
    "Severity",
    "as_github",
    "as_json",
    "as_text",
    "digest",
    "fingerprint",
    "fit",
    "in_language",
    "is_eastern",
    "language",
    "told_once",
    "unfit_characters",
]
