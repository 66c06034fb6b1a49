"""Terms that one edition replaces by others, and the texts that this explains.

A term is a phrase that at least two texts change in the same way and that hardly
remains in what was touched; the names of renamed units are terms of their own accord.
A text is explained when nothing else in it changed but words that agree with the term.
Pure: no Django, no database.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from review.compare.agreement import ARTICLES, agrees
from review.compare.changes import Term
from review.compare.phrases import Hunk, Reworded, Text, Words

_TEXTS = 2  # that must show the same replacement
_EVERYWHERE = 0.5  # share of the places of the old term that took the new one
_MANY = 10_000
_BEFORE, _AFTER = 4, 8  # words around a term that may have to agree with it


@dataclass
class _Replacement:
    """One term: the phrases that stand for it, with the printed form of each."""

    forms: dict[tuple[Words, Words], Counter] = field(default_factory=dict)
    count: int = 0

    def note(self, old: Words, new: Words, printed: tuple[str, str]) -> None:
        self.forms.setdefault((old, new), Counter())[printed] += 1

    def listed(self) -> Term:
        """Under its most frequent form."""
        printed = Counter()
        for form in self.forms.values():
            printed.update([form.most_common(1)[0][0]] * form.total())
        ranked = [form for form, _count in printed.most_common()]
        return Term(*ranked[0], self.count, tuple(ranked))


class Terms:
    """The replacements of a comparison."""

    def __init__(self, replacements: Iterable[_Replacement]) -> None:
        self._replacements = list(replacements)
        self._by_first: dict[str, list[tuple[Words, Words, _Replacement]]] = {}
        for replacement in self._replacements:
            for old, new in replacement.forms:
                self._by_first.setdefault(old[0], []).append((old, new, replacement))
        for forms in self._by_first.values():
            forms.sort(key=lambda form: -len(form[0]))
        self._new_forms = sorted(
            {new for one in self._replacements for _old, new in one.forms},
            key=len,
            reverse=True,
        )

    @classmethod
    def found(
        cls,
        reworded: Sequence[Reworded],
        renamed: Iterable[tuple[str, str]],
        touched: Iterable[str],
    ) -> Terms:
        """The terms that explain something in the reworded texts.

        ``renamed`` are pairs of names; ``touched`` the new texts of all units and
        chapters where a text was reworded.
        """
        declared = []
        for old, new in renamed:
            replacement = _Replacement()
            was, now = Text(old).words, Text(new).words
            if was and now and was != now:
                replacement.note(tuple(was), tuple(now), (old, new))
                declared.append(replacement)
        known = cls(declared)
        discovered = _discover(
            [one for one in reworded if not known.explain(one)], _Remaining(touched)
        )
        terms = cls([*declared, *discovered])
        for one in reworded:
            for replacement, count in terms._counts(one):
                replacement.count += count
        return terms

    @property
    def listed(self) -> list[Term]:
        """Those that were used, the most frequent first."""
        used = [one.listed() for one in self._replacements if one.count]
        return sorted(used, key=lambda term: (-term.count, term.old.casefold()))

    def explain(self, text: Reworded) -> bool:
        """Whether the replacements, and what agrees with them, are all that changed."""
        replaced, spans, number_changes = self._replaced(text)
        if not spans:
            return False
        old, near = self._without_articles(replaced, spans)
        new, _near = self._without_articles(text.new.words, [])
        return len(old) == len(new) and all(
            one == other or (close and agrees(one, other, number_changes))
            for one, other, close in zip(old, new, near, strict=True)
        )

    def _replaced(self, text: Reworded):
        """The old words with touched terms replaced, where, and if number changes."""
        words = text.old.words
        result: list[str] = []
        spans: list[tuple[int, int]] = []
        number_changes = False
        done = 0
        for at, old, new, _replacement in self._touched_terms(text):
            result += words[done:at]
            spans.append((len(result), len(result) + len(new)))
            result += new
            number_changes |= _is_plural(old) != _is_plural(new)
            done = at + len(old)
        return result + words[done:], spans, number_changes

    def _touched_terms(
        self, text: Reworded
    ) -> Iterator[tuple[int, Words, Words, _Replacement]]:
        """The old terms that something changed in or beside, and where they begin."""
        words = text.old.words
        if self._by_first.keys().isdisjoint(words):
            return
        done = 0
        for at in [at for at, word in enumerate(words) if word in self._by_first]:
            if at < done:
                continue
            for old, new, replacement in self._by_first[words[at]]:
                end = at + len(old)
                if tuple(words[at:end]) == old and _touched(text, at, end):
                    yield at, old, new, replacement
                    done = end
                    break

    def _without_articles(self, words, spans):
        """The words without the articles of new terms, and which may have to agree."""
        near = [False] * len(words)
        for start, end in spans:
            for at in range(max(0, start - _BEFORE), min(len(words), end + _AFTER)):
                near[at] = True
        dropped = {
            at - 1
            for form in self._new_forms
            for at in _places(words, form)
            if at and words[at - 1] in ARTICLES
        }
        if not dropped:
            return words, near
        kept = [at for at in range(len(words)) if at not in dropped]
        return [words[at] for at in kept], [near[at] for at in kept]

    def _counts(self, text: Reworded) -> Iterable[tuple[_Replacement, int]]:
        """How often each replacement happened in this text."""
        words = text.old.words
        met: dict[int, list] = {}
        for _at, _old, new, replacement in self._touched_terms(text):
            entry = met.setdefault(id(replacement), [replacement, 0, set()])
            entry[1] += 1
            entry[2].add(new)
        for replacement, lost, forms in met.values():
            gained = sum(
                len(_places(text.new.words, form)) - len(_places(words, form))
                for form in forms
            )
            if gained > 0:
                yield replacement, min(lost, gained)


def _is_plural(phrase: Words) -> bool:
    return phrase[0].endswith("s")


def _touched(text: Reworded, start: int, end: int) -> bool:
    """Whether anything changed inside the words or right beside them."""
    return any(
        tag != "equal"
        and ((i1 < end and i2 > start) or (i1 == i2 and start <= i1 <= end))
        for tag, i1, i2, _j1, _j2 in text.opcodes
    )


def _places(words: Sequence[str], phrase: Words) -> list[int]:
    """Where a phrase begins in the words."""
    found = []
    first, length = phrase[0], len(phrase)
    at = -1
    while True:
        try:
            at = words.index(first, at + 1)
        except ValueError:
            return found
        if tuple(words[at : at + length]) == phrase:
            found.append(at)


class _Remaining:
    """How often a phrase stands in the texts that the new edition touched."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._text = "\n".join(texts).casefold()

    def count(self, phrase: str, most: int) -> int:
        """Its places; counting stops after ``most`` of them."""
        phrase = phrase.casefold()
        text, found, at = self._text, 0, self._text.find(phrase)
        while at >= 0 and found <= most:
            end = at + len(phrase)
            before = text[at - 1 : at] if at else ""
            if not before.isalnum() and not text[end : end + 1].isalnum():
                found += 1
            at = text.find(phrase, at + 1)
        return found


