"""Sentences about the knowledge base: why an item can't be written, published or told, and what to do instead.

Units that write items, the office that publishes them and agents who cite them read these.
"""

from typing import Final

SENTENCES: Final[dict[str, dict[str, str]]] = {
    "knowledge.not_found": {
        "zh": "没有编号为“{code}”的知识点，或者您无权查看。请核对编号，或在知识库中重新查找。",
        "en": "There is no item {code}, or it isn’t open to you. Check the number or search the knowledge base again.",
    },
    "knowledge.reading_denied": {
        "zh": "您的岗位不使用知识库。如工作需要，请联系安全管理员调整岗位。",
        "en": "Your role doesn’t use the knowledge base. If your work needs it, ask the security administrator.",
    },
    "knowledge.writing_denied": {
        "zh": "只有责任单位的承办人、科室负责人和热线机构可以编写这个知识点。如发现内容有误，请用“纠错”告知责任单位。",
        "en": "Only its unit’s handlers and section heads and the hotline office write this item. "
        "If something in it is wrong, report a correction.",
    },
    "knowledge.publishing_denied": {
        "zh": "知识点由热线机构发布和撤下。请联系热线机构的值班长或督办员。",
        "en": "Items are published and withdrawn by the hotline office. Speak with its team leader or supervisor.",
    },
    "knowledge.settling_denied": {
        "zh": "纠错由责任单位或热线机构答复。请联系责任单位处理。",
        "en": "Corrections are answered by the unit concerned or the hotline office. Speak with that unit.",
    },
    "knowledge.second_person": {
        "zh": "编写或送审的人不能自己发布。请由热线机构另一位有发布权限的人员核对后发布。",
        "en": "Whoever wrote or submitted a text can’t publish it. Ask somebody else of the office to check it.",
    },
    "knowledge.unit_missing": {
        "zh": "请选择责任单位：由它负责内容准确并按期复核。",
        "en": "Choose the unit that answers for the item and keeps it up to date.",
    },
    "knowledge.unit_unknown": {
        "zh": "单位“{unit}”不存在或已停用。请从列表中重新选择。",
        "en": "Unit {unit} doesn’t exist or is no longer active. Choose another from the list.",
    },
    "knowledge.category_unknown": {
        "zh": "事项分类“{category}”不是在用的三级分类。请从列表中重新选择，也可以留空。",
        "en": "{category} is no third-level category in use. Choose another from the list or leave it blank.",
    },
    "knowledge.title_missing": {
        "zh": "请填写标题，用一句话说明这个知识点回答什么问题。",
        "en": "Give the item a title that says in a few words what it answers.",
    },
    "knowledge.title_taken": {
        "zh": "本单位已有同名知识点（{code}）。请直接修改它，或换一个标题。",
        "en": "The unit has an item of this title already ({code}). Change that one, or choose another title.",
    },
    "knowledge.question_missing": {
        "zh": "请填写群众常用的问法，每行一种，话务员输入来电内容时据此推荐。",
        "en": "Write down how citizens ask this, one way a line: items are suggested to agents by it.",
    },
    "knowledge.answer_missing": {
        "zh": "请填写答复口径，写成可以直接读给群众听的话。",
        "en": "Write the answer in words that can be read out to a citizen.",
    },
    "knowledge.basis_missing": {
        "zh": "请填写答复的依据，例如政策文件的名称和文号。",
        "en": "Name the basis of the answer, such as the title and number of a rule.",
    },
    "knowledge.too_long": {
        "zh": "“{what[zh]}”不能超过{limit}个字，请删减。",
        "en": "The {what[en]} can’t be longer than {limit} characters. Shorten it.",
    },
    "knowledge.unreadable": {
        "zh": "“{what[zh]}”里有无法识别的字符，请重新输入。",
        "en": "The {what[en]} contains a character that can’t be read. Type it again.",
    },
    "knowledge.dates_reversed": {
        "zh": "停用日期必须晚于启用日期。请改正其中一个。",
        "en": "The last day must come after the first. Mend one of the two dates.",
    },
    "knowledge.already_over": {
        "zh": "停用日期已到，发布后也不能使用。请改为今后的日期，长期有效的请留空。",
        "en": "The item would be over already. Give a later last day, or none if it holds until further notice.",
    },
    "knowledge.review_past": {
        "zh": "复核日期必须在今天之后。请改为今后的日期，也可以留空，系统按一年后安排。",
        "en": "The review day must lie ahead. Give a later day, or none: it is then set a year from now.",
    },
    "knowledge.no_draft": {
        "zh": "这个知识点现在没有草稿。请刷新页面查看最新情况。",
        "en": "The item has no draft now. Reload the page to see where it stands.",
    },
    "knowledge.in_review": {
        "zh": "新版本已送审，等待热线机构发布。需要修改的，请先撤回送审。",
        "en": "The next version waits for the office to publish it. Take it back first if it must be changed.",
    },
    "knowledge.in_hand": {
        "zh": "有人正在修改这个知识点，不能从文件导入。请先发布、作废那份草稿，再重新导入。",
        "en": "Somebody has a draft of this item in hand, so it can’t be loaded. Publish or drop the draft first.",
    },
    "knowledge.not_in_review": {
        "zh": "这个知识点现在没有待发布的版本。请刷新页面查看最新情况。",
        "en": "No version of this item waits to be published. Reload the page to see where it stands.",
    },
    "knowledge.not_published": {
        "zh": "这个知识点没有已发布的版本，不需要撤下。",
        "en": "Nothing of this item is published, so there is nothing to withdraw.",
    },
    "knowledge.changed_meanwhile": {
        "zh": "您打开页面之后别人改过这个知识点，您的操作没有保存。请先查看最新内容，再重新提交。",
        "en": "Somebody changed this item after you opened it, so nothing was saved. Look at it anew and try again.",
    },
    "knowledge.remark_missing": {
        "zh": "请写明原因，让编写的单位知道怎样修改。",
        "en": "Say why, so that its writers know what to change.",
    },
    "knowledge.not_in_force": {
        "zh": "知识点“{code}”不存在、已过期或已撤下，不能引用。请在知识库中重新查找。",
        "en": "Item {code} doesn’t exist, has run out or was withdrawn and can’t be cited. Search again.",
    },
    "knowledge.correction_missing": {
        "zh": "请说明哪里有误或缺少什么内容，以便责任单位核实。",
        "en": "Say what is wrong or what is missing, so that the unit can look into it.",
    },
    "knowledge.correction_not_found": {
        "zh": "没有找到这条纠错记录。请从纠错列表中重新打开。",
        "en": "This correction isn’t there. Open it from the list again.",
    },
    "knowledge.correction_settled": {
        "zh": "这条纠错已经答复过了。请刷新页面查看答复。",
        "en": "This correction has been answered already. Reload the page to read the answer.",
    },
    "knowledge.settlement_missing": {
        "zh": "请写明核实的结果，提出人会看到。",
        "en": "Say what you found; whoever asked will read it.",
    },
    "knowledge.file_missing": {
        "zh": "找不到知识点文件。请核对路径。",
        "en": "The file of items isn’t there. Check its path.",
    },
    "knowledge.file_broken": {
        "zh": "知识点文件格式有误，无法读取：{detail}。请改正后重新导入。",
        "en": "The file of items can’t be read: {detail}. Mend it and load again.",
    },
    "knowledge.entry_unknown": {
        "zh": "“{name}”不认识。请改正拼写或删除。",
        "en": "“{name}” isn’t known. Mend the spelling or remove it.",
    },
    "knowledge.entry_missing": {
        "zh": "缺少“{name}”，请补上。",
        "en": "“{name}” is missing. Add it.",
    },
    "knowledge.entry_wrong": {
        "zh": "“{name}”的值不对，应为{form[zh]}。",
        "en": "“{name}” is wrong; it must be {form[en]}.",
    },
    "knowledge.code_repeated": {
        "zh": "编号“{code}”在文件里出现了两次。请改成不同的编号。",
        "en": "The number {code} stands twice in the file. Give one of them another number.",
    },
}
