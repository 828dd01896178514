"""An item of knowledge from its unit to the agents, and an agent's correction back to its unit."""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

Shot = Callable[..., None]
SignIn = Callable[..., Page]
ITEMS = Path(__file__).resolve().parents[2] / "data/demo/knowledge.toml"


def test_from_the_unit_to_the_agents_and_back(sign_in: SignIn, shot: Shot) -> None:
    from hotline.plumbing.clock import now
    from hotline.registry.knowledge.loading import load_items

    assert load_items(ITEMS, now()).ok
    unit = sign_in("cgj_handler")
    unit.goto("/knowledge/new/")
    box = unit.locator("type-to-find:has(select[name=unit]) input")
    box.click()
    box.fill("cgj")
    box.press("Enter")
    unit.fill("[name=title]", "商户占道经营举报")
    unit.fill("[name=question]", "店铺把桌子摆到人行道上谁管\n占道经营怎么举报")
    unit.fill("[name=answer]", "请说明路名和门牌，属地城管部门一个工作日内到场处理。")
    shot(unit, "knowledge-form", narrow=True)
    unit.click("form.act-form button.btn-primary")
    unit.get_by_role("button", name="送审").click()
    expect(unit.locator(".notice-stop")).to_contain_text("请填写答复的依据")
    unit.get_by_role("link", name="修改草稿").click()
    unit.fill("[name=legal_basis]", "《城市市容和环境卫生管理条例》第十四条")
    unit.click("form.act-form button.btn-primary")
    unit.get_by_role("button", name="送审").click()
    expect(unit.locator(".flash")).to_contain_text("已送审")
    address = unit.url

    office = sign_in("supervisor")
    office.goto("/knowledge/?tab=waiting")
    shot(office, "knowledge-waiting")
    office.locator("tr", has_text="商户占道经营举报").get_by_role("link").click()
    shot(office, "knowledge-publish", narrow=True)
    office.get_by_role("button", name="发布").click()
    expect(office.locator(".flash")).to_contain_text("已发布")

    agent = sign_in("agent")
    agent.goto("/knowledge/")
    shot(agent, "knowledge-list", narrow=True)
    agent.fill("[name=q] >> nth=-1", "占道")
    agent.keyboard.press("Enter")
    expect(agent.locator("table.list")).to_contain_text("商户占道经营举报")
    agent.goto(address)
    agent.get_by_role("link", name="纠错", exact=True).click()
    agent.fill("[name=text]", "夜市也由城管部门处理，请补充。")
    agent.click("form.act-form button.btn-primary")
    expect(agent.locator(".correction")).to_contain_text("夜市")
    shot(agent, "knowledge-item", narrow=True)

    unit.goto("/knowledge/?tab=corrections")
    shot(unit, "knowledge-corrections")
    unit.get_by_role("link", name="答复").click()
    unit.fill("[name=answer]", "已在新版本中补充。")
    unit.click("form.act-form button.btn-primary")
    expect(unit.locator(".correction")).to_contain_text("已采纳")
    agent.goto("/knowledge/suggest/?q=路边小店把桌子摆到人行道占道经营")
    expect(agent.locator(".offer").first).to_contain_text("商户占道经营举报")
