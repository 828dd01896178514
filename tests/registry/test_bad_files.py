"""Files with mistakes: each is named with file, line and a sentence that says what to do, and nothing is loaded."""

from pathlib import Path

import pytest
from django.utils.translation import override

from hotline.registry.loading import load_city
from hotline.registry.loading.problems import SENTENCES
from hotline.registry.loading.read import read_city
from hotline.registry.units.models import Unit
from tests.registry.hefei_city import HEFEI, NOW, Edit

EDITS: list[tuple[str, str, str, str, str]] = [
    ("header.missing", "tags.csv", "英文名称", "英文", "tags.csv：缺少“英文名称”列，请补上。"),
    ("header.unknown", "tags.csv", "英文名称", "英文", "tags.csv：表头里的“英文”不认识，请改正或删除该列。"),
    ("header.repeated", "tags.csv", "名称,英文名称", "名称,英文名称,名称", "tags.csv：表头里“名称”出现了两次。"),
    (
        "row.width",
        "tags.csv",
        "油烟,Cooking fumes,,",
        "油烟,Cooking fumes,,,,x",
        "tags.csv 第10行：这一行有7格，表头只有5列。",
    ),
    ("cell.empty", "tags.csv", "fumes,油烟", "fumes,", "tags.csv 第10行：“名称”不能为空。"),
    ("cell.long", "tags.csv", "油烟", "烟" * 101, "tags.csv 第10行：“名称”超过100个字。"),
    ("cell.code", "units.csv", "\nKX,", "\nkx,", "“单位代码”的“kx”不是有效代码，应为大写字母和数字，可用连字符分段。"),
    ("cell.code", "categories.csv", "\n010103,", "\n01010303,", "categories.csv 第7行：“代码”的“01010303”不是有效代码"),
    (
        "cell.choice",
        "regions.csv",
        "瑶海区,瑶海,县区",
        "瑶海区,瑶海,区县",
        "“级别”的“区县”不在可选范围：市、县区、街道乡镇、社区村",
    ),
    ("cell.date", "regions.csv", "2017-01-20", "2017-02-30", "“启用日期”的“2017-02-30”不是日期，应写成 2021-03-15"),
    (
        "cell.number",
        "units.csv",
        "市政府,市级机关,政府机关,1",
        "市政府,市级机关,政府机关,九",
        "“层级”的“九”应为1至5的整数",
    ),
    ("row.repeated", "tags.csv", "fumes,油烟", "flood,油烟", "tags.csv 第10行：“flood”重复，第4行已经有了。"),
    (
        "row.dates",
        "tags.csv",
        "油烟,Cooking fumes,,",
        "油烟,Cooking fumes,2024-01-01,2024-01-01",
        "停用日期必须晚于启用日期",
    ),
    (
        "row.overlap",
        "managed_by.csv",
        "340172006,JKQ,2013-09-02",
        "340172006,JKQ,2013-09-01",
        "“340172006”的起止日期与第25行重叠",
    ),
    (
        "unit.unknown",
        "units.csv",
        "市科协,市直部门,群团组织,2,SW",
        "市科协,市直部门,群团组织,2,SWX",
        "“上级单位”的单位“SWX”不在 units.csv 里",
    ),
    (
        "unit.not_ended",
        "units.csv",
        "市科协,市直部门,群团组织,2,SW,,340100,2004-01-01,,",
        "市科协,市直部门,群团组织,2,SW,,340100,2004-01-01,,,XFJ",
        "单位“KX”没有撤销，不能写承接单位",
    ),
    (
        "unit.successor_away",
        "units.csv",
        "市科协,市直部门,群团组织,2,SW,,340100,2004-01-01,,",
        "市科协,市直部门,群团组织,2,SW,,340100,2004-01-01,2026-04-01,,KX",
        "承接单位“KX”在2026-04-01还没有启用或者已经停用",
    ),
    ("unit.unknown", "managed_by.csv", "340181006,ACQ", "340181006,ACQX", "“管理单位”的单位“ACQX”不在 units.csv 里"),
    ("unit.unknown", "source_lines.csv", "本号,RX12345", "本号,RX1234", "“主管单位”的单位“RX1234”不在 units.csv 里"),
    ("unit.unknown", "city.toml", '"RX12345"', '"RX1234"', "city.toml：“office_unit”的单位“RX1234”不在 units.csv 里"),
    (
        "directory.wrong",
        "directory.csv",
        "合肥轨道集团,督导:市交通运输局,《城市轨道交通运营管理规定》",
        "合肥轨道公司,督导:市交通运输局,《城市轨道交通运营管理规定》",
        "“主办”的单位“合肥轨道公司”不在单位名录里，请写单位简称。",
    ),
    ("header.missing", "directory.csv", ",归口单位,", ",归口,", "directory.csv：缺少“归口单位”列，请补上。"),
    ("words.form", "directory_words.csv", "公租房、廉租房", "公租房、、廉租房", "“词语”写法有误：公租房、、廉租房"),
    (
        "category.unknown",
        "directory_words.csv",
        "分类,010101,",
        "分类,010198,",
        "“代码”的分类“010198”不在 categories.csv 里",
    ),
    (
        "region.unknown",
        "directory_words.csv",
        "区划,340171,",
        "区划,340199,",
        "“代码”的区划“340199”不在 regions.csv 里",
    ),
    (
        "unit.cycle",
        "units.csv",
        "市政府,市级机关,政府机关,1,,",
        "市政府,市级机关,政府机关,1,SFB,",
        "上级关系在2004-01-01绕成了圈",
    ),
    (
        "unit.self",
        "units.csv",
        "市建投集团,公共企业,企业,2,GZW,GZW",
        "市建投集团,公共企业,企业,2,GZW,JTJT",
        "单位“JTJT”的行业主管不能是自己",
    ),
    (
        "region.unknown",
        "regions.csv",
        "瑶海,县区,340100",
        "瑶海,县区,340199",
        "“上级区划”的区划“340199”不在 regions.csv 里",
    ),
    ("region.level", "regions.csv", "明光路,街道乡镇,340102", "明光路,街道乡镇,340100", "它的上级区划应当是县区"),
    ("category.parent", "categories.csv", "\n0504,", "\n0514,", "上级分类“0504”不存在"),
    ("category.leafless", "categories.csv", "\n0599,", "\n0510,空,Empty,,,\n0599,", "二级分类“0510”下面没有三级分类"),
    ("vocabulary.unknown", "channels.csv", "\nOT,", "\nZZ,", "“ZZ”不是系统认识的代码"),
    ("vocabulary.missing", "channels.csv", "\nOT,", "\nZZ,", "channels.csv：缺少系统需要的代码“OT”，请补上这一行。"),
    ("vocabulary.missing", "roles.csv", "\nauditor,", "\naudit,", "缺少系统需要的代码“auditor”"),
    ("city.missing", "city.toml", 'short = "HF"', "", "city.toml：缺少“short”，请补上。"),
    ("city.missing", "city.toml", "[[rule_profile]]\n", "[rule_profiles]\n", "缺少“[[rule_profile]]”"),
    ("city.wrong", "city.toml", 'short = "HF"', "short = 12", "“short”的值不对，应为1至10个字的文字"),
    ("city.wrong", "city.toml", "start = 08:30:00", 'start = "8点半"', "“office_hours.start”的值不对"),
    ("city.wrong", "city.toml", "from = 2004-01-01", 'from = "最早"', "“rule_profile.from”的值不对"),
    ("city.unknown", "city.toml", 'short = "HF"', 'short = "HF"\nshrot = "HF"', "“shrot”不认识，请改正或删除"),
    ("city.hours", "city.toml", "start = 14:00:00", "start = 11:00:00", "上班时间应按先后排列"),
    ("file.toml", "city.toml", 'short = "HF"', "short = HF", "city.toml 第6行：格式有误"),
    ("profile.unknown", "city.toml", '"hefei-2021"', '"hefei-2022"', "没有名为“hefei-2022”的规则方案"),
    ("profile.wrong", "profiles/beijing.toml", 'key = "beijing"', 'key = "北京"', "profiles/beijing.toml："),
    (
        "profile.repeated",
        "profiles/beijing.toml",
        'key = "beijing"',
        'key = "bengbu"',
        "规则方案“bengbu@1”与profiles/beijing.toml重复",
    ),
    ("profile.reason", "reasons.csv", "暂停计时,force_majeure", "暂停计时,war", "的暂停理由“force_majeure”不在"),
    (
        "cell.choice",
        "../holidays/cn-2004-2026.csv",
        "2026-10-10,makeup",
        "2026-10-10,work",
        "“kind”的“work”不在可选范围",
    ),
]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("code", "name", "old", "new", "sentence"),
    EDITS,
    ids=[f"{case[0]}-{case[1]}" for case in EDITS],
)
def test_mistake_is_named_and_nothing_is_loaded(
    folder: Path, edit: Edit, code: str, name: str, old: str, new: str, sentence: str
) -> None:
    edit(name, old, new)
    diff = load_city(folder, now=NOW, apply=True)
    sentences = [problem.sentence() for problem in diff.problems if problem.code == code]
    assert any(sentence in found for found in sentences), [problem.sentence() for problem in diff.problems]
    assert all(found.endswith("。") for found in sentences)
    assert not diff.applied
    assert not Unit.objects.exists()


