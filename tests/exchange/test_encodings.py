"""Names arrive as they were typed, whatever the program that saved the list."""

from __future__ import annotations

import pytest

from revmentor_desktop.domain.errors import UserError
from revmentor_desktop.exchange.encodings import decoded

WESTERN = [
    "Vorname;Nachname\nJörg;Müller\n",
    "Name;Site\nZoë Núñez;A Coruña\nSøren Ærø;Ålborg\n",
    "Nom;Prénom\nLefèvre;Hélène\nGarçon;Anaïs\n",
    "Name,City\n" + "John Smith,London\n" * 50 + "Renée Dubois,Paris\n",
    "Name\nO’Neil\nA “b” – £5\n",
    "Nome;Sobrenome\nJoão;Simões\n",
    "Nafn\nÞórunn Guðmundsdóttir\nSigríður Ævarsdóttir\n",
]
OTHERS = [
    ("cp1250", "Imię;Nazwisko\nŁukasz;Wójcik\nZażółć;Gęślą\nMałgorzata;Dąbrowska\n"),
    ("cp1250", "Jméno\nDvořák, Tomáš\nŽofie Černá\n"),
    ("cp1254", "Ad;Soyad\nŞule;Yılmaz\nÇağrı;Öztürk\n"),
    ("cp1251", "Имя;Фамилия\nОлена;Шевченко\nИван;Петров\n"),
    ("cp1253", "Όνομα;Επώνυμο\nΝίκος;Παπαδόπουλος\nΕλένη;Γεωργίου\n"),
    ("cp1255", "שם;מחלקה\nדנה לוי;כספים\nיוסי כהן;רכש\n"),
    ("shift_jis", "氏名,部署\n山田太郎,営業部\n鈴木花子,人事部\n"),
]


@pytest.mark.parametrize(("encoding", "text"), [*(("cp1252", text) for text in WESTERN), *OTHERS])
def test_the_encoding_is_found(encoding: str, text: str) -> None:
    assert decoded("a.csv", text.encode(encoding)) == (text, encoding)


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
def test_unicode_in_every_form(encoding: str) -> None:
    text = "Name,Site\nZoë Łuczak,Łódź\nНіна,Київ\nJane Doe,Bath\n"
    assert decoded("a.csv", text.encode(encoding))[0] == text


def test_a_damaged_letter_is_named_by_its_line() -> None:
    data = ("Zoë\n" * 12 + "Bo\n").encode() + b"J\xf6rg\n"
    with pytest.raises(UserError, match="line 14"):
        decoded("a.csv", data)


def test_an_encoding_can_be_told() -> None:
    assert decoded("a.csv", "Łódź".encode("cp1250"), "cp1250") == ("Łódź", "cp1250")
    with pytest.raises(UserError, match="no encoding"):
        decoded("a.csv", b"x", "klingon")
    with pytest.raises(UserError, match="line 1"):
        decoded("a.csv", b"\xff\xfe\xfa"[2:], "utf-8")
