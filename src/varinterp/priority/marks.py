"""What a reader should know before they believe a hypothesis. Marks hide nothing and move nothing.

noise gene     a published list has the gene as one of recurrent false or unspecific findings
laboratory     the laboratory's own list has the gene, or an allele
benign         ClinVar says (likely) benign of an allele, and nothing else
"""

from collections.abc import Iterator

from varinterp.model.clinvar import BENIGN
from varinterp.model.evidence import Reason
from varinterp.priority.placed import Placed
from varinterp.priority.weights import ListUse


def marks(placed: Placed) -> tuple[Reason, ...]:
    """Return the marks of a hypothesis, in the order above, each once."""
    return tuple(dict.fromkeys(_marks(placed)))


def _marks(placed: Placed) -> Iterator[Reason]:
    noise = placed.weights.entry(ListUse.NOISE, placed.gene)
    if noise is not None:
        yield Reason.of("mark.noise_gene", noise_family=noise.says, source=noise.source)
    for name in (placed.gene, *(str(each.allele) for each in placed.candidates)):
        own = placed.weights.entry(ListUse.LABORATORY, name)
        if own is not None:
            yield Reason.of("mark.laboratory", why=own.says, title=own.title, what=name)
    for each in placed.assessed:
        said = each.external
        if said is not None and said.significance and set(said.significance) <= BENIGN:
            yield Reason.of("mark.clinvar_benign", allele=str(each.key.allele), stars=said.stars)