def test_every_sentence_is_reached_by_a_test() -> None:
    """The encodings, missing and empty files below, a busy load and a frozen profile in test_load_city."""
    elsewhere = {"file.missing", "file.gb18030", "file.encoding", "file.empty", "profile.frozen", "load.busy"}
    assert set(SENTENCES) == {case[0] for case in EDITS} | elsewhere


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        (
            "代码,名称\nx,油烟\n".encode("gb18030"),
            "tags.csv：文件是 GB18030（GBK）编码，请在 WPS 或 Excel 里另存为“CSV UTF-8”再导入。",
        ),
        (b"\xff\xfe\xff\x80", "tags.csv：文件不是 UTF-8 编码，无法读取，请重新另存。"),
        (b"", "tags.csv：文件里没有表头，请按说明补上第一行。"),
        ("# 只有说明\n".encode(), "tags.csv：文件里没有表头，请按说明补上第一行。"),
    ],
)
def test_files_that_cannot_be_read(folder: Path, raw: bytes, sentence: str) -> None:
    (folder / "tags.csv").write_bytes(raw)
    found, problems = read_city(folder)
    assert found is None
    assert [problem.sentence() for problem in problems] == [sentence]


@pytest.mark.parametrize("name", ["city.toml", "units.csv", "roles.csv"])
def test_missing_files(folder: Path, name: str) -> None:
    (folder / name).unlink()
    _, problems = read_city(folder)
    assert [problem.sentence() for problem in problems] == [f"{name}：找不到文件，请补上。"]
    assert problems[0].sentence("en") == f"{name}: The file is missing; add it."


