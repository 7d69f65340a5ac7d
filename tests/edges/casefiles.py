"""A house that sends letters, keeps papers and binds case files."""

from datetime import date
from io import BytesIO

from pypdf import PdfReader

from domain.casefile.casefile import file_of, language_of
from domain.casefile.view import Bundle
from domain.desk.file_made import Audience
from domain.request.request import Document
from domain.terms.tongue import Tongue
from tests.builders import ROOT, at, staff
from tests.fakes import FakeDocuments
from worker.adapters.casefile import Bindery
from worker.adapters.post.spool import Spool

LAYOUT = ROOT / "policy" / "casefile.typ"


NOW = at("2037-03-13 10:00 AST")


class House:
    """A spool with the letters of two cases, and a store with their papers."""

    def __init__(self, folder):
        self.spool = Spool(folder / "spool", ROOT / "policy" / "letters")
        self.documents = FakeDocuments()
        self.bindery = Bindery(LAYOUT, self.spool.folder, self.documents)

    def paper(self, name, content):
        digest = self.documents.put(content) if content else None
        return Document(id=name, kind="clinical_note", dated=date(2037, 2, 1), sha256=digest)

    async def sends(self, *cases):
        for case in cases:
            for notice in case.letters.notices:
                case.letters.change(notice.key, proof=await self.spool.send(notice))

    def told(self, case, audience):
        """What the file itself says of a case, in the language of its reader."""
        phrases = self.bindery.phrases(audience.reads(language_of(case)))
        return file_of(case, NOW, staff_notes=audience.reads_staff_notes, phrases=phrases).model_dump_json()

    def binds(self, *cases, audience=Audience.REVIEWER):
        asked, notes = cases[-1], audience.reads_staff_notes
        language = audience.reads(language_of(asked))
        phrases = self.bindery.phrases(language)
        tongue = Tongue(calendar=asked.policy.calendar, phrases=phrases)
        bundle = Bundle(
            asked=asked.number,
            audience=tongue.say(audience.text),
            made_by=str(staff("ap-soto")),
            made_at=NOW,
            made=tongue.show(NOW),
            cases=tuple(file_of(case, NOW, staff_notes=notes, phrases=phrases) for case in cases),
            staff_notes=notes,
            language=language,
            phrases=phrases,
        )
        return self.bindery.bind(bundle)

    def pdf_of(self, notice):
        return self.spool.folder / f"{notice.key}.pdf"


def text_of(pdf):
    return [" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(pdf)).pages]
