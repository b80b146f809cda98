"""Write the generated documents: ``python -m varinterp.cli.reference``."""

from varinterp.cli.reference import reference_documents
from varinterp.files import write_text

for path, text in reference_documents().items():
    write_text(path, text)
    print(path)
