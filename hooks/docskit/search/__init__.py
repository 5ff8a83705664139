"""Search: the index is written here, and read by overrides/assets/javascripts/search.

Why an engine of its own. Over the same bilingual book, with the same 75 Chinese and 39 English
queries in one Chromium (`make bench-search`), the right page came first, and in the first ten:

| engine           | Chinese     | English      | index   |
|------------------|-------------|--------------|---------|
| this one         | 99 %, 100 % | 92 %, 100 %  | 146 kB  |
| Material + jieba | 60 %, 81 %  | 33 %, 72 %   | 440 kB  |
| Pagefind         | 61 %, 72 %  | 62 %, 72 %   | 1079 kB |

Kilobytes are on the wire: here of one language, there of both. What the others miss are names
inside longer runs of characters, exact titles, other forms of a word, and questions.

Why the index is the text. A list of all pairs of Han characters and where they stand is larger
than the text that it comes from; with the text, any word is found as it stands, phrases and
excerpts cost nothing, and no segmentation at build can differ from the browser's. Looking
through the text of a thousand pages takes milliseconds.

- `sections`: a page's HTML → its sections. A function of the page alone, kept with it.
- `characters`: traditional forms and pinyin of the characters that the index holds.
- `packing`, `index`: the sections of all pages → the files that the browser loads.
- `messages`: what the dialog says.
"""
