"""What lists, saved views and acts on several tickets at once have to say when something is not possible."""

from collections.abc import Mapping
from typing import Final

SENTENCES: Final[Mapping[str, tuple[str, str]]] = {
    # filters in an address
    "list.bad_value": (
        "筛选条件“{filter}”中的“{value}”无法识别，没有采用。请在“筛选”中重新选择。",
        "“{value}” can’t be used for the filter “{filter}”, so it was left out. Choose again under Filters.",
    ),
    "list.unknown_filter": (
        "网址中的“{name}”不是筛选条件，没有采用。请在“筛选”中选择条件。",
        "“{name}” in the address is no filter, so it was left out. Choose filters under Filters.",
    ),
    "list.days_reversed": (
        "受理日期的起始晚于截止，没有采用。请在“筛选”中重新填写。",
        "The first day is after the last, so neither was used. Enter both again under Filters.",
    ),
    "list.personal": (
        "电话、证件号码不能写在网址里，没有采用。请用页面上方的搜索框查找。",
        "Telephone and identity numbers don’t belong in an address, so it was left out. Use the search box above.",
    ),
    "list.bad_page": (
        "网址中的翻页位置无法识别，已回到第一页。",
        "The page in the address can’t be found, so this is the first one.",
    ),
    # saved views
    "view.name_missing": ("请给视图起个名字。", "Give the view a name."),
    "view.name_too_long": (
        "视图名称最多{limit}个字。请改短一些。",
        "A view’s name has {limit} characters at most. Choose a shorter one.",
    ),
    "view.name_taken": (
        "这个工作台已有名为“{name}”的视图。请换个名字。",
        "There is already a view “{name}” at this desk. Choose another name.",
    ),
    "view.too_many": (
        "每个工作台最多保存{most}个视图。请先删除不用的视图。",
        "A desk keeps {most} views at most. Delete one you no longer need first.",
    ),
    "view.no_filter": (
        "当前没有筛选条件，不需要存为视图。请先筛选再保存。",
        "No filter is on, so there is nothing to keep. Choose filters first.",
    ),
    "view.not_found": (
        "这个视图不存在，可能已被删除。请回到列表选择其他视图。",
        "There is no such view; it may have been deleted. Go back to the list and choose another.",
    ),
    "view.not_yours": (
        "这是岗位共用的视图，由该岗位的班长、派单员或督办员维护。您可以另存为自己的视图。",
        "This view belongs to the whole role and is kept by those who lead it. You can save one of your own.",
    ),
    "view.sharing_denied": (
        "您不能为“{role}”岗位设置共用视图。请存为自己的视图。",
        "You can’t share views with the role “{role}”. Save it as your own view.",
    ),
    "view.no_desk": (
        "您没有这个工作台，不能在此保存视图。请在自己的工作台保存。",
        "This is not one of your desks. Save views at a desk of yours.",
    ),
    # several tickets at once
    "bulk.none_chosen": ("请先勾选工单。", "Tick the tickets first."),
    "bulk.too_many": (
        "一次最多办理{most}件，您勾选了{count}件。请分批办理。",
        "At most {most} tickets at once; you ticked {count}. Take them in portions.",
    ),
}
