"""An installation that had the first, simple directory keeps its rules until the new file is loaded."""

from datetime import date

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from hotline.registry.units.rules import all_rules
from hotline.rules.jurisdiction import LOCAL


@pytest.mark.django_db(transaction=True)
def test_the_first_rules_are_carried_over() -> None:
    executor = MigrationExecutor(connection)
    executor.migrate([("units", "0003_task_forces")])
    try:
        before = executor.loader.project_state([("units", "0003_task_forces")]).apps
        office = before.get_model("units", "Unit").objects.create(
            code="RX12345", full_name="热线办", short_name="热线办", group="leadership", kind="hotline", level=1
        )
        lead_rules = before.get_model("units", "LeadRule").objects
        lead_rules.create(category="010209", unit=office, basis="企业直接服务", valid_from=date(2021, 1, 1))
        lead_rules.create(category="060401", basis="属地管理")
        lead_rules.create(category="060401", region_code="340104", basis="属地管理")
    finally:
        MigrationExecutor(connection).migrate(MigrationExecutor(connection).loader.graph.leaf_nodes())
    carried = {rule.id: rule for rule in all_rules()}
    assert set(carried) == {"010209-901", "060401-901", "060401-902"}
    assert carried["010209-901"].lead == "RX12345"
    assert carried["010209-901"].valid_from == date(2021, 1, 1)
    assert (carried["060401-901"].lead, carried["060401-902"].regions) == (LOCAL, ("340104",))
    assert {rule.owner for rule in carried.values()} == {"RX12345"}
