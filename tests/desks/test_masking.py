"""What of a requester is shown before somebody asks for it on record."""

import pytest

from hotline.desks.masking import masked_address, masked_name, masked_phone


@pytest.mark.parametrize(
    ("name", "shown"),
    [("", ""), ("王小明", "王**"), ("欧阳", "欧*"), ("合肥某某餐饮管理有限公司", "合肥某某****"), (" 张三 ", "张*")],
)
def test_a_name_keeps_its_first_sign(name: str, shown: str) -> None:
    assert masked_name(name) == shown


@pytest.mark.parametrize(
    ("phone", "shown"),
    [("", ""), ("13805510001", "138****0001"), ("055165550000", "055****0000"), ("65550000", "******00"), ("1", "1")],
)
def test_a_phone_keeps_its_ends(phone: str, shown: str) -> None:
    assert masked_phone(phone) == shown


@pytest.mark.parametrize(
    ("address", "shown"), [("庐阳区长江中路88号", "庐阳区长江中****"), ("长江路", "***"), ("", "")]
)
def test_an_address_loses_the_house(address: str, shown: str) -> None:
    assert masked_address(address) == shown
