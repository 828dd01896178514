"""`hotline assets` and `hotline messages`: what is made from other files before the platform can start."""

from pathlib import Path

import click

from hotline import __file__ as package_file

PACKAGE = Path(package_file).parent
REPOSITORY = PACKAGE.parent.parent


@click.command()
@click.option("--modules", type=click.Path(path_type=Path), default=REPOSITORY / "node_modules", show_default=False)
def assets(modules: Path) -> None:
    """把列出的浏览器文件复制到 static/vendor / Copy the listed files out of node_modules."""
    from hotline.config.assets import AssetMissing, copy_assets
    from hotline.config.icons import named

    try:
        count = copy_assets(modules, PACKAGE / "static" / "vendor", named(PACKAGE))
    except AssetMissing as missing:
        raise click.ClickException(f"缺少文件，请先运行 npm ci / missing, run npm ci first: {missing}") from missing
    click.echo(f"已复制 {count} 个文件 / {count} files copied")


@click.group()
def messages() -> None:
    """整理、编译译文 / Gather and compile translations."""


@messages.command(name="compile")
def compile_() -> None:
    """由 .po 生成 .mo / Make the .mo files."""
    from hotline.config.translations import compile_catalogues

    for line in compile_catalogues(PACKAGE / "locale"):
        click.echo(line)


@messages.command()
def gather() -> None:
    """从代码与模板收集待译文字 / Collect what is to be translated, from code and templates."""
    from hotline.config.translations import gather_into

    for line in gather_into(PACKAGE, PACKAGE / "locale"):
        click.echo(line)
