"""Each module of the rules can be the first that a program asks for: none needs another to have been there before."""

import subprocess
import sys
from pathlib import Path

from hotline import rules

ROOT = Path(rules.__file__).parent
ONE_BY_ONE = """
import importlib, sys
failed = []
for name in sys.argv[1:]:
    for loaded in [module for module in sys.modules if module.startswith("hotline.")]:
        del sys.modules[loaded]
    try:
        importlib.import_module(name)
    except ImportError as circle:
        failed.append(f"{name}: {circle}")
sys.exit("\\n".join(failed) or 0)
"""


def test_no_module_needs_another_to_be_imported_first() -> None:
    names = sorted(
        ".".join(("hotline", "rules", *path.relative_to(ROOT).with_suffix("").parts)).removesuffix(".__init__")
        for path in ROOT.rglob("*.py")
    )
    assert len(names) > 100
    tried = subprocess.run([sys.executable, "-c", ONE_BY_ONE, *names], capture_output=True, text=True, check=False)
    assert (tried.returncode, tried.stderr) == (0, "")
