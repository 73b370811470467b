"""What people read, in Thai and in English: sentences by id, kept in `th.yaml` and `en.yaml` beside this module.

Code names a sentence by its id and gives values for its places; it never holds the sentence. Values often come from a
foreign site and are hostile until cleaned, so `Catalogue.say` cleans every one of them and puts them in with a plain
replacement that cannot reach attributes or other places.
"""

from ita_rules.messages.catalogue import LANGUAGES, Catalogue, messages
from ita_rules.messages.wording import clean

__all__ = ["LANGUAGES", "Catalogue", "clean", "messages"]
