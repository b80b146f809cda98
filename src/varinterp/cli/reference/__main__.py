"""Write the generated documents: ``python -m varinterp.cli.reference``."""

from varinterp.cli.reference import generated_documents
from varinterp.files import write_text

for path, text in generated_documents().items():
    write_text(path, text)
    print(path)
