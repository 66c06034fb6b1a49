"""The scripts as modules: some have no .py, and their folder is no package."""

import importlib.util
import sys
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import ModuleType

SCRIPTS = Path(__file__).resolve().parent.parent.parent / "script"


def load_script(file_name: str) -> ModuleType:
    name = f"script_{file_name.removesuffix('.py')}"
    loader = SourceFileLoader(name, str(SCRIPTS / file_name))
    module = importlib.util.module_from_spec(
        importlib.util.spec_from_loader(name, loader)
    )
    writes, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    try:
        loader.exec_module(module)
    finally:
        sys.dont_write_bytecode = writes
    return module
