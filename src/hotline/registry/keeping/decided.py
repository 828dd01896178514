"""Rules that were published on pages: from then on they are decided there, and loading the city's files leaves them."""

from hotline.registry.calendars.draft_models import RuleRecord
from hotline.rules.rule_keeping import DraftKind, RuleAct


def decided_here() -> frozenset[str]:
    """The numbers of rules that some publication has touched."""
    records = RuleRecord.objects.filter(kind=DraftKind.DIRECTORY.value, act=RuleAct.PUBLISHED.value)
    keys = (key for after in records.values_list("after", flat=True) for key in after["rules"])
    return frozenset(key.partition("@")[0] for key in keys)