def _discover(
    reworded: Sequence[Reworded], remaining: _Remaining
) -> list[_Replacement]:
    """The replacements that several texts show, longer phrases first."""
    groups: dict[object, list[Hunk]] = defaultdict(list)
    for text in reworded:
        for hunk in text.hunks():
            groups[hunk.trimmed().lemma].append(hunk)
    found: list[_Replacement] = []
    covered: set[tuple[int, int]] = set()
    for hunks in sorted(groups.values(), key=lambda hunks: -len(hunks[0].old)):
        free = [one for one in hunks if _key(one.trimmed()) not in covered]
        accepted = _accepted(free, remaining)
        if not accepted:
            continue
        replacement = _Replacement()
        for hunk in accepted:
            replacement.note(hunk.old, hunk.new, hunk.printed)
            covered.update((id(hunk.of), at) for at in range(hunk.i1, hunk.i2 + 1))
        found.append(replacement)
    return found


def _key(hunk: Hunk) -> tuple[int, int]:
    return id(hunk.of), hunk.i1


def _accepted(hunks: list[Hunk], remaining: _Remaining) -> list[Hunk]:
    """The hunks as occurrences of one term, widened as far as it takes; else none."""
    # One common function in many units is one text.
    if len({hunk.of.old.raw for hunk in hunks}) < _TEXTS:
        return []
    trimmed = [hunk.trimmed() for hunk in hunks]
    left = _widened(hunks, left=True)
    phrases = [
        trimmed,
        left,
        _widened(hunks, left=False),
        _widened(left, left=False),
    ]
    if left and all(
        wide.i1 == one.i1 - 1 for wide, one in zip(left, trimmed, strict=True)
    ):
        # "buzón IMSS" is the term, not "IMSS": what always stands right before it.
        phrases[:2] = left, trimmed
    # The first of those that are replaced in most of their places.
    shares = [_share_replaced(phrase, remaining) for phrase in phrases]
    most = max(shares)
    return phrases[shares.index(most)] if most >= _EVERYWHERE else []


def _widened(hunks: list[Hunk], *, left: bool) -> list[Hunk]:
    """All with their next word, if it is one and the same; else none."""
    wider = [hunk.wider(left=left) for hunk in hunks]
    found = [hunk.trimmed(agreeing=False) for hunk in wider if hunk is not None]
    same = {hunk.lemma for hunk in found}
    return found if len(found) == len(hunks) and len(same) == 1 else []


def _share_replaced(hunks: list[Hunk], remaining: _Remaining) -> float:
    """In how many of its places a phrase was replaced; 0 for what is no term."""
    if not hunks or not all(hunk.can_be_term() for hunk in hunks):
        return 0.0
    printed = {
        (old.casefold(), new.casefold()) for old, new in (one.printed for one in hunks)
    }
    left = 0
    for old, new in printed:
        within = new.count(old)
        kept = remaining.count(new, _MANY) * within if within else 0
        # More than this and the share is too small, however many more there are.
        left += remaining.count(old, kept + len(hunks)) - kept
    return len(hunks) / (len(hunks) + max(0, left))
