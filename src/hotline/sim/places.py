"""Invented places: estates, roads, shops and sites of every street, the same names for as long as the city runs.

No name is meant to be a real firm's; the streets themselves are those of the city's data.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Final

from hotline.sim.town import Region, Town

STEMS: Final = (
    "听澜", "云岫", "青禾", "临溪", "望塘", "松间", "南枝", "晴川", "禾木", "拾光", "棠梨", "枫桥",
    "半山", "竹里", "清荷", "朗月", "瑞锦", "安澜", "汀兰", "逸林", "金穗", "柏景", "丹枫", "和泰",
    "鹿鸣", "芳甸", "梧桐", "书香", "锦里", "云锦", "春申", "问渠", "雅颂", "槐荫", "长乐", "观澜",
    "雨花", "紫藤", "白鹭", "沁园",
)  # fmt: skip
ENDINGS: Final[Mapping[str, tuple[str, ...]]] = {
    "estate": ("雅苑", "花园", "家园", "新村", "华庭", "公寓", "小区", "名邸"),
    "road": ("路", "大道", "街", "巷"),
    "village": ("村", "社区居民组"),
    "park": ("公园", "游园", "湿地公园"),
    "school": ("小学", "实验小学", "中学"),
    "hospital": ("医院", "康复医院"),
    "restaurant": ("家常菜馆", "烧烤店", "火锅店", "小厨", "牛肉面馆"),
    "supermarket": ("生活超市", "便利店", "商贸城", "家电卖场"),
    "gym": ("健身会所", "美容养生馆", "游泳健身中心", "美发沙龙"),
    "training": ("艺术培训中心", "外语培训学校", "篮球俱乐部"),
    "pharmacy": ("大药房", "药店"),
    "clinic": ("美容工作室", "口腔门诊部", "中医理疗馆"),
    "market": ("服装批发市场", "建材市场", "小商品市场"),
    "development": ("湾", "府", "云境", "里"),
    "site": ("广场项目工地", "二期工地", "商务中心工地", "安置点项目工地"),
}
FIRMS: Final[Mapping[str, tuple[str, ...]]] = {
    "company": ("科技有限公司", "物流有限公司", "商贸有限公司", "餐饮管理有限公司", "电子有限公司"),
    "builder": ("建设工程有限公司", "建筑劳务有限公司", "市政工程有限公司"),
    "developer": ("置业有限公司", "房地产开发有限公司"),
    "factory": ("包装材料厂", "机械加工厂", "食品加工厂", "塑料制品厂", "家具厂"),
    "travel": ("旅行社",),
    "agency": ("房产经纪有限公司", "公寓租赁有限公司"),
}
PER_STREET: Final = {"estate": 7, "road": 5, "village": 4, "restaurant": 4}
CROWDED: Final[Mapping[str, float]] = {
    "YH": 13, "LY": 12, "SS": 15, "BH": 18, "GXQ": 8, "JKQ": 9, "XZQ": 7, "FX": 5, "FD": 5, "CF": 5, "CH": 4, "LJ": 3,
}  # fmt: skip
"""How much of the city's life goes on under each manager; others count 2."""


@dataclass(frozen=True)
class Place:
    """A street with what stands in it."""

    region: Region
    district: str
    names: Mapping[str, tuple[str, ...]]


class Gazetteer:
    """All places of the city, crowded ones met more often."""

    def __init__(self, town: Town, rng: Random, weights: Mapping[str, float] | None = None) -> None:
        self._places = {region.code: _place(region, town, rng) for region in town.regions}
        self._all = list(self._places.values()), _weights(town.regions, weights or {})
        rural = [(p, w) for p, w in zip(*self._all, strict=True) if p.region.rural]
        self._rural = [p for p, _ in rural], [w for _, w in rural]

    def somewhere(self, rng: Random, *, rural: bool = False) -> Place:
        """A place by chance."""
        places, weights = self._rural if rural and self._rural[0] else self._all
        return rng.choices(places, weights)[0]


def _weights(regions: Sequence[Region], more: Mapping[str, float]) -> list[float]:
    """By manager, shared out among its streets; `more` multiplies those of a manager or a street."""
    count: dict[str, int] = {}
    for region in regions:
        count[region.manager] = count.get(region.manager, 0) + 1
    return [
        CROWDED.get(region.manager, 2) / count[region.manager] * more.get(region.manager, 1) * more.get(region.code, 1)
        for region in regions
    ]


def _place(region: Region, town: Town, rng: Random) -> Place:
    names = {kind: _few(kind, endings, "", rng) for kind, endings in ENDINGS.items()}
    names |= {kind: _few(kind, endings, "合肥", rng) for kind, endings in FIRMS.items()}
    return Place(region, town.name(region.manager), names)


def _few(kind: str, endings: Sequence[str], front: str, rng: Random) -> tuple[str, ...]:
    """Some different names of one kind; estates and roads are many, parks and hospitals one or two."""
    stems = rng.sample(STEMS, PER_STREET.get(kind, 2))
    return tuple(f"{front}{stem}{rng.choice(endings)}" for stem in stems)
