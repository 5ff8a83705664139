"""Search: the index is written here, and read by overrides/assets/javascripts/search.

Why an engine of its own. On ten query sets that were frozen before they were run, it found
the right page first in 67 to 82 % of the Chinese queries, where MiniSearch with pairs of
characters, over the same text, found 51 to 70 %; tools/FIGURES.md has every first run, and what
each constant is worth. What the others miss are names inside longer runs of characters, the other
language's words, other forms of a word, and questions.

Why the index is the text. A list of all pairs of Han characters and where they stand is larger
than the text that it comes from; with the text, any word is found as it stands, phrases and
excerpts cost nothing, and no segmentation at build can differ from the browser's. Looking
through the text of a thousand pages takes milliseconds.

- `sections`: a page's HTML → its sections; `twins`: what its other languages call them. Functions
  of the page and its twins alone, kept with it.
- `synonyms`: words that a reader and a writer may exchange, of which an index holds some.
- `characters`: traditional forms and pinyin of the characters that the index holds.
- `parts`: a very large index, of which a browser loads only what a query asks for.
- `packing`, `index`: the sections of all pages → the files that the browser loads.
- `messages`: what the dialog says.
"""

from docskit.search.characters import syllables
from docskit.search.index import IndexedPage, drafted_sections, further_files, index_files, keywords
from docskit.search.messages import messages
from docskit.search.sections import Section, sections
from docskit.search.twins import with_other_names

__all__ = [
    "IndexedPage",
    "Section",
    "drafted_sections",
    "further_files",
    "index_files",
    "keywords",
    "messages",
    "sections",
    "syllables",
    "with_other_names",
]
