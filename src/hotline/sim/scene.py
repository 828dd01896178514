"""One request's surroundings: place, times and numbers, the same wherever the ticket's texts mention them."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from random import Random
from typing import Final

from hotline.rules.vocabulary import CITY_TZ
from hotline.sim.places import Place
from hotline.sim.wording import filled

WRITTEN: Final = {"recent", "future"}
"""Slots that depend on when the sentence is written; all others are fixed for the ticket."""

LISTS: Final[Mapping[str, tuple[str, ...]]] = {
    "clock": ("今早六点多", "上午九点左右", "中午十二点", "下午三点多", "傍晚六点", "晚上八点多"),
    "latenight": ("十一点半", "十二点多", "凌晨一点", "凌晨两点多"),
    "when": ("昨天晚上", "今天上午", "这两天", "从昨天起"),
    "goods": ("电饭煲", "手机", "床垫", "羽绒服", "净水器", "按摩仪", "儿童手表", "扫地机器人"),
    "food": ("酸奶", "火腿肠", "吐司面包", "速冻水饺", "坚果礼盒"),
    "line": ("1号线", "2号线", "3号线", "4号线", "5号线"),
}
NUMBERS: Final[Mapping[str, tuple[int, int, int, str]]] = {
    "n": (2, 5, 1, ""),
    "n2": (4, 14, 1, ""),
    "n3": (60, 480, 10, ""),
    "fee": (80, 380, 10, ""),
    "fee2": (400, 680, 20, ""),
    "fee3": (1200, 6800, 100, ""),
    "money": (3000, 48000, 500, ""),
    "money2": (200, 1500, 50, ""),
    "fare": (45, 120, 1, ""),
    "fare2": (15, 28, 1, ""),
    "wait": (15, 40, 5, ""),
    "area": (12, 90, 1, ""),
    "age": (66, 88, 1, ""),
    "cold": (11, 15, 1, ""),
    "warm": (19, 21, 1, ""),
    "people": (6, 35, 1, "名工人"),
    "building": (1, 28, 1, "号楼"),
    "stair": (1, 4, 1, "单元"),
    "bus": (11, 168, 1, "路"),
}


class Scene:
    """The values of a ticket's slots, chosen when first asked for. Those who call about one thing share `anchors`."""

    def __init__(self, place: Place, at: datetime, rng: Random, anchors: Mapping[str, str] | None = None) -> None:
        self.place, self.at = place, at.astimezone(CITY_TZ)
        self._rng, self._values = rng, dict(anchors or {})

    def say(self, template: str, at: datetime | None = None, **more: str) -> str:
        """The sentence as it is written at that moment; `more` are the words only its writer knows."""
        return filled(template, self._rng, lambda slot: more[slot] if slot in more else self.value(slot, at))

    def value(self, slot: str, at: datetime | None = None) -> str:
        """What stands in a slot."""
        if slot in WRITTEN:
            return self._written(slot, (at or self.at).astimezone(CITY_TZ))
        if slot not in self._values:
            self._values[slot] = self._chosen(slot)
        return self._values[slot]

    def _written(self, slot: str, at: datetime) -> str:
        if slot == "future":
            return day(at + timedelta(days=self._rng.randint(12, 45)))
        back = timedelta(days=self._rng.randint(0, 1)) if at > self.at else timedelta(days=self._rng.randint(1, 6))
        return day(max(at - back, self.at) if at > self.at else at - back)

    def _chosen(self, slot: str) -> str:
        if slot in NUMBERS:
            low, high, step, behind = NUMBERS[slot]
            return f"{self._rng.randrange(low, high + 1, step)}{behind}"
        if slot in LISTS:
            return self._rng.choice(LISTS[slot])
        if slot in SPECIAL:
            return SPECIAL[slot](self)
        return self._rng.choice(self.place.names[slot])

    def month(self) -> str:
        """A month that lies some months back."""
        earlier = self.at - timedelta(days=30 * self._rng.randint(1, 8))
        return f"{'今年' if earlier.year == self.at.year else '去年'}{earlier.month}月"

    def cross(self) -> str:
        """A road that is not the one spoken of."""
        others = [name for name in self.place.names["road"] if name != self.value("road")]
        return self._rng.choice(others)


def day(at: datetime) -> str:
    """11月3日."""
    return f"{at.month}月{at.day}日"


SPECIAL: Final[Mapping[str, Callable[[Scene], str]]] = {
    "district": lambda scene: scene.place.district,
    "street": lambda scene: scene.place.region.name,
    "month": Scene.month,
    "cross": Scene.cross,
}
