"""How a patient meets every disease of a corpus: seven measures, none of which was trained.

Every measure is 0 or least where patient and disease share nothing; a disease that nothing is
known of is never thereby less likely than one that is known to be different. A term that another of
the patient's implies says nothing more, and no measure reads it.

phenodigm
    PhenoDigm's (Smedley 2013, PMID 23660285) on the human ontology alone: the mean of *best*, the
    highest pair of terms as a share of the patient's highest, and *mean*, how much of the patient
    the disease covers and how much of the disease the patient shows. PhenoDigm pools both
    directions against the patient's own best, so that its share can pass 1 and a disease with many
    annotations outvotes the patient; here each is measured against itself and weighs the same.
    It is 1 when both have the same terms, none of which implies another, and then only.
bounded_lr
    Sum over the patient's terms of ln P(term | disease) / P(term | any disease), never below
    FLOOR for one term (`meeting`): LIRICAL's idea (Robinson 2020, PMID 32755546) with bounds.
soft_lr
    The same sum, each term answered by that of its ancestors which speaks most for the disease.
lin_query, resnik_query
    How much of the patient the disease covers, by Lin's measure and by shared content.
lin_disease
    How much of the disease the patient shows, by Lin's measure; its terms weigh by information
    content and by frequency.
excluded_lr
    Sum over excluded terms; the default does not read it (`excluded`).
"""

from dataclasses import dataclass
from math import log

import numpy as np

from varinterp.phenotype.corpus import Corpus, PatientTerms, Query
from varinterp.phenotype.excluded import excluded_weights
from varinterp.phenotype.meeting import Meeting, meet
from varinterp.phenotype.ragged import Floats, over_rows
from varinterp.phenotype.scale import Pairs, Scale
from varinterp.phenotype.table import Table

FEATURES = (
    "phenodigm",
    "bounded_lr",
    "soft_lr",
    "lin_query",
    "resnik_query",
    "lin_disease",
    "excluded_lr",
)
"""Names of the columns, in their order."""


@dataclass(frozen=True, slots=True, eq=False)
class Features:
    """One row a disease of the corpus, one column for each of FEATURES.

    The first `reference` rows are the release's own diseases: what is average is measured on them.
    `observed` and `excluded` hold what each of the patient's terms alone (rows) weighs in each
    disease: sums of them, without terms that others imply, are `bounded_lr` and `excluded_lr`.
    `most` is ln of one over how often the telling terms are found together in any disease, if none
    made another likelier: what no likelihood ratio of them can pass.
    """

    diseases: tuple[str, ...]
    values: Floats
    reference: int
    observed: Floats
    excluded: Floats
    most: float

    def column(self, name: str) -> Floats:
        """Return one measure of every disease."""
        column: Floats = self.values[:, FEATURES.index(name)]
        return column


def features(corpus: Corpus, patient: PatientTerms) -> Features:
    """Measure a patient against every disease of a corpus."""
    return measured(corpus, corpus.read(patient))


def measured(corpus: Corpus, query: Query) -> Features:
    """Measure a patient whose terms are resolved; without terms every measure is 0."""
    count = len(corpus.rows)
    found = Features(
        diseases=corpus.diseases,
        values=np.zeros((count, len(FEATURES))),
        reference=corpus.reference,
        observed=np.zeros((len(query.observed), count)),
        excluded=np.zeros((len(query.excluded), count)),
        most=-sum(log(corpus.scale.background[term]) for term in query.telling),
    )
    meetings = [corpus.meet(term) for term in query.observed]
    _measure(corpus, corpus.table, meetings, query, slice(corpus.reference), found)
    if corpus.patch is not None:
        meetings = [meet(corpus.scale, corpus.patch, term) for term in query.observed]
        _measure(corpus, corpus.patch, meetings, query, corpus.places, found)
    return found


def _measure(
    corpus: Corpus,
    table: Table,
    meetings: list[Meeting],
    query: Query,
    rows: slice | list[int],
    found: Features,
) -> None:
    """Write the rows of a table's diseases."""
    found.excluded[:, rows] = excluded_weights(corpus.scale, table, query.excluded)
    values = np.zeros((len(table), len(FEATURES)))
    if query.observed:
        found.observed[:, rows] = [each.bounded for each in meetings]
        met = zip(query.observed, meetings, strict=True)
        meetings = [meeting for term, meeting in met if term in query.telling]
        content = corpus.ic[list(query.telling)]
        pairs = [corpus.scale.pairs(term) for term in query.telling]
        values[:, 0] = _phenodigm(corpus.scale, table, meetings, pairs, content)
        values[:, 1] = np.add.reduce([each.bounded for each in meetings])
        values[:, 2] = np.add.reduce([each.soft for each in meetings])
        values[:, 3] = np.add.reduce([each.lin for each in meetings]) / len(meetings)
        values[:, 4] = _share(np.add.reduce([each.shared for each in meetings]), content.sum())
        values[:, 5] = _lin_disease(table, pairs)
    values[:, 6] = found.excluded[:, rows].sum(axis=0)
    found.values[rows] = values


def _phenodigm(
    scale: Scale, table: Table, meetings: list[Meeting], pairs: list[Pairs], content: Floats
) -> Floats:
    """Return the score in [0, 1] of every disease; `content` is that of the patient's terms."""
    ideal = np.sqrt(content)
    best = np.maximum.reduce([each.digm for each in meetings])
    covered = _share(np.add.reduce([each.digm for each in meetings]), ideal.sum())
    terms, starts = table.annotated.terms.values, table.annotated.terms.starts
    nearest = np.maximum.reduce([each.digm for each in pairs])
    shown = over_rows(np.add, nearest.take(terms), starts)
    whole = over_rows(np.add, np.sqrt(scale.ic).take(terms), starts)
    return (_share(best, ideal.max()) + (covered + _share(shown, whole)) / 2) / 2


def _lin_disease(table: Table, pairs: list[Pairs]) -> Floats:
    terms, starts = table.annotated.terms.values, table.annotated.terms.starts
    nearest = np.maximum.reduce([each.lin for each in pairs])
    shown = over_rows(np.add, table.weight * nearest.take(terms), starts)
    return _share(shown, over_rows(np.add, table.weight, starts))


def _share(part: Floats, whole: Floats) -> Floats:
    """Divide; nothing of nothing is nothing."""
    part, whole = np.broadcast_arrays(part, whole)
    return np.divide(part, whole, out=np.zeros(part.shape), where=whole > 0)
