"""JSON read forward, value by value, with the line that each begins at: a long list is never held whole."""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator
from typing import IO, Any, Final

from qualgraph.errors import BrokenDocumentError

MAX_VALUE: Final = 32 * 1024 * 1024
"""Characters of one value that are read: of an element, where a list is read element by element."""

_CHUNK: Final = 64 * 1024
_BLANKS: Final = " \t\r\n"
_DECODER: Final = json.JSONDecoder()
_HINT: Final = "The file may be cut off or damaged; save the answer again."


def is_text(value: Any) -> bool:
    """Whether all strings of a JSON value are text; one with half of a pair of surrogates is none."""
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return False
    return True


class JsonText:
    """A JSON text and how far it has been read."""

    def __init__(self, stream: IO[bytes], name: str) -> None:
        """``name`` is the file's, for messages."""
        self.line = 1
        """The line of what comes next."""
        self._stream = stream
        self._name = name
        self._decoder = codecs.getincrementaldecoder("utf-8-sig")()
        self._text = ""
        self._at = 0
        self._ended = False

    def peek(self) -> str:
        """The next character that is no white space; empty at the end of the text."""
        while True:
            start = self._at
            while self._at < len(self._text) and self._text[self._at] in _BLANKS:
                self._at += 1
            self.line += self._text.count("\n", start, self._at)
            if self._at < len(self._text):
                return self._text[self._at]
            if not self._more(_CHUNK):
                return ""

    def value(self) -> Any:
        """The next value, whole; raises BrokenDocumentError where there is none."""
        if not self.peek():
            raise self.broken("breaks off")
        size = _CHUNK
        while True:
            try:
                found, end = _DECODER.raw_decode(self._text, self._at)
            except RecursionError as error:
                raise self.broken("is nested too deeply") from error
            except ValueError as error:
                size *= 2
                if len(self._text) - self._at > MAX_VALUE or not self._more(size):
                    raise self.broken(f"is no JSON ({error})") from error
                continue
            if end < len(self._text) or not self._more(size):
                if "\\ud" in self._text[self._at : end].lower() and not is_text(found):
                    raise self.broken("holds half of a character (a lone surrogate)")
                self.line += self._text.count("\n", self._at, end)
                self._at = end
                return found
            size *= 2

    def members(self) -> Iterator[str]:
        """The names of an object's members; the caller reads the value of each before it asks for the next."""
        self._take("{")
        while self.peek() != "}":
            name = self.value()
            if not isinstance(name, str):
                raise self.broken("has a member without a name")
            self._take(":")
            yield name
            if self.peek() == ",":
                self._take(",")
            elif self.peek() != "}":
                raise self.broken("breaks off")
        self._take("}")

    def elements(self) -> Iterator[tuple[int, Any]]:
        """Each element of a list with its line."""
        self._take("[")
        while self.peek() != "]":
            line = self.line
            yield line, self.value()
            if self.peek() == ",":
                self._take(",")
            elif self.peek() != "]":
                raise self.broken("breaks off")
        self._take("]")

    def rows(self, name: str) -> Iterator[tuple[int, Any]]:
        """Each element, with its line, of a list, or of the list that is the member ``name`` of an object."""
        if self.peek() == "[":
            yield from self.elements()
            return
        for member in self.members():
            if member == name and self.peek() == "[":
                yield from self.elements()
            else:
                self.value()

    def values(self) -> Iterator[tuple[int, Any]]:
        """Every value up to the end of the text with its line, as in JSON Lines."""
        while self.peek():
            yield self.line, self.value()

    def broken(self, what: str) -> BrokenDocumentError:
        """What is wrong with the text, and where."""
        return BrokenDocumentError(f"{what}.", where=f"{self._name}:{self.line}", hint=_HINT)

    def _take(self, character: str) -> None:
        if self.peek() != character:
            raise self.broken("breaks off" if not self.peek() else f"is no JSON: '{character}' is missing")
        self._at += 1

    def _more(self, size: int) -> bool:
        """Reads on; what was used is let go."""
        if self._ended:
            return False
        try:
            data = self._stream.read(size)
            new = self._decoder.decode(data, final=not data)
        except UnicodeDecodeError as error:
            raise self.broken("is not UTF-8") from error
        except OSError as error:
            raise self.broken(f"cannot be read ({error.strerror})") from error
        self._ended = not data
        self._text = self._text[self._at :] + new
        self._at = 0
        return bool(data)
