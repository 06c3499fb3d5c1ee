"""Fills a form as Evince and Okular do; run by the system's Python, which knows poppler.

Arguments: the blank form, the values as JSON, the file to write.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import gi

gi.require_version("Poppler", "0.18")
from gi.repository import Poppler  # noqa: E402 - the version is chosen first

blank, values, filled = (Path(argument).absolute() for argument in sys.argv[1:])
wanted = json.loads(values.read_text("utf-8"))
document = Poppler.Document.new_from_file(blank.as_uri(), None)
for number in range(document.get_n_pages()):
    for mapping in document.get_page(number).get_form_field_mapping():
        field = mapping.field
        value = wanted.get(field.get_name())
        kind = field.get_field_type()
        if value is None:
            continue
        label = value.capitalize()
        if kind == Poppler.FormFieldType.TEXT:
            field.text_set_text(value)
        elif kind == Poppler.FormFieldType.CHOICE:
            shown = [field.choice_get_item(at) for at in range(field.choice_get_n_items())]
            field.choice_select_item(shown.index(label))
        else:
            box = field.button_get_button_type() == Poppler.FormButtonType.CHECK
            if box or field.get_alternate_ui_name().endswith(label):
                field.button_set_state(True)
document.save(filled.as_uri())