def test_missing_holidays_and_profiles(folder: Path) -> None:
    for path in (*folder.glob("profiles/*.toml"), *folder.parent.glob("holidays/*.csv")):
        path.unlink()
    _, problems = read_city(folder)
    sentences = [problem.sentence() for problem in problems if problem.code == "file.missing"]
    assert sentences == ["holidays/*.csv：找不到文件，请补上。", "profiles/*.toml：找不到文件，请补上。"]


def test_an_empty_folder_names_every_file(tmp_path: Path) -> None:
    _, problems = read_city(tmp_path)
    assert {problem.file for problem in problems} >= {path.name for path in HEFEI.glob("*.csv")} | {"city.toml"}


def test_the_files_are_chinese_whatever_the_reader_speaks() -> None:
    with override("en"):
        found, problems = read_city(HEFEI)
    assert problems == []
    assert found is not None


def test_all_problems_are_named_at_once(folder: Path, edit: Edit) -> None:
    edit("tags.csv", "fumes,油烟", "fumes,")
    edit("units.csv", "市科协,市直部门,群团组织,2,SW", "市科协,市直部门,群团组织,2,SWX")
    edit("channels.csv", "\nOT,", "\nZZ,")
    _, problems = read_city(folder)
    assert [problem.file for problem in problems] == ["channels.csv", "channels.csv", "tags.csv", "units.csv"]
    assert problems[2].sentence("en") == "tags.csv, line 10: 名称 must not be empty."


def test_what_spreadsheets_do_to_a_table_is_forgiven(folder: Path) -> None:
    """A quoted comment, a dropped leading zero, dates with slashes, trailing commas and empty rows."""
    path = folder / "categories.csv"
    content = path.read_text(encoding="utf-8-sig").replace("\n010103,物业服务,,,,", "\n10103, 物业服务 ,,,2013/9/2,,")
    content = content.replace("# ", '"# ', 1).replace("\n", '"\n', 1)
    path.write_text(content.replace("\n", "\r\n") + ",,,,,\r\n\r\n", encoding="utf-8")
    found, problems = read_city(folder)
    assert [problem.sentence() for problem in problems] == []
    assert found is not None
    line = next(line for line in found.tables["categories.csv"] if line.values["code"] == "010103")
    assert line.values["zh"] == "物业服务"
    assert str(line.values["valid_from"]) == "2013-09-02"
