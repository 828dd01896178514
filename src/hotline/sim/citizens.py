"""Who calls: invented names with telephone numbers that belong to nobody (1990000 and four digits).

Some call again and again, and some say no name at all.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from typing import Any, Final

SURNAMES: Final = tuple(
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎"
)
WOMEN: Final = ("芳", "秀英", "敏", "静", "丽", "娟", "桂兰", "玉梅", "婷婷", "雪", "思雨", "欣怡", "春燕", "晓红")
MEN: Final = ("伟", "强", "磊", "军", "洋", "勇", "建国", "志明", "浩然", "宇轩", "国庆", "海波", "俊杰", "大明")
PHONE: Final = "1990000{:04d}"
NUMBERS: Final = 10_000
AGAIN: Final = 0.12
NAMELESS: Final = 0.03


@dataclass(frozen=True)
class Citizen:
    """One requester."""

    name: str
    gender: str
    phone: str

    @property
    def called(self) -> str:
        """张女士."""
        return f"{self.name[:1] or '诉求人'}{'女士' if self.gender == 'female' else '先生'}" if self.name else "诉求人"

    def row(self, company: str = "") -> Mapping[str, Any]:
        """What the ticket keeps of who asked."""
        kind = {"kind": "company", "company_name": company} if company else {"kind": "person"}
        return {**kind, "name": self.name, "gender": self.gender, "phone": self.phone}


class Citizens:
    """The city's callers; one in eight has called before."""

    def __init__(self) -> None:
        self._known: list[Citizen] = []

    def next(self, rng: Random) -> tuple[Citizen, bool]:
        """Somebody, and whether they have called before."""
        if rng.random() < NAMELESS:
            return Citizen("", "", ""), False
        if self._known and rng.random() < AGAIN:
            return rng.choice(self._known[-400:]), True
        gender = rng.choice(("female", "male"))
        given = rng.choice(WOMEN if gender == "female" else MEN)
        citizen = Citizen(rng.choice(SURNAMES) + given, gender, PHONE.format(rng.randrange(NUMBERS)))
        self._known.append(citizen)
        return citizen, False
