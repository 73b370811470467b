"""The evidence package: a run, its verdicts and what they rest on in one ZIP file that can be checked offline, years later.

    write_package(path, manifest, files)       # ita_rules.evidence.package
    verified = verify_package(path)            # ita_rules.evidence.verify

`manifest.json` names every file with its SHA-256. Checking recomputes all of them, judges the stored texts again by the rules
that lie in the package, and says where a verdict would be another one today.
"""

from ita_rules.evidence.manifest import MANIFEST, Held, Manifest
from ita_rules.evidence.package import write_package
from ita_rules.evidence.verify import Verified, verify_package

__all__ = ["MANIFEST", "Held", "Manifest", "Verified", "verify_package", "write_package"]
