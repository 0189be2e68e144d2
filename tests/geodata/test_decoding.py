"""Bytes to text: marks, UTF-8, what a page declares, and sentences in the encodings that news was kept in."""

import charset_normalizer
import pytest

from geodata.decoding import SAMPLE, decode
from geodata.errors import NoTextError

WORDS = {
    "cp1252 latin-1": [
        "Le maire d'Évreux a déclaré que le pont, fermé dès lundi, sera rouvert à Noël.",
        "Bei Köln wurde die Straße gesperrt; über den Rhein fährt vorläufig keine Fähre.",
        "El señor Ibáñez vive en Logroño desde el año pasado.",
        "A ponte não abrirá até março, avisou a câmara de Évora.",
        "På øya Senja er veien stengt, og båten går først på søndag.",
        "Snön föll över Jönköping, och tågen stod stilla på måndagen.",
    ],
    "cp1252": ["“We lost nothing” – that is what the café’s owner said."],
    "cp1250 iso8859-2": [
        "Żołnierze zamknęli drogę do Gdańska, a pociąg stanął pod Łęczycą.",
        "Povodeň poškodila most u Děčína, říká starostka žádající o pomoc.",
        "A híd előtt hosszú sor állt, mert Győrben szűk az út és őrzik.",
        "Šoférom sa ľahšie nepôjde: cesta k Žiline je zavretá až do piatku.",
    ],
    "cp1254 iso8859-9": [
        "Muğla'da çıkan yangın söndürüldü, köylüler evlerine döndü.",
        "Eskişehir'e giden yol, yoğun kar yağışı yüzünden kapandı.",
    ],
    "cp1257": ["Kaunė ir Šiauliai liko be šviesos, nes žaibas sugadino tinklą."],
    "cp1251 koi8-r iso8859-5 cp866": [
        "Паводок снёс мост у деревни, и автобусы туда не ходят.",
        "Вчера в Туле открыли школу; на площади собрались родители.",
    ],
    "cp1251 koi8-u iso8859-5": ["Її село біля річки затопило, і люди пішли до школи."],
    "cp1253 iso8859-7": ["Η γέφυρα κοντά στη Λάρισα έκλεισε λόγω χιονιού."],
    "cp1255": ["הגשר ליד הנהר נסגר בגלל השלג הכבד."],
    "cp1256": ["أغلق الجسر القريب من النهر بسبب الثلوج."],
    "gb18030": ["河边的桥因为大雪而关闭，学校也停课了。"],
    "big5": ["河邊的橋因為大雪而關閉，學校也停課了。"],
    "shift_jis euc_jp": ["川の近くの橋は大雪のために閉鎖され、学校も休みになった。"],
    "euc_kr": ["강 근처의 다리가 폭설로 폐쇄되고 학교도 문을 닫았다."],
}
SINGLE = [(text, encoding) for encodings, texts in WORDS.items() for encoding in encodings.split() for text in texts]
UTF16 = [(text, way) for texts in WORDS.values() for text in texts for way in ("utf-16-le", "utf-16-be")]


@pytest.mark.parametrize(("text", "encoding"), SINGLE + UTF16)
def test_a_sentence_tells_its_encoding(text, encoding):
    for written in (text, text + "\n", f"Storm\n\n{text}\n{text}"):
        read, note = decode(written.encode(encoding))
        assert read == written
        assert "was read as" in note
        assert "save it as UTF-8" in note


def test_utf8_is_read_as_such_whatever_it_holds():
    for text, _ in SINGLE:
        assert decode(text.encode()) == decode(b"\xef\xbb\xbf" + text.encode()) == (text, "")


PAGE = "<!doctype html><html><head>{}</head><body><p>Žofia šla do Ústí.</p></body></html>"


@pytest.mark.parametrize(
    ("head", "encoding"),
    [
        ('<meta charset="windows-1250">', "cp1250"),
        ("<META CHARSET=iso-8859-2>", "iso8859-2"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=windows-1250">', "cp1250"),
        ('<meta charset="iso-2022-jp-2">', "iso2022_jp_2"),  # whose bytes are all ASCII
        ('<meta charset="iso-8859-1">', "utf-8"),  # it says so, and is UTF-8
    ],
)
def test_a_page_is_read_as_it_declares(head, encoding):
    page = PAGE.format(head)
    if encoding == "iso2022_jp_2":
        page = page.replace("Žofia šla do Ústí.", "東京へ行った。")
    assert decode(page.encode(encoding)) == (page, "")


def test_an_xml_file_is_read_as_it_declares():
    page = '<?xml version="1.0" encoding="KOI8-R"?><p>Тула</p>'
    assert decode(page.encode("koi8-r")) == (page, "")


@pytest.mark.parametrize("charset", ["hex", "rot13", "unicode_escape", "idna", "utf-7", "no such", "utf-16"])
def test_what_no_page_is_written_in_is_not_believed(charset):
    text, note = decode(f'<meta charset="{charset}">caf\xe9 \\x41'.encode("latin-1"))
    assert text.endswith("café \\x41")
    assert "Windows-1252" in note


@pytest.mark.parametrize(
    "content",
    [
        bytes(range(1, 256)) * 20,
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)),
        "Rain".encode("utf-16-le") + b"\xff",  # cut
        b"\xff\xfe\x00\xd8a\x00",  # half a pair
    ],
)
def test_what_is_no_text_is_refused_with_the_way_out(content):
    with pytest.raises(NoTextError, match="save it as UTF-8"):
        decode(content)


@pytest.mark.parametrize("text", ["Storm over Malmö\0 and beyond", "as it is\0" * 2, "Rain\n\0"])
def test_a_stray_nul_makes_no_other_script_of_a_text(text):
    assert decode(text.encode()) == (text, "")


def test_letters_far_down_are_seen():
    text = "Rain fell. " * 200_000 + "Мост закрыли. " * 20
    assert decode(text.encode("cp1251"))[0] == text


def test_of_a_long_text_a_sample_tells(monkeypatch):
    seen, ask = [], charset_normalizer.from_bytes
    monkeypatch.setattr(charset_normalizer, "from_bytes", lambda sample, **k: seen.append(sample) or ask(sample, **k))
    text = "Мост закрыли до весны, и автобусы не ходят. " * 100_000
    assert decode(text.encode("cp1251"))[0] == text
    assert [len(sample) <= SAMPLE for sample in seen] == [True] * len(seen) != []
