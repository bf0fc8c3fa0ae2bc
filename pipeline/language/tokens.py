"""Vietnamese words as spaCy tokens over exactly the clean text.

In: clean text.  Out: a spaCy ``Doc`` whose text is that text, letter for letter; each token is a
word as underthesea segments it ("cải cách", "hành chính"), line ends are tokens of their own, and
sentence starts are set.

underthesea rewrites what it reads (tone placement, spaces inside words), so its words are aligned
by counting letters, never by comparing them.
"""

from __future__ import annotations

import re

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import registry
from spacy.vocab import Vocab

# The segmenter's time grows with the square of what has no space in it; no word is so long.
_PART = re.compile(r"(?P<endless>\S{300,})|(?:(?!\S{300})[^\n])+")
_SENTENCE_END = frozenset(".;!?…")


def segment(text: str) -> list[tuple[int, int]]:
    """Spans of the words of a text, in order; together they cover every character but spaces."""
    from underthesea import word_tokenize

    spans: list[tuple[int, int]] = []
    for part in _PART.finditer(text):
        if part.group("endless"):
            spans.append(part.span())
            continue
        words = word_tokenize(part.group(), use_token_normalize=False)
        spans.extend(_align(text, part.start(), part.end(), words))
    return spans


def _align(text: str, start: int, end: int, words: list[str]) -> list[tuple[int, int]]:
    letters = [i for i, sign in enumerate(text[start:end], start) if not sign.isspace()]
    spans = []
    at = 0
    for word in words:
        size = len("".join(word.split()))
        if size == 0:
            continue
        if at + size > len(letters):
            break
        spans.append((letters[at], letters[at + size - 1] + 1))
        at += size
    if at < len(letters):  # the segmenter dropped something: keep the rest as plain words
        rest = letters[at]
        spans.extend(
            (rest + m.start(), rest + m.end()) for m in re.finditer(r"\S+", text[rest:end])
        )
    return spans


class UndertheseaTokenizer:
    """A spaCy tokenizer: ``nlp(text).text == text`` for every text."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        words: list[str] = []
        spaces: list[bool] = []
        starts: list[bool | int | None] = []
        at = 0
        new_sentence = True
        for start, end in [*segment(text), (len(text), len(text))]:
            gap = text[at:start]
            if gap:
                if words and gap.startswith(" "):
                    spaces[-1] = True
                    gap = gap[1:]
                if gap:
                    words.append(gap)
                    spaces.append(False)
                    starts.append(False)
                    new_sentence = new_sentence or "\n" in gap
            if end > start:
                words.append(text[start:end])
                spaces.append(False)
                starts.append(new_sentence)
                new_sentence = text[end - 1] in _SENTENCE_END
            at = end
        if starts:
            starts[0] = True
        return Doc(self.vocab, words=words, spaces=spaces, sent_starts=starts)

    def to_bytes(self, **_: object) -> bytes:
        """Nothing to save: the model is underthesea's own."""
        return b""

    def from_bytes(self, _data: bytes, **__: object) -> UndertheseaTokenizer:
        """Counterpart of ``to_bytes``."""
        return self

    def to_disk(self, _path: object, **__: object) -> None:
        """Nothing to save."""

    def from_disk(self, _path: object, **__: object) -> UndertheseaTokenizer:
        """Counterpart of ``to_disk``."""
        return self


@registry.tokenizers("kehoach.underthesea.v1")  # type: ignore[untyped-decorator]
def _make_tokenizer() -> object:
    def create(nlp: Language) -> UndertheseaTokenizer:
        return UndertheseaTokenizer(nlp.vocab)

    return create


def blank() -> Language:
    """A spaCy pipeline for Vietnamese with our tokenizer and no component."""
    return spacy.blank(
        "vi", config={"nlp": {"tokenizer": {"@tokenizers": "kehoach.underthesea.v1"}}}
    )
