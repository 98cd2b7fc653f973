"""Words in and around names: titles, credentials, particles, double first names. All in small letters."""

from __future__ import annotations


def word_set(text: str) -> frozenset[str]:
    """The words of `text`, a table that reads better as lines of words."""
    return frozenset(text.split())


CIVILITIES = {
    "m": "Monsieur",
    "mme": "Madame",
    "mlle": "Mademoiselle",
    "melle": "Mademoiselle",
    "me": "Maître",
}
"""French civilities, without their dot, and how they read in full."""

GENDERS = {
    **dict.fromkeys(
        word_set(
            "mme mlle melle madame mademoiselle mrs ms miss frau sra srta dña doña dre dra smt mevr professeure"
        ),
        "F",
    ),
    **dict.fromkeys(word_set("m monsieur mr sir herr shri dhr"), "M"),
}
"""What civilities and titles say of a person, without their dots."""

TITLES = word_set(
    """
    mr mrs ms mx miss sir dr docteur doctor dre dra pr pre prof professeur professeure professor maître maitre
    monsieur madame mademoiselle mgr herr frau sra srta dña doña dipl-ing dr-ing dr-med mevr dhr ir drs capt sgt
    shri smt sheikh sheikha hajj
    """
)
ABBREVIATED_TITLES = word_set(
    """
    ing. eng. arch. lic. mag. hon. rev. sr. med. dipl. rer. nat. lt. col. maj. gen. adv. er.
    """
)
"""Titles only with their dot: without it they are names as well."""

TITLES_IN_CAPITALS = word_set("ca cs")
"""Titles in front of a whole name: a chartered accountant, a company secretary."""

CREDENTIALS = word_set(
    """
    phd mba emba gmba dba pmp cpa cfa cma cga cia cisa cissp cism msc bsc mscn meng beng peng jd llm llb esq
    crha cria chrp chrl cphr shrm-cp shrm-scp phr sphr fcipd mcipd pcc mcc csm psm cspo pspo itil togaf ccna
    fca acca fcca caia edd psyd dds dmd dvm rn bba bcom mpa mph mfa mcom asc cdir adma fcpa md mrics frics
    leed dess ing jr sr ii iii iv pl.
    """
)
"""Without their dots. None of them is anybody's family name, which is why "MA" and "BA" are missing."""

MAIDEN_NAME_WORDS = word_set("née né nee geb. geb ép. épouse born")
"""What stands before the name that somebody had or has otherwise."""

JOB_WORDS = word_set(
    """
    ceo cto cfo coo cmo chro cio drh dg pdg daf dsi rh hr seo directeur directrice director directora responsable
    manager consultant consultante consultor consultora recruteur recruteuse recruiter headhunter fondateur
    fondatrice founder cofounder co-founder entrepreneur entrepreneure ingénieur ingénieure engineer ingeniero
    ingeniera développeur développeuse developer designer graphiste photographe photographer journaliste journalist
    periodista avocat avocate lawyer attorney abogado abogada notaire coach coaching formateur formatrice
    conférencier conférencière speaker auteur autrice author expert experte spécialiste specialist analyste analyst
    architecte architect chargé chargée président présidente président-directeur president senior junior freelance
    freelancer indépendant indépendante étudiant étudiante student stagiaire intern courtier courtière realtor
    broker gerente geschäftsführer geschäftsführerin berater beraterin adviseur psychologue psychologist thérapeute
    therapist traducteur traductrice translator marketing sales conseiller conseillère comptable
    """
)
"""What people do. Trades that are family names as well, such as Baker or Boulanger, are missing."""

PARTICLES = word_set(
    """
    de du des la le van von der den ter ten di da dos das do del della dello el al bin bint ben ibn abu zu zum
    zur af av e y vom op in 't st ste saint sainte
    """
)
"""Words that open a family name."""

SMALL_PARTICLES = PARTICLES - word_set("le la ben bin bint ibn abu al el ten do in st ste saint sainte")
"""Those that one writes in small letters: Philippe de Villiers, but Anne Le Goff."""

