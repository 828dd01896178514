"""Real files for tests of attachments, made on the spot: photos that tell where they were taken, documents, videos."""

import io
import struct
import wave
from collections.abc import Mapping
from zipfile import ZIP_DEFLATED, ZipFile

from PIL import Image, ImageCms
from PIL.PngImagePlugin import PngInfo

GPS_IFD = 0x8825
MAKE, COMMENT, ORIENTATION = 0x010F, 0x9286, 0x0112
NORTH_31 = {1: "N", 2: (31.0, 51.0, 30.0), 3: "E", 4: (117.0, 17.0, 15.0)}
"""三孝口, as a phone writes it into a photo."""
SECRETS = (b"Exif", b"GPS", b"Huawei", b"http://ns.adobe.com/xap", "张建军".encode(), b"13800000000", b"ICC_PROFILE")
XMP = "<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF>http://ns.adobe.com/xap/1.0/ 张建军</rdf:RDF></x:xmpmeta>".encode()


def photo(kind: str = "JPEG", *, size: tuple[int, int] = (64, 40), orientation: int = 1, secrets: bool = True) -> bytes:
    """A picture, red on the left and blue on the right, that tells place, camera and owner."""
    picture = Image.new("RGB", size, "blue")
    picture.paste((255, 0, 0), (0, 0, size[0] // 2, size[1]))
    out = io.BytesIO()
    if not secrets:
        picture.save(out, kind)
        return out.getvalue()
    exif = picture.getexif()
    exif[MAKE], exif[ORIENTATION], exif[COMMENT] = "Huawei", orientation, "13800000000"
    exif.get_ifd(GPS_IFD).update(NORTH_31)
    more: dict[str, object] = {"exif": exif.tobytes()}
    if kind == "PNG":
        text = PngInfo()
        text.add_text("Author", "张建军 13800000000")
        text.add_itxt("XML:com.adobe.xmp", XMP.decode())
        more["pnginfo"] = text
    elif kind != "GIF":
        more |= {"xmp": XMP, "icc_profile": ImageCms.ImageCmsProfile(ImageCms.createProfile("XYZ")).tobytes()}
    if kind in {"JPEG", "GIF"}:
        more["comment"] = "张建军13800000000".encode()
    picture.save(out, kind, **more)
    return out.getvalue()


def moving(kind: str = "GIF", frames: int = 3) -> bytes:
    """A picture that moves, with a comment."""
    first, *rest = [Image.new("RGB", (20, 20), (80 * n, 0, 0)) for n in range(frames)]
    out = io.BytesIO()
    first.save(out, kind, save_all=True, append_images=rest, duration=120, loop=0)
    return out.getvalue()


def document(parts: Mapping[str, bytes] | None = None, *, main: str = "word/document.xml") -> bytes:
    """A packed document with its main part and others."""
    types = b'<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as package:
        for name, body in {"[Content_Types].xml": types, main: b"<w/>", **(parts or {})}.items():
            package.writestr(name, body)
    return out.getvalue()


def sheet() -> bytes:
    return document(main="xl/workbook.xml")


def recording() -> bytes:
    out = io.BytesIO()
    with wave.open(out, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        sound.writeframes(bytes(1600))
    return out.getvalue()


def box(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body) + 8) + name + body


PLACE = b"+31.8583+117.2875/"


def movie(*, made_by: bytes = PLACE) -> bytes:
    """The boxes of a phone's video: where it was taken stands in three of them."""
    told = box(b"udta", box(b"\xa9xyz", b"\x00\x12\x15\xc7" + made_by))
    track = box(b"trak", box(b"tkhd", bytes(84)) + box(b"udta", made_by))
    movie_box = box(b"moov", box(b"mvhd", bytes(100)) + track + told + box(b"meta", b"location" + made_by))
    return box(b"ftyp", b"isom\x00\x00\x02\x00isomiso2mp41") + movie_box + box(b"mdat", b"\x01\x02\x03\x04" * 50)


PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n"
MP3 = b"ID3\x04\x00\x00\x00\x00\x00\x00" + (b"\xff\xfb\x90\x64" + bytes(413)) * 3
TEXT = "巡查记录：摊点已清理。\r\n".encode("gb18030")
EXE = b"MZ\x90\x00" + bytes(200)
ELF = b"\x7fELF\x02\x01\x01" + bytes(200)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
HTML = b"<!DOCTYPE html><html><body>x</body></html>"
HEIC = struct.pack(">I", 24) + b"ftypheic\x00\x00\x00\x00mif1heic" + bytes(300)
MOV = struct.pack(">I", 20) + b"ftypqt  \x00\x00\x02\x00qt  " + bytes(300)

GOOD: Mapping[str, bytes] = {
    "现场.jpg": photo(),
    "截图.PNG": photo("PNG"),
    "网页.webp": photo("WEBP"),
    "动图.gif": moving(),
    "文件.pdf": PDF,
    "报告.docx": document(),
    "名单.xlsx": sheet(),
    "说明.txt": TEXT,
    "通话.mp3": MP3,
    "现场.wav": recording(),
    "视频.mp4": movie(),
}
"""One file of every kind that is taken in, under a name as people give it."""
