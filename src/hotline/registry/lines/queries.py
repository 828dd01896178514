"""What others ask about channels, merged lines, tags and reasons."""

from datetime import date

from hotline.registry.lines.models import Channel, ReasonCode, ReasonList, SourceLine, Tag


def channels() -> list[Channel]:
    """All channels by code."""
    return list(Channel.objects.order_by("code"))


def source_lines(day: date) -> list[SourceLine]:
    """Lines that may be named as the source on that day; our own number first."""
    return sorted(SourceLine.objects.on(day), key=lambda line: (line.merge_mode != "own", line.number))


def tags(day: date) -> list[Tag]:
    """Tags that may be set on that day."""
    return list(Tag.objects.on(day).order_by("code"))


def reasons(codelist: ReasonList | str, day: date) -> list[ReasonCode]:
    """The reasons of one list that may be chosen on that day, in the city's order."""
    return list(ReasonCode.objects.on(day).filter(list=str(codelist)).order_by("position", "code"))


def reason(codelist: ReasonList | str, code: str) -> ReasonCode | None:
    """One reason, also when it may no longer be chosen."""
    return ReasonCode.objects.filter(list=str(codelist), code=code).first()


def codelists(day: date) -> dict[str, frozenset[str]]:
    """Every list of codes an act may name on that day, the source lines among them."""
    found: dict[str, set[str]] = {kind.value: set() for kind in ReasonList}
    for codelist, code in ReasonCode.objects.on(day).values_list("list", "code"):
        found[codelist].add(code)
    found["source_line"] = set(SourceLine.objects.on(day).values_list("number", flat=True))
    found["tag_any"] = set(Tag.objects.values_list("code", flat=True))
    found["tag"] = set(Tag.objects.on(day).values_list("code", flat=True))
    return {codelist: frozenset(codes) for codelist, codes in found.items()}