_SECOND_NAMES = {
    "jean": """
        baptiste benoit bernard charles christophe claude daniel denis francois guy jacques louis luc marc
        marie michel nicolas noel olivier pascal paul philippe pierre rene robert sebastien simon victor
        yves
        """,
    "marie": """
        andree ange anne catherine chantal christine claire claude dominique elaine eve france francoise
        helene jeanne josee julie laure laurence line lou louise madeleine michele noelle odile paule pier
        pierre rose soleil sophie therese
        """,
    "anne": """
        caroline catherine cecile charlotte claire elisabeth gaelle helene julie laure lise lucie marie
        sarah sophie
        """,
    "pierre": "alain alexandre andre antoine emmanuel henri louis luc marc olivier paul yves",
    "paul": "andre emile antoine henri",
    "louis": "charles philippe marie",
    "charles": "andre antoine edouard etienne henri olivier",
    "marc": "andre antoine olivier",
    "rose": "marie anne",
    "mary": "ann anne jane beth lou",
    "juan": "carlos pablo jose manuel antonio",
    "jose": "luis maria antonio manuel miguel",
    "maria": "jose fernanda elena luisa teresa",
    "luis": "miguel alberto fernando",
    "miguel": "angel",
    "ana": "maria paula",
    "jan": "willem pieter hein dirk kees",
    "fatima": "zahra ezzahra zohra",
    "mohamed": "amine ali reda yassine lamine",
    "mohammed": "amine ali reda yassine lamine",
    "hans": "peter jurgen georg",
    "karl": "heinz",
}
COMPOUND_NAMES = frozenset((first, second) for first, row in _SECOND_NAMES.items() for second in row.split())
"""First names of two words, without accents."""

LONG_GIVEN_NAMES = (
    "(?:maria_(?:del|de_la|de_los|de_las)_(?:carmen|pilar|rosario|mar|rocio|angeles|dolores|mercedes|luz|socorro|"
    "consuelo|nieves|soledad)"
    "|abd_(?:(?:el|al|ul|ur|er|ar)_\\w+?|(?:el|al)[a-z]{3,})|(?:abdul|abdel)_[a-z]+|abu_bakr"
    "|(?:nour|nur|salah|badr|alaa|seif|saif|jamal|kamal|chams|imad|mohi|taj|zine)_"
    "(?:(?:el|al|ed)_?(?:houda|hoda|huda|din|dine|islam|abidine)|eddine|uddin))_"
)
"""A pattern of first names of several words, which stand without accents and joined by "_"."""

NEVER_ALONE = word_set("ma md mohd muhd med cheikh thi abdul abdel abd wm")
"""Beginnings and abbreviations of first names, which nobody is called by alone."""

LONE_PARTICLES = word_set("le la de du des van von di el del della da dos das ter ten vom zum zur")
"""Particles that begin no first name: in front of a name, the family name comes first."""

BEN_FAMILIES = word_set(
    """
    ali salah youssef ahmed mohamed hassen hassine amor romdhane mansour slimane salem abdallah khalifa othman
    brahim ammar achour jemaa said taleb
    """
)
"""What follows "Ben" in the family names of the Maghreb."""

FAMILY_FIRST = word_set(
    """
    nguyen tran pham hoang huynh phan dang bui duong wang zhang liu chen huang zhao zhou zhu xu ouyang
    wong chan cheung leung kwok tsang yeung choi kwon hwang
    tanaka suzuki sato takahashi watanabe yamamoto nakamura kobayashi yoshida yamada sasaki
    nagy kovacs szabo toth horvath varga molnar nemeth farkas balogh
    sharma patel gupta singh kaur kumar reddy
    """
)
"""Family names, without accents, of people who may write them first."""

CHINESE_FAMILIES = word_set(
    """
    li yang wu sun hu lin guo he gao luo zheng liang xie song tang han feng yu dong xiao cheng cao yuan deng fu
    shen zeng peng lu su jiang cai jia ding wei xue ye yan pan du dai xia zhong tian ren fan fang shi yao tan
    liao zou xiong jin hao kong bai cui kang mao mei qiu qin gu hou shao meng long wan duan qian yin chang lei
    """
)
"""Chinese family names that are first names as well, here or there: what stands behind them decides."""

