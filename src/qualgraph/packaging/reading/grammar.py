"""Sentences of a packaging rule parsed into clauses by the grammar in ``rules.lark``. The only importer of lark."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

from lark import Lark, Token, Tree
from lark.exceptions import UnexpectedInput

MAX_SENTENCE = 1_200


@dataclass(frozen=True, kw_only=True)
class Word:
    """One word group of a sentence: its kind (a terminal of the grammar) and its wording."""

    kind: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Clause:
    """An amount (``at least 2``, ``the remaining 3``; empty where none is given) and the words after it."""

    amount: tuple[Word, ...] = ()
    words: tuple[Word, ...] = ()

    def has(self, *kinds: str) -> bool:
        """Whether the clause holds a word of one of these kinds."""
        return any(word.kind in kinds for word in self.amount + self.words)

    @property
    def numbers(self) -> tuple[int, ...]:
        """The figures of the amount."""
        return tuple(int(word.text) for word in self.amount if word.kind == "NUMBER")


@cache
def _parser() -> Lark:
    text = resources.files(__package__ or "").joinpath("rules.lark").read_text(encoding="utf-8")
    return Lark(text, parser="lalr", lexer="basic")


@lru_cache(maxsize=8192)
def clauses(sentence: str) -> tuple[Clause, ...] | None:
    """The clauses of a normalised sentence, in order; None where a word or the order of words is not known."""
    if not sentence.strip() or len(sentence) > MAX_SENTENCE:
        return None
    try:
        tree = _parser().parse(sentence)
    except UnexpectedInput:
        return None
    leading = _tokens(tree)
    found = [_clause(child) for child in tree.children if isinstance(child, Tree)]
    if not found:
        return (Clause(words=leading),)
    return (Clause(amount=found[0].amount, words=leading + found[0].words), *found[1:])


def _clause(tree: Tree[Token]) -> Clause:
    """A clause; an amount that ends the sentence (``Core units = 7``) is a clause without words."""
    if tree.data == "amount":
        return Clause(amount=_tokens(tree))
    [amount] = tree.find_data("amount")
    return Clause(amount=_tokens(amount), words=_tokens(tree))


def _tokens(tree: Tree[Token]) -> tuple[Word, ...]:
    return tuple(_word(child) for child in tree.children if isinstance(child, Token))


def _word(token: Token) -> Word:
    return Word(kind=token.type, text=str(token).strip())
