"""Cues: words by which a question shows what it asks, as patterns over its plain text."""

from __future__ import annotations

FEE = (
    r"\bw?rvus?\b|\bfees?\b|\bpay(?:s|ment|ments)?\b|\breimburs|\brates?\b|\ballow(?:s|ed|able)?\b|\bhow much\b"
    r"|\bprice|\bcost\b|\bworth\b|\bamount\b|\bconversion factor|\bexpected payment|\bmpfs\b"
)
WILL_PAY = r"\bwill (?:medicare|cms) pay\b(?!.*\bhow much)|\bdoes medicare (?:pay|cover) (?:for )?\S+\?$"
AMOUNT = (
    r"\bw?rvus?\b|\bhow much\b|\bfee\b|\bpayment\b|\ballowed amount|\bwhat does\b.*\bpay\b|\brate\b|\bprice\b|\bworth\b"
)
VALID = (
    r"\bvalid\b|\bactive\b|\bdeleted\b|\bdiscontinued\b|\bterminated\b|\bexpired?\b|\bstill\b|\bin effect\b|\bexist"
    r"|\bobsolete|\bretired\b|\bbillable\b|\bcurrent code|\bend dated?\b|\binvalid\b|"
    r"\b(?:can|may|could) (?:i|we) (?:still )?(?:bill|use|report|code|submit)\b|\bnew code\b|\bwhen (?:did|was|were"
    r"|does)\b.*\b(?:delet|start|begin|add|effective)|\bok (?:to (?:use|bill)|on|in)\b|\beffective\b|\bstart(?:s|ed)?\b"
)
DIFFER = (
    r"\bdifferen|\bvs\.?\b|\bversus\b|\bcompare|\bcompared\b|\bdistinguish|\bdistinction|\bor\b.*\bwhich (?:one|code)"
)
UNITS = (
    r"\bmues?\b|\bmedically unlikely|\bunit limits?\b|\bmax(?:imum)? (?:units|number|per day|allowed)"
    r"|\bhow many\b[^?]{0,12}\b(?:units|times)\b.*\b(?:day|allowed|limit|bill|max|per)|\bunits? (?:per|a) day|\bmai\b"
    r"|^\w{5} units?\b|\bunits? limit|\bunit max|\bmost units|\bunits? (?:are |is )?allowed"
)
ADD_ON = (
    r"\badd[- ]?ons?\b|\balone\b|\bstand-?alone\b|\bby itself\b|\bby themselves|\bprimary (?:code|procedure)"
    r"|\bprimaries\b|\bparent code|\bbase code|\bneeds? (?:a |which |what )?primar"
    r"|\bwithout (?:the )?(?:primary|17|another)"
)
TOGETHER = (
    r"\btogether\b|\btables?\b|\bsame\b|\bsame (?:claim|day|date|session|visit|encounter|line)|\bone claim|\bwith\b"
    r"|\band\b"
    r"|\bplus\b|\bbundle|\bunbundl|\bedits?\b|\bncci\b|\bcci\b|\bptp\b|\bcolumn|\bindicator|\bexclud"
    r"|\balso (?:bill|report|code)|\bboth\b"
)
BYPASS = r"\bbypass|\bptp\b|\boverride|\bunbundle|\bbreak the (?:edit|bundle)|\bedits?\b|\bncci\b|\bcci\b|\bpair\b"
COVER = (
    r"\bcover(?:ed|age|s)?\b|\bmedical(?:ly)? necess|\blcds?\b|\bncds?\b|\blocal coverage|\bnational coverage"
    r"|\barticle\b|\bwill (?:medicare|cms|the mac) (?:pay|allow|reimburse)|\bdoes (?:medicare|cms) (?:pay"
    r"|cover|allow|reimburse)|\bbillable to medicare|\bpayable (?:by|under) medicare"
)
SEQUENCE = (
    r"\bfirst\b|\bsequenc|\border\b|\bprincipal\b|\bprimary (?:dx|diagnosis)|\border of\b|\bwhich (?:goes|comes"
    r"|code)\b.*\bfirst|\blisted first|\bcode first"
)
SEVENTH = r"\b(?:7th|seventh)\b|\bplaceholder\b|\binitial encounter\b.*\bcode|\bextension\b|\bencounter character"
FIND = (
    r"\b(?:which|what)(?:'s| is| are)?\b[^?]{0,40}\b(?:codes?|icd|cpt|hcpcs|dx|diagnosis)\b|\bcodes? for\b"
    r"|\b(?:icd-?\s?10|cpt|hcpcs|dx|diagnosis)[^?]{0,16}\bfor\b|\bhow (?:do|would|should) (?:i|we|you) (?:code"
    r"|bill|report)\b|\bfind\b|\blook up\b|\bneed (?:a |the )?(?:code|icd|cpt|dx)"
)
HISTORY = (
    r"\bwhat(?:'s| has| is)? (?:changed|new)|\bchanges?\b|\breplac|\bsuccessor|\bpredecessor"
    r"|(?<!or )(?<!family )(?<!personal )\bhistory\b(?! of (?!\w?\d))"
    r"|\bused to be|\binstead(?: of\b|\W*$)|\btook (?:its|the) place|\bconverted to|\bnow (?:billed|coded"
    r"|reported) (?:as|with)"
)
HEADER = (
    r"\bbillable\b|\bspecific|\bmap\b|\bnarrow|\bchildren|\bsubcodes?|\bfull code|\bcomplete code"
    r"|\bhigher specificity|\bmore digits|\bunder\b|\bbelow\b"
)
NOTES = (
    r"\bexcludes?\b|\bincludes?\b|\binclusion\b|\bcode first\b|\bcode also\b|\buse additional\b|\bnotes?\b"
    r"|\binstruction"
)
CROSSWALK = (
    r"\bdiagnos\w+ (?:does|do|are|is)\b.*\b(?:list|cover|support)|\blist of covered (?:diagnos|dx|icd)"
    r"|\bdiagnosis list\b|"
    r"\bcrosswalk|\b(?:icd|dx|diagnos)\w*(?:-?10)?(?:-?cm)?\b.{0,20}\b(?:support|cover|pay|go|link"
    r"|justif|allow|for|match|map)|\bsupport(?:s|ing)?\b.*\b(?:icd|dx|diagnos)|\bmap\b.*\bicd"
)
POLICY_NAMED = r"\blcds?\b|\bncds?\b|\barticle\b|\bpolic(?:y|ies)\b|\bcoverage determin"
POLICY_OF = r"\b(?:lcds?|polic(?:y|ies)|article) (?:covers?|for|on|governs?) \w{4,}"
DENIED = r"\bclaims?\b.*\b(?:denied|rejected|denial)\b"
CONTRACTOR = (
    r"\bmacs?\b|\b(?:medicare|part b|dme) contractor|\bcontractor (?:for|in|of|number)\b"
    r"|\bcarrier (?:number|for|and|code)\b|\bwhere do\b[^?]{0,30}\bclaims go\b|\bjurisdiction (?:for|of|is)\b"
    r"|\bwhich (?:medicare )?(?:contractor|carrier|jurisdiction)\b"
)
SERVES = r"\bhandles?\b|\bprocess|\bserves?\b|\bjurisdiction\b|\bcovers?\b|\bpart [ab]\b"
IN_FORCE = r"\bin force\b|\bin effect\b|\bactive\b|\bstill\b|\bretired\b|\bcurrent\b|\bvalid\b|\beffective\b"
POLICY = r"\blcds?\b|\bncds?\b|\blocal coverage|\bcoverage article|\bmac\b.*\bpolicy|\bwhich mac\b"
STAGES = r"\bblocks?\b|\bstages?\b"
COUNTED = r"\bunits?|how many|how (?:do|would|should)|bill|code|mohs"
DOSE = r"\d ?(?:mg|mcg|iu|g|gm|grams?|ml|units?|u)\b"
LESION = r"lesion|carcinoma|melanoma|\bbcc|\bscc|nevus|mole|cyst|malignan|benign"
MEANING = r"\bmean|\bstands? for\b|\bwhat is\b|\bwhat's\b|\bdefin|\bdescri|\bdifferen|\bexplain"
WHAT_IS = r"^(?:what(?:'s| is| are| does)|define|describe|explain|tell me about|meaning of|lookup|look up)\b"
POINTED = r"\b(?:it|this|that|these|those|both|they|them)\b"
ASKED_OF_CODE = (
    r"\bpay|\bpaid\b|\bbill|\bcode|\bfee\b|\bcover|\bbundle|\bvalid\b|\bmodifier|\bunits?\b|\bmue\b|\brvus?\b|\ballow"
    r"|\bdoes it take\b|\bprocedure\b|\blcd\b|\bdeni|\bedit"
)
BARE_ASK = (
    r"^(?:so |ok |and )?(?:what(?:'s| is| are)? (?:the )?)?(?:mue|w?rvus?|fee|payment|global(?: period| days)?"
    r"|status(?: indicator)?|apc"
    r"|medicare (?:fee|allowable))s?\W*$|^how much (?:will|do|does|would) (?:they|medicare|it|you) (?:pay|allow)\W*$"
    r"|^which modifier (?:do|should|would) (?:i|we) (?:need|use|add|append)\W*$|^convert my\b|^(?:can|may|do) (?:i"
    r"|we) bill both\W*$"
)
IMPERSONAL = r"\bis it (?:ok|okay|allowed|legal|possible|necessary|required|true|correct|fine|appropriate|ever)\b"
OWNERS = r"\bcgs\b|\bwps\b|\bngs\b|\bnoridian\b|\bnovitas\b|\bpalmetto\b|\bfirst coast\b|\bfcso\b"
COVERED_SERVICE = r"\bis\b.{2,40}\bcovered\b|\bdoes (?:medicare|cms) (?:cover|pay for)\b|\bmedicare cover"
OTHER_SYSTEM = r"\bicd|\bdx\b|\bdiagnos|\btaxonomy|\bpos\b|\bmodifier|\brev(?:enue)?\b|\bhcpcs|\bg-? ?code"
SHORT_LIST = (
    r"\btaxonomy\b(?!.*\b(?:specialty|claim|required|enroll|match))|\bnucc\b|\bpos (?:code )?for\b"
    r"|\bplace of service (?:code )?for\b"
    r"|^[a-z ]{3,30} (?:pos|place of service)$|\bwhat pos\b|\bwhich pos\b"
)
FEE_OF_NOTHING = r"^(?:what's|what is|how much is) the (?:fee|rate|payment|price)(?: in [a-z ]{4,20})?\W*$"
IT_BESIDE = r"\b(?:it|this|that)\b.*\b(?:with|beside|and|bundled?|together)\b"
LISTED = (
    r"\bvalid\b|\bactive\b|\bdeleted\b|\bdiscontinued\b|\bterminated\b|\bexpired?\b|\bstill\b|\bin effect\b"
    r"|\bexist|\bobsolete|\bretired\b|\binvalid\b|\bnew code\b|\bend dated?\b|\beffective\b"
)
TABLED = (
    r"\bmues?\b|\bmai\b|\bw?rvus?\b|\bconversion factor|\bindicator|\bncci\b|\bcci\b|\bptp\b|\bcolumn\b"
    r"|\blcds?\b|\bncds?\b"
    r"|\barticle\b|\bhow much (?:does|will|would)\b|\blocality\b|\bgpci|\bgems?\b|\bcrosswalk|\bsupport|\bexcludes"
    r"|\bicd-?\s?9\b|\b(?:car|rar)c\b|\btaxonomy\b|\brev(?:enue)?\.? codes?\b"
)
"""What a table holds, so that a case which asks for it is answered from there first."""
MODIFIER_ALONE = (
    r"^(?:what(?:'s| is| does| do)? )?(?:the )?(?:modifiers? )?[a-z0-9]{2}(?: modifiers?)?"
    r"(?: mean(?:s|ing)?\b[^?]{0,40})?\W*$"
    r"|^(?:meaning|definition) of (?:modifier )?[a-z0-9]{2}\W*$"
)
READING = (
    r"\b(?:manual|guidelines?|claims processing)\b.*\bsay|\bwhat do(?:es)? the\b.*\b(?:manual|guidelines?)\b"
    r"|\bquote\b.*\b(?:manual|guideline)"
)
