"""Sentences about the comparison of jurisdiction policies: what is wrong with its parameters, what to beware of.

Who prepares a parameter file for `hotline sim jurisdiction` reads them; general slips are said by the sentences of
rule profiles.
"""

from typing import Final

SENTENCES: Final[dict[str, tuple[str, str]]] = {
    "policies.not_toml": (
        "参数文件不是有效的TOML，请按行号改正：{detail}。",
        "The parameter file is not valid TOML; mend the line that is named: {detail}.",
    ),
    "policies.not_text": (
        "参数文件“{path}”不是UTF-8文字，请另存为UTF-8后再试。",
        "The parameter file “{path}” is not UTF-8 text; save it as UTF-8 and try again.",
    ),
    "policies.not_a_clock": (
        "“{path}”应为一天中的时刻，如15:00:00，不加引号，现为“{value}”，请改正。",
        "“{path}” must be a time of day such as 15:00:00 without quotes, not “{value}”: correct it.",
    ),
    "policies.no_meeting": (
        "“{path}”没有写星期几开会，请至少写一个，如[4]表示周四。",
        "“{path}” names no weekday; name at least one, such as [4] for Thursday.",
    ),
    "policies.pace_reversed": (
        "“{path}”的low不能大于high，请改正。",
        "“{path}”: low must not be above high; correct it.",
    ),
    "policies.no_family": (
        "“{path}”一类事项都没有，请至少写一段[[family]]。",
        "“{path}” holds no matters; write at least one [[family]].",
    ),
    "policies.family_twice": (
        "“{path}”的代号“{value}”用了两次，请换一个。",
        "“{path}”: the key “{value}” is used twice; choose another.",
    ),
    "policies.too_few_units": (
        "“{path}”至少要有两家单位，一家单位不会有归属之争，请补上。",
        "“{path}” needs two units at least, one alone cannot quarrel; add them.",
    ),
    "policies.unit_twice": (
        "“{path}”里有同名的单位，请合并成一行。",
        "“{path}” names a unit twice; make one row of it.",
    ),
    "policies.first_shares": (
        "“{path}”各单位的first合计应为1，现为{value}，请改正。",
        "“{path}”: the shares “first” must add up to 1, not {value}; correct them.",
    ),
    "policies.limit_missing": (
        "规则方案“{profile}”没有写“{path}”，无法模拟，请换一个方案或者补上这一时限。",
        "The rule profile “{profile}” has no “{path}”; choose another profile or add that limit.",
    ),
    "policies.few_runs": (
        "只模拟了{runs}次，区间偏窄；请用--runs增加到{enough}次以上再引用。",
        "Only {runs} runs: the intervals are too narrow; use --runs {enough} or more before quoting them.",
    ),
    "policies.overloaded": (
        "每件报市政府时，来件是会议容量的{percent}%，队伍越排越长，天数取决于模拟的{days}天；请看其他办法或者增加会议。",
        "Under “every dispute to the city government” the meetings get {percent}% of what they can hear; the queue "
        "keeps growing and the days depend on the {days} days simulated. Add meetings or look at the other policies.",
    ),
    "policies.calendar_provisional": (
        "{first}至{last}中有年份还没有放假通知，那些日子只按周末推算；请通知发布后重算。",
        "{first} to {last} reaches into a year without a holiday notice; its days are counted by weekends only. "
        "Run it again when the notice is out.",
    ),
}
