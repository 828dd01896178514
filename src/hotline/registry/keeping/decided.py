"""Rules that pages decide, by publication or by a precedent: from then on loading the city's files leaves them."""

from hotline.registry.calendars.draft_models import RuleRecord
from hotline.registry.units.rule_models import DirectoryRule
from hotline.rules.rule_keeping import DraftKind, RuleAct


def decided_here() -> frozenset[str]:
    """The numbers of rules that some publication has touched, and of those that precedents have put in."""
    records = RuleRecord.objects.filter(kind=DraftKind.DIRECTORY.value, act=RuleAct.PUBLISHED.value)
    keys = (key for after in records.values_list("after", flat=True) for key in after["rules"])
    ruled = DirectoryRule.objects.filter(by_precedent=True).values_list("number", flat=True)
    return frozenset(key.partition("@")[0] for key in keys) | frozenset(ruled)
