# SPDX-License-Identifier: MIT
"""The structs and the version of the Python module are those of stance.h, as a C compiler lays them out."""
import ctypes
import os
import re
import shutil
import subprocess
import tempfile
import unittest

from stance import _native

ROOT = os.environ["ROOT"]
COMPILER = os.environ.get("CC", "cc").split()


class Layout(unittest.TestCase):
    def test_version(self):
        with open(os.path.join(ROOT, "src", "stance.h"), encoding="utf-8") as f:
            self.assertIn(f'#define STANCE_VERSION "{_native.VERSION}"', f.read())

    @unittest.skipUnless(shutil.which(COMPILER[0]), "no C compiler")
    def test_structs(self):
        lines = []
        for name, struct in _native.STRUCTS.items():
            lines.append(f'printf("{name} %zu\\n", sizeof({name}));')
            lines += [f'printf("{name}.{field[0]} %zu\\n", offsetof({name}, {field[0]}));' for field in struct._fields_]
        with tempfile.TemporaryDirectory() as work:
            source, program = os.path.join(work, "layout.c"), os.path.join(work, "layout")
            with open(source, "w", encoding="utf-8") as f:
                f.write("#include <stdio.h>\n#include <stance.h>\nint main(void)\n{\n" + "\n".join(lines) + "\nreturn 0;\n}\n")
            subprocess.run([*COMPILER, "-I" + os.path.join(ROOT, "src"), "-o", program, source], check=True)
            said = subprocess.run([program], check=True, stdout=subprocess.PIPE, text=True).stdout
        ours = []
        for name, struct in _native.STRUCTS.items():
            ours.append(f"{name} {ctypes.sizeof(struct)}")
            ours += [f"{name}.{field[0]} {getattr(struct, field[0]).offset}" for field in struct._fields_]
        self.assertEqual(said.split("\n")[:-1], ours)

    def test_functions_are_declared(self):
        with open(os.path.join(ROOT, "src", "stance.h"), encoding="utf-8") as f:
            header = f.read()
        for name in _native.FUNCTIONS:
            self.assertRegex(header, re.escape(name) + r"\(")


if __name__ == "__main__":
    unittest.main()
