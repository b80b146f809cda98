"""What a difference between two releases of a source is: its kind, and the order of classes.

A kind names what moved and which way, because people act on a downgrade otherwise than on news.
One key may have moved in several ways; each is a change of its own.
"""

from enum import StrEnum


class ChangeKind(StrEnum):
    """Every kind of change of a reference source."""

    # A row as a whole: any source
    ADDED = "added"
    REMOVED = "removed"
    RESTATED = "restated"  # another field than those named below

    # ClinVar and other assertions
    CLASS_UP = "class_up"  # towards pathogenic
    CLASS_DOWN = "class_down"  # towards benign
    CLASS_MOVED = "class_moved"  # a word that has no place on the scale came or went
    CONFLICT_BEGUN = "conflict_begun"
    CONFLICT_ENDED = "conflict_ended"
    STARS_UP = "stars_up"
    STARS_DOWN = "stars_down"
    CONDITIONS_MOVED = "conditions_moved"

    # Population frequencies
    FREQUENCY_CROSSED_UP = "frequency_crossed_up"  # over a threshold that the rules use
    FREQUENCY_CROSSED_DOWN = "frequency_crossed_down"
    FREQUENCY_MOVED = "frequency_moved"
    FILTERS_MOVED = "filters_moved"
    COVERAGE_GAINED = "coverage_gained"
    COVERAGE_LOST = "coverage_lost"

    # Genes and diseases
    VALIDITY_UP = "validity_up"
    VALIDITY_DOWN = "validity_down"
    INHERITANCE_MOVED = "inheritance_moved"
    MECHANISM_MOVED = "mechanism_moved"
    DOSAGE_UP = "dosage_up"
    DOSAGE_DOWN = "dosage_down"

    # Ontologies, annotations and mappings
    ANNOTATION_ADDED = "annotation_added"
    ANNOTATION_REMOVED = "annotation_removed"
    ANNOTATION_FREQUENCY_MOVED = "annotation_frequency_moved"
    TERM_OBSOLETE = "term_obsolete"
    TERM_RENAMED = "term_renamed"
    TERM_MOVED = "term_moved"  # under other parents
    TERM_WEIGHT_CROSSED = "term_weight_crossed"  # over the mark from which it counts as specific

    # Predictors and other scores
    SCORE_CROSSED_UP = "score_crossed_up"  # over a calibrated cut-off that the rules use
    SCORE_CROSSED_DOWN = "score_crossed_down"
    SCORE_MOVED = "score_moved"

    # Transcripts
    TRANSCRIPT_MOVED = "transcript_moved"


def of_whole(before: object | None, after: object | None) -> ChangeKind:
    """Return what became of a row as a whole: it came, it went, or it says something else."""
    if before is None:
        return ChangeKind.ADDED
    return ChangeKind.REMOVED if after is None else ChangeKind.RESTATED
