"""Common names of many origins, in Latin letters and in the script they are written in at home."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Origin:
    """Names as «Latin=local» (or Latin alone where that is the script), language (BCP 47), script (ISO 15924)."""

    language: str
    script: str
    country: str
    women: tuple[str, ...]
    men: tuple[str, ...]
    families: tuple[str, ...]
    second_language: str = ""
    family_first: bool = False


def _names(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(","))


ORIGINS: tuple[Origin, ...] = (
    Origin(
        "ti", "Ethi", "ER",
        _names("Selam=ሰላም, Bisrat=ብስራት, Feven=ፌቨን, Helen=ሄለን, Luwam=ሉዋም, Mehret=ምሕረት, Rahwa=ራህዋ, Senait=ሰናይት"),
        _names("Filmon=ፊልሞን, Dawit=ዳዊት, Yonas=ዮናስ, Robel=ሮቤል, Tesfay=ተስፋይ, Merhawi=መርሃዊ"),
        _names("Tesfay=ተስፋይ, Kidane=ኪዳነ, Haile=ሃይለ, Ghebre=ገብረ, Berhane=ብርሃነ, Woldu=ወልዱ, Negash=ነጋሽ"),
        "ar",
    ),
    Origin(
        "am", "Ethi", "ET",
        _names("Hiwot=ሕይወት, Tigist=ትዕግስት, Meron=ሜሮን, Aster=አስቴር, Genet=ገነት, Almaz=አልማዝ"),
        _names("Abel=አቤል, Dereje=ደረጀ, Samuel=ሳሙኤል, Getachew=ጌታቸው"),
        _names("Bekele=በቀለ, Alemu=አለሙ, Tadesse=ታደሰ, Girma=ግርማ, Kebede=ከበደ"),
    ),
    Origin(
        "ar", "Arab", "SY",
        _names("Maryam=مريم, Nour=نور, Salma=سلمى, Rania=رانيا, Hanan=حنان, Layla=ليلى, Amal=أمل"),
        _names("Omar=عمر, Khaled=خالد, Youssef=يوسف, Samir=سمير, Karim=كريم"),
        _names("Haddad=حداد, Khoury=خوري, Nasser=ناصر, Saleh=صالح, Darwish=درويش, Hamdan=حمدان"),
        "en",
    ),
    Origin(
        "fa", "Arab", "IR",
        _names("Parisa=پریسا, Shirin=شیرین, Mahsa=مهسا, Leila=لیلا, Zahra=زهرا, Niloufar=نیلوفر"),
        _names("Reza=رضا, Arash=آرش, Kian=کیان, Hamid=حمید"),
        _names("Karimi=کریمی, Ahmadi=احمدی, Hosseini=حسینی, Moradi=مرادی, Rahimi=رحیمی"),
    ),
    Origin(
        "my", "Mymr", "MM",
        _names("Thiri=သီရိ, Hnin Wai=နှင်းဝေ, Khin Mya=ခင်မြ, Su Su=စုစု, Ei Phyu=အိဖြူ, May Thu=မေသူ"),
        _names("Kyaw Zin=ကျော်ဇင်, Min Thu=မင်းသူ, Aung Ko=အောင်ကို, Zaw Win=ဇော်ဝင်း"),
        _names("Htun=ထွန်း, Lwin=လွင်, Oo=ဦး, Aye=အေး, Hlaing=လှိုင်"),
        "th",
    ),
    Origin(
        "km", "Khmr", "KH",
        _names("Sreymom=ស្រីមុំ, Bopha=បុប្ផា, Channary=ចាន់ណារី, Sopheap=សុភាព, Kunthea=គន្ធា, Rachana=រចនា"),
        _names("Dara=ដារ៉ា, Sokha=សុខា, Vuthy=វុទ្ធី, Rithy=រិទ្ធី"),
        _names("Chea=ជា, Sok=សុខ, Keo=កែវ, Meas=មាស, Heng=ហេង"),
        "th", family_first=True,
    ),
    Origin(
        "th", "Thai", "TH",
        _names("Malee=มาลี, Ratana=รัตนา, Siriporn=ศิริพร, Wanida=วนิดา, Kanya=กัญญา, Duangjai=ดวงใจ"),
        _names("Somchai=สมชาย, Anan=อนันต์, Prasert=ประเสริฐ, Niran=นิรันดร์"),
        _names("Saetang=แซ่ตั้ง, Wongsa=วงศ์ษา, Chaiyasit=ชัยสิทธิ์, Boonmee=บุญมี, Thongdee=ทองดี"),
    ),
    Origin(
        "hi", "Deva", "IN",
        _names("Asha=आशा, Kavita=कविता, Meena=मीना, Rekha=रेखा, Sunita=सुनीता, Pooja=पूजा"),
        _names("Ravi=रवि, Suresh=सुरेश, Anil=अनिल, Manoj=मनोज"),
        _names("Kumari=कुमारी, Sharma=शर्मा, Yadav=यादव, Das=दास, Verma=वर्मा"),
        "en",
    ),
    Origin(
        "bn", "Beng", "BD",
        _names("Fatema=ফাতেমা, Rina=রিনা, Shirina=শিরিনা, Moushumi=মৌসুমী, Nasrin=নাসরিন, Tahmina=তাহমিনা"),
        _names("Jahid=জাহিদ, Rafiq=রফিক, Sohel=সোহেল, Habib=হাবিব"),
        _names("Akter=আক্তার, Begum=বেগম, Hossain=হোসেন, Islam=ইসলাম, Khatun=খাতুন"),
        "hi",
    ),
    Origin(
        "ne", "Deva", "NP",
        _names("Sarita=सरिता, Maya=माया, Bimala=बिमला, Sabina=सबिना, Kamala=कमला, Anita=अनिता"),
        _names("Bishnu=विष्णु, Prakash=प्रकाश, Suman=सुमन, Dipak=दीपक"),
        _names("Tamang=तामाङ, Gurung=गुरुङ, Thapa=थापा, Rai=राई, Magar=मगर"),
        "hi",
    ),
    Origin(
        "uk", "Cyrl", "UA",
        _names("Oksana=Оксана, Iryna=Ірина, Nadiia=Надія, Solomiia=Соломія, Olena=Олена, Daryna=Дарина"),
        _names("Andrii=Андрій, Taras=Тарас, Bohdan=Богдан, Mykola=Микола"),
        _names("Shevchuk=Шевчук, Bondarenko=Бондаренко, Koval=Коваль, Tkachenko=Ткаченко, Melnyk=Мельник"),
        "ru",
    ),
    Origin(
        "vi", "Latn", "VN",
        _names("Linh, Thảo, Hương, Ngọc Ánh, Mai, Thu Hà, Quỳnh"),
        _names("Minh, Đức, Hùng, Tuấn, Phúc"),
        _names("Nguyễn, Trần, Phạm, Lê, Võ, Đặng"),
        family_first=True,
    ),
    Origin(
        "zh", "Hans", "CN",
        _names("Li Na=丽娜, Xiaomei=晓梅, Jing=静, Yan=燕, Xiuying=秀英, Yuhan=雨涵"),
        _names("Wei=伟, Jianguo=建国, Qiang=强, Hao=浩"),
        _names("Wang=王, Chen=陈, Zhang=张, Liu=刘, Lin=林"),
        family_first=True,
    ),
    Origin(
        "yo", "Latn", "NG",
        _names("Adébọ̀la, Títílayọ̀, Fúnmiláyọ̀, Abọ́sẹ̀dé, Yétúndé, Ìyábọ̀"),
        _names("Adéwálé, Babátúndé, Káyọ̀dé, Olúwasẹ́gun"),
        _names("Adéyẹmí, Ọláńrewájú, Bánkọ́lé, Ògúnlẹ́yẹ, Akínọlá"),
        "en",
    ),
    Origin(
        "es", "Latn", "CO",
        _names("Yuliana, Marcela, Luz Adriana, Paola, Daniela, Ángela"),
        _names("Andrés, José Luis, Camilo, Óscar"),
        _names("Rodríguez, Muñoz, Castaño, Gómez, Peña, Londoño"),
    ),
    Origin(
        "sq", "Latn", "AL",
        _names("Elira, Besa, Drita, Arta, Mirela, Valbona"),
        _names("Arben, Ilir, Gëzim, Besnik"),
        _names("Hoxha, Gjoka, Dervishi, Përparimi, Leka"),
        "it",
    ),
    Origin(
        "ro", "Latn", "RO",
        _names("Ioana, Andreea, Mihaela, Ștefania, Crina, Doina"),
        _names("Ionuț, Cătălin, Florin, Marius"),
        _names("Popescu, Munteanu, Țurcanu, Bălan, Rusu"),
        "hu",
    ),
    Origin(
        "pl", "Latn", "PL",
        _names("Łucja, Małgorzata, Zofia, Agnieszka, Wiesława, Kinga"),
        _names("Paweł, Michał, Grzegorz, Tomasz"),
        _names("Wiśniewska, Kamińska, Zielińska, Wójcik, Dąbrowska"),
        "de",
    ),
    Origin(
        "pt-BR", "Latn", "BR",
        _names("Conceição, Juliana, Tainá, Vitória, Rosângela"),
        _names("João Pedro, Anderson, Luís, Thiago"),
        _names("Gonçalves, Araújo, Magalhães, Conceição, Brandão"),
    ),
    Origin(
        "fil", "Latn", "PH",
        _names("Maricel, Jocelyn, Rowena, Analyn, Cherry Mae"),
        _names("Jun, Rodel, Ariel, Jomar"),
        _names("Dela Cruz, Villanueva, Magsaysay, Bautista, Peñaflor"),
        "en",
    ),
)  # fmt: skip


def both(name: str) -> tuple[str, str]:
    """(Latin, local) of a name of these lists; local is empty where Latin is the script."""
    latin, _, local = name.partition("=")
    return latin, local
