"""Pinyin of names, so that agents can find a unit or a category by typing `wyfw` for 物业服务."""

from functools import lru_cache


@lru_cache(maxsize=4096)
def _syllables(name: str) -> tuple[str, ...]:
    from pypinyin import lazy_pinyin

    return tuple(part for raw in lazy_pinyin(name) if (part := "".join(c for c in raw.lower() if c.isalnum())))


def initials(name: str) -> str:
    """The first letter of every syllable; digits and Latin letters stay as they are."""
    return "".join(part if part.isdigit() else part[0] for part in _syllables(name))


def letters(name: str) -> str:
    """The whole name in letters without tones."""
    return "".join(_syllables(name))