LAST_FAMILIES = word_set("zhang wang liu huang")
"""Chinese family names that are hardly ever first names: at the end, the order is the Western one."""

VIETNAMESE_FAMILIES = word_set("le vo do ho ly vu ngo dinh lam mai trinh dao doan luong truong ha cao ta luu van")
VIETNAMESE_GIVEN_NAMES = word_set(
    """
    van thi minh anh linh hung dung huong lan hoa mai thao trang tuan nam son long hai hien hanh ha thu thuy thanh
    tam phuong ngoc nga my ly khanh khoa kien hieu hoang huy duc dat bao binh chau chi cuong diep duy giang quan
    quang quynh tien tri trung tu tung tuyet uyen vinh vy xuan yen an nhi nhung phuc quoc hong
    """
)
KOREAN_FAMILIES = word_set("kim lee park jung kang cho yoon jang lim han shin seo")

GIVEN_NAMES = word_set(
    """
    adele agathe alexandra alice aline amandine amelie aminata anais ananya anna annegret antoine aurelie aurore
    axelle beatrice benedicte benoit brigitte camille caroline catherine cecile celine chantal charlotte chloe
    christelle christine christophe claire clara clemence clementine coralie corinne cyril damien delphine
    dominique dorothee edouard elise elodie emilie emily emma estelle etienne eva eve fabien fabienne fanny
    fatima fatou florence florian francois frederic frederique gaelle genevieve geraldine guillaume gwenael
    gwenaelle helene ines ingrid isabelle jacqueline javier jean jeanne jennifer jerome jessica joris josephine
    juan julia julie juliette justine karine katia laetitia laura laure laurence lea leila lise lucie ludivine
    ludovic madeleine maelle magali manon margaux marie marine marion mathieu mathilde maxime melanie melissa
    michele mohamed monique morgane mustapha myriam nadia nadine nathalie nicolas nicole noemie oceane olivier
    pascale patricia pauline priscilla quentin rachid rebecca regine roman romain sabrina samantha sandrine sarah
    sebastien severine solene sonia sophie stephane stephanie susanne sylvain sylvie tatiana teresa thibault
    valentine valerie vanessa veronique victoria virginie wilfried xavier yasmine yann yannick yolande yvette
    zoe ashley joao pedro annika birgit dieter juergen jurgen katharina ursula wolfgang femke sanne
    """
)
"""First names, without accents, that are hardly ever family names: behind another word, that may be the family's."""

FAMILY_FIRST_SCRIPTS = ("CJK", "HANGUL", "HIRAGANA", "KATAKANA")
"""How the Unicode names of letters begin in which the family name comes first."""

JOINING_WORDS = word_set("& + et and und")
"""What stands between two people, or in a firm."""

ARTICLES = word_set("les the los las nos our we nous")
"""Words that open the name of a company, or a slogan, and nobody's name."""

PLACEHOLDERS = frozenset(
    {
        "n a", "n a n a", "unknown", "inconnu", "inconnue", "anonymous", "anonyme", "test", "test test", "xxx", "nom",
        "prenom nom", "first name last name", "firstname lastname", "open to work", "name", "null", "none",
    }
)  # fmt: skip
"""What forms and exports hold where nobody is named; folded."""

COMPANY_WORDS = word_set(
    """
    inc ltd llc llp gmbh ag bv sarl sas sasu eurl sa ltee ltée enr corp group groupe agence agency cabinet
    consulting solutions services recrutement recruitment recruiting team équipe equipe company compagnie
    société societe association university université institute institut club studio studios hiring
    fils frères freres associés associates partners holding technologies technology labs media médias foundation
    fondation academy académie school lycée collège université ville mairie ministère éditions editions boutique
    boulangerie restaurant hôtel hotel avocats notaires conseil conseils atelier ateliers consultancy department
    département service client grupo pvt kg nv sl srl plc oy recrutons linkedin member utilisateur membre user
    """
)
