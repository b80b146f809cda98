"""What the demonstration knows: a transcript, two diseases, releases, a patient's terms."""

from pathlib import Path

from varinterp.model.case import (
    ReleaseLabel,
    StageCount,
)
from varinterp.model.facts import (
    GeneLinks,
)
from varinterp.model.gene_disease import GeneDisease, Inheritance, Mechanism

ROOT = Path(__file__).parents[3]

DISEASE = "OMIM:616878"
DISEASE_NAME = (
    "Metabolic encephalomyopathic crises, recurrent, with rhabdomyolysis, cardiac arrhythmias, "
    "and neurodegeneration"
)
GOITRE = "PMID:31805011"

LINKS = {
    "HGNC:25439": GeneLinks(
        (
            GeneDisease(
                hgnc="HGNC:25439",
                gene="TANGO2",
                disease=DISEASE,
                disease_name=DISEASE_NAME,
                inheritance=Inheritance.AUTOSOMAL_RECESSIVE,
                mechanism=Mechanism.LOSS_OF_FUNCTION,
                known_since="2016-01-31",
                pmid="26805781;26805782",
            ),
        )
    ),
    "HGNC:2847": GeneLinks(
        (
            GeneDisease(
                hgnc="HGNC:2847",
                gene="DGCR8",
                disease=GOITRE,
                disease_name="Multinodular goitre with schwannomatosis (DGCR8)",
                inheritance=Inheritance.AUTOSOMAL_DOMINANT,
                mechanism=Mechanism.NOT_ESTABLISHED,
                known_since="2019-12-31",
                pmid="31805011",
            ),
        )
    ),
}

RELEASES = (
    ReleaseLabel(
        "clinvar",
        "2017-04-04",
        "2017-04-04",
        "https://www.ncbi.nlm.nih.gov/clinvar/",
        "public domain (NCBI)",
        False,
        "It carries no review status: stars are unknown, not zero.",
    ),
    ReleaseLabel(
        "gene_disease",
        "2020-06-30",
        "2020-06-30",
        "https://pubmed.ncbi.nlm.nih.gov/",
        "Apache-2.0 (written for this project)",
        False,
    ),
    ReleaseLabel(
        "gnomad",
        "demo-constructed-1",
        "2024-04-19",
        "",
        "Apache-2.0 (written for this project)",
        True,
        "Constructed frequencies of the demonstration's region.",
    ),
    ReleaseLabel(
        "hpo",
        "2025-01-16",
        "2025-01-16",
        "https://hpo.jax.org/",
        "HPO licence",
        False,
    ),
    ReleaseLabel(
        "mane",
        "1.5",
        "2025-11-21",
        "https://www.ncbi.nlm.nih.gov/refseq/MANE/",
        "public domain (NCBI), EMBL-EBI terms",
        False,
    ),
)

TERMS = (
    ("HP:0001249", "Intellectual disability", "exact"),
    ("HP:0001250", "Seizure", "exact"),
    ("HP:0001943", "Hypoglycemia", "exact"),
    ("HP:0001987", "Hyperammonemia", "exact"),
    ("HP:0002376", "Developmental regression", "exact"),
    ("HP:0003201", "Rhabdomyolysis", "exact"),
    ("HP:0003236", "Elevated circulating creatine kinase concentration", "exact"),
    ("HP:0000252", "Microcephaly", "related"),
    ("HP:0002307", "Drooling", "absent"),
    ("HP:0031956", "Elevated circulating aspartate aminotransferase concentration", "related"),
)
TERM_NAMES = {term: name for term, name, _ in TERMS}
EXCLUDED = ("HP:0001662", "HP:0001664", "HP:0005184")

COUNTS = (
    StageCount("normalise", 1841, 1806, (("symbolic", 1), ("not_carried", 34), ("joined", 0))),
    StageCount("gates", 1806, 9, (("no_gate", 1797),)),
    StageCount("genes", 9, 3, (("outside_genes", 6),)),
)
