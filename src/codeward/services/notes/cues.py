"""Cues: the words by which notes deny, doubt, date, foresee a condition or give it to another person."""

from __future__ import annotations

import re


def _any(*patterns: str) -> re.Pattern[str]:
    r"""Any of the patterns as words of their own; a blank stands for one or more blanks or a line break."""
    joined = "|".join(pattern.replace(" ", r"\s{1,6}") for pattern in patterns)
    return re.compile(rf"(?<![\w-])(?:{joined})(?![\w])", re.IGNORECASE)


_KIN = (
    r"(?:grand|great[ -]?grand|step|half[ -]?|foster[ -])?(?:mother|father|sister|brother|son|daughter|parent|child)s?(?:['’]s)?"
    r"|siblings?|aunts?|uncles?|cousins?|niece|nephew|mom|dad|(?:maternal|paternal)(?:\s{1,4}\w{1,20})?|grand(?:ma|pa)"
)

DENIES = _any(
    r"no",
    r"without",
    r"w/o",
    r"denie[sd]",
    r"deny",
    r"denying",
    r"denial of",
    r"never",
    r"non",
    r"nor",
    r"neither",
    r"none",
    r"absen(?:ce|t)(?: of)?",
    r"negative(?: for)?",
    r"neg(?:\.)? for",
    r"free of",
    r"free from",
    r"lack(?:s|ed|ing)?(?: of)?",
    r"fail(?:s|ed)? to (?:reveal|show|demonstrate)",
    r"rul(?:es|ed|ing) out(?: for)?",
    r"exclude[sd]?",
    r"resolution of",
    r"unremarkable for",
    r"rather than",
    r"no evidence (?:of|for)",
    r"ruled the patient out for",
    r"declin(?:es|ed)",
    r"zero",
    r"nil",
    r"[-–]ve for",
    r"unlikely(?: (?:to (?:be|have|represent)))?",
    r"low (?:suspicion|likelihood|probability|concern)(?: (?:for|of))?",
    r"nor (?:is|was|were|did|do|does|has|have|had) (?:he|she|it|they|there|the patient)(?: (?:is|was|in|have|had))?",
    r"(?:not|n['’]t) (?:\w{1,20} )?(?:consistent|compatible) with",
    r"not (?:\w{1,20} )?suggest(?:ive of)?",
    r"(?:not|n['’]t)(?= (?:\w{1,20} ){0,2}?(?:have|had|having|has|show|reveal|demonstrate|appear|complain\w{0,3}|report|experience[ds]?|endorse|feel|felt|see|seen|notice|noted?|identif\w{1,4}|appreciated?"
    r"|find|found|hear|heard|palpated?|detect\w{0,2}|develop\w{0,2}|suffer\w{0,4}|exhibit|display|any|an?|in|with|present|been|be|meet|admit|use|drink|smoke|currently|positive|sustain\w{0,2}|acutely|particularly|overtly)(?!\w))",
)
"""Before a condition: denied."""

NOT = _any(r"not", r"n['’]t", r"cannot")
"""Before a condition: denied, but only right before it."""

SIGN_DENIES = re.compile(r"(?:\(-\)|\[ ?-? ?\]|☐|□|(?<![\w)])-(?=[A-Za-z]))\s{0,3}$|(?<!\S)∅\s{0,2}$")
"""A minus, an empty box or a zero right before a condition: denied."""

DENIED_AFTER = re.compile(
    r"\s{0,4}(?:[:=,–—-]\s{0,3})?(?:\(-\)|(?:(?:has|have|had)\s{1,4}been|(?:is|was|are|were)(?:\s{1,4}(?:all|both|also))?)?\s{0,4}"
    r"(?:ruled\s{1,4}out|excluded|absent|denied|negative|neg|unlikely|not\s{1,4}(?:present|seen|identified|noted|found|detected|appreciated"
    r"|demonstrated|evident|visuali[sz]ed|observed|palpable|palpated|heard|elicited|felt|reported|apparent|suspected|likely))(?!\w)"
    r"|,?\s{0,2}(?:(?:has|have)\s{1,4})?(?:now\s{1,4}|since\s{1,4}|completely\s{1,4})?resolved(?!\w)|(?:no|none|denies|nil)(?=\s{0,3}(?:[.;,\n]|$)))"
    r"|[^.;:,\n]{0,60}?(?<!\w)(?:(?:is|was|are|were)\s{1,4}not\s{1,4}(?:present|seen|identified|noted|found|detected|appreciated"
    r"|demonstrated|evident|visuali[sz]ed|observed|palpable|palpated|heard)"
    r"|(?:is|was|are|were|(?:has|have)\s{1,4}been)\s{1,4}(?:ruled\s{1,4}out|excluded|absent|denied))(?!\w)",
    re.IGNORECASE,
)
"""After a condition: denied."""

NOT_DENIED = _any(
    r"no (?:\w{1,20} ){0,2}(?:change|increase|decrease|improvement|worsening|progression|relief|response|difference|growth)s?"
    r"(?: (?:in|of|from|to|with))?",
    r"no further",
    r"no longer than",
    r"not only",
    r"not just",
    r"no doubt",
    r"not necessarily",
    r"not to mention",
    r"no matter",
    r"gram[ -]negative",
    r"not (?:certain|sure|clear|known)(?: (?:if|whether))?",
    r"no new",
    r"not (?:yet )?resolved",
    r"without (?:difficulty|incident|problems?|complications?|further|help|assistance|improvement|relief|success)",
    r"not (?:well|adequately|fully|completely|optimally|under) controlled",
    r"not (?:improved|improving|responding|tolerat\w{1,6}|better)",
    r"(?:can ?not|can['’]?t|could not|couldn['’]?t|unable to|not|no[tr]? (?:able|possible) to|difficult to|hard to)"
    r"(?: be)?(?: \w{1,12})? (?:rule[sd]? out|exclude[sd]?)(?: for)?",
    r"no cause (?:of|for)",
    r"no reason for",
    r"no obvious cause",
    r"no treatment for",
    r"not (?:take|taking|taken|using|on|been taking|candidate|eligible)",
    r"non[ -]?compliant",
    r"no history available",
    r"no known cause",
    r"not cause[sd]?",
    r"not drain\w{0,4}",
    r"no (?:meds|medications?|therapy|surgery|intervention) for",
    r"no\. ?\d",
    r"no \d",
    r"never (?:treated|evaluated|diagnosed until)",
    r"rule[sd]? out if",
    r"not know\w{0,2}",
    r"no (?:\w{1,20} ){0,2}(?:diagnosis|explanation|etiology|source|treatment|indication) (?:for|of)",
    r"negative pressure",
    r"negative inspiratory",
    r"not due to",
    r"not related to",
    r"not associated with",
    r"not explained by",
    r"not secondary to",
)
"""Looks like a denial and is none."""

ENDS_DENIAL = _any(
    r"but",
    r"however",
    r"although",
    r"though",
    r"except(?: for)?",
    r"aside from",
    r"apart from",
    r"other than",
    r"besides",
    r"yet",
    r"still",
    r"nevertheless",
    r"whereas",
    r"while",
    r"because",
    r"since",
    r"due to",
    r"secondary to",
    r"as well as his",
    r"then",
    r"which",
    r"who",
    r"positive for",
    r"admits(?: to)?",
    r"reports",
    r"complain(?:s|ed|ing) of",
    r"endorses",
    r"presents?",
    r"presented",
    r"presenting",
    r"therefore",
    r"until",
    r"instead",
    r"remains?",
    r"continues?",
    r"(?:and|with|he|she|it|there|patient|but|now|also|which) (?:has|had|have|is|was|were|are|does have)",
    r"(?:has|have) (?:had|been|a|an|some|multiple|known)",
    r"reveals",
    r"shows?",
    r"showed",
    r"demonstrates",
    r"consistent with",
    r"felt to be",
    r"status post",
    r"s/p",
    r"so",
    r"she",
    r"he",
    r"they",
    r"there (?:is|was|are|were)",
    r"as",
    r"in order",
    r"at (?:which|that) time",
    r"given",
    r"likely",
    r"suspect(?:ed)?",
    r"concern for",
    r"causing",
    r"requiring",
    r"resulting in",
    r"mild(?:ly)?(?= [a-z]{1,20}ed )",
    r"treated with",
    r"significant for",
    r"notable for",
    r"remarkable for",
    r"(?:is|are|was|were) (?:noted|present|seen|normal|intact|stable|clear|supple|soft)",
)
"""A denial does not reach beyond these."""

DOUBTS = _any(
    r"possib(?:le|ly|ility of|ilities of)",
    r"probabl[ey]",
    r"probability of",
    r"suspect(?:ed|s|ing)?",
    r"suspicio(?:us|n)(?: (?:for|of))?",
    r"concern(?:ing|ed|s)?(?: (?:for|of|about))",
    r"questionabl[ey]",
    r"question of",
    r"rule[- ]?out",
    r"r/o",
    r"to rule out",
    r"may(?: (?:have|be|represent|reflect|indicate))?",
    r"might(?: (?:have|be|represent))?",
    r"could(?: (?:have|be|represent|reflect))",
    r"versus",
    r"vs\.?",
    r"(?:most |more |less |very )?likely",
    r"presum(?:ed|ably|ptive|ptively)",
    r"working diagnosis(?: of)?",
    r"differential(?: diagnos[ei]s)?(?: (?:includes?|of|is))?",
    r"ddx",
    r"(?:can ?not|can['’]?t|could not|couldn['’]?t|unable to|not|difficult to|hard to)(?: be)?(?: \w{1,12})? (?:rule[sd]? out|exclude[sd]?)",
    r"compatible with",
    r"consistent with",
    r"c/w",
    r"suggest(?:ive of|s|ing|ed|ion of)?",
    r"appears? (?:to (?:be|have|represent))",
    r"worrisome for",
    r"indeterminate",
    r"equivocal",
    r"evaluat(?:e|ion|ed|ing) (?:for|of possible)",
    r"assess for",
    r"work ?-?up (?:for|of)",
    r"felt to be",
    r"thought to be",
    r"believed to be",
    r"perhaps",
    r"maybe",
    r"seems? to (?:be|have)",
    r"favor(?:s|ed|ing)?",
    r"query",
    r"provisional(?:ly)?",
    r"potential(?:ly)?",
    r"apparent(?:ly)?",
    r"doubt(?:ful)?",
    r"cannot exclude",
    r"not (?:certain|sure|clear)(?: (?:if|whether))?",
    r"unclear if",
    r"unsure (?:if|whether)",
    r"investigat(?:e|ion) for",
    r"consider(?:ing|ation of)?",
    r"no definite",
    r"as if",
)
"""Before a condition: uncertain, in the words of ICD-10-CM guideline IV.H and terms like them."""

SIGN_DOUBTS = re.compile(r"\?\s{0,2}$|\(\?\)\s{0,2}$")

DOUBTED_AFTER = re.compile(
    r"\s{0,4}(?:\?|\(\?\)|(?:vs\.?|versus)(?!\w)|,?\s{0,2}\(?(?:suspected|probable|possible|presumed|questionable|likely)(?=\s{0,3}(?:[).,;\n]|$)))"
    r"|[^.;:,\n]{0,50}?(?<!\w)(?:(?:is|was|are|were|(?:has|have)\s{1,4}been|being)\s{1,4}(?:also\s{1,4})?(?:possible|probable|likely|suspected|questionable"
    r"|presumed|considered|being\s{1,4}considered|a\s{1,4}(?:possibility|consideration|concern)|in\s{1,4}the\s{1,4}differential|of\s{1,4}concern|unlikely)"
    r"|(?:can\s?not|can['’]?t|could\s{1,4}not|not)\s{1,4}(?:be\s{1,4})?(?:entirely\s{1,4}|completely\s{1,4})?(?:ruled\s{1,4}out|excluded)|to\s{1,4}be\s{1,4}ruled\s{1,4}out"
    r"|(?:vs\.?|versus))(?!\w)",
    re.IGNORECASE,
)
"""After a condition: uncertain."""

NOT_DOUBTED = _any(
    r"(?:may|might|could) (?:be )?(?:causing|contributing|related|due)",
    r"chief (?:complaint|concern)(?: (?:of|is))?",
    r"may (?:return|resume|shower|take|use|also|need|go|eat|drive|continue)",
    r"question(?:s|ed|ing)",
    r"as (?:soon|much|often) as possible",
    r"in may",
    r"may \d{1,4}",
    r"(?:his|her|patient['’]s|family|no) (?:question|concern)s?",
    r"no questions?",
    r"potential (?:complications?|risks?|side effects?|benefits?)",
    r"possible (?:complications?|risks?|side effects?)",
    r"without (?:a )?doubt",
    r"no doubt",
)

ENDS_DOUBT = _any(
    r"but",
    r"however",
    r"although",
    r"though",
    r"which",
    r"who",
    r"because",
    r"since",
    r"due to",
    r"secondary to",
    r"with",
    r"given",
    r"therefore",
    r"in (?:a|the) (?:patient|setting)",
    r"from",
    r"and (?:has|had|is|was)",
    r"there (?:is|was|are|were)",
    r"he",
    r"she",
    r"status post",
    r"s/p",
    r"as",
    r"on",
    r"in",
    r"history of",
    r"treated",
    r"for (?:which|his|her)",
    r"noted",
    r"found",
    r"while",
)
"""A doubt does not reach beyond these."""

DATES = _any(
    r"(?:past |prior |previous |remote |personal |known |old |distant |significant |medical |surgical |medical and surgical )*(?:history|hx)(?:,)? (?:is |was )?(?:of|significant for|positive for|notable for|remarkable for|includes?|including|consists of)",
    r"family (?:medical )?(?:history|hx)(?: (?:is )?(?:of|significant for|positive for|notable for))?",
    r"f(?:am )?hx?(?: of)?",
    r"h/o",
    r"hx(?: of)?",
    r"sequelae? (?:of|from)",
    r"late effects? of",
    r"s/p",
    r"status[ -]post",
    r"past history",
    r"in the past",
    r"(?:past |prior )?(?:medical|surgical) history",
    r"known to have",
    r"history",
    r"phx",
    r"pmhx?",
)
"""Before a condition: of the past, in the sense of the ConText kit."""

DATES_NEAR = _any(r"previous(?:ly)?", r"prior", r"formerly", r"remote(?:ly)?", r"old", r"former", r"childhood")
"""Right before a condition: of the past."""

DATED_AFTER = re.compile(
    r"[^.;:\n]{0,60}?(?<!\w)in\s{1,4}the\s{1,4}past(?!\w)|,?\s{1,4}(?:status[ -]post|s/p)\s{1,4}(?:\w{1,20}\s{1,4}){0,3}?\w{0,20}(?:ectomy|resection|removal|excision|repair|transplant(?:ation)?)(?!\w)|,?\s{1,4}(?:now\s{1,4})?resolved(?!\w)"
    r"|[^.;:\n]{0,30}?(?<!\w)(?:(?:in|since|of)\s{1,4}(?:(?:early|late|mid)[- ]{1,2})?(?:19|20)\d\d|years?\s{1,4}ago|months?\s{1,4}ago|as\s{1,4}a\s{1,4}child"
    r"|(?:has|have|is|was|now)\s{1,4}(?:since\s{1,4})?resolved|by\s{1,4}history|in\s{1,4}childhood|in\s{1,4}remission)(?!\w)",
    re.IGNORECASE,
)
"""After a condition: of the past."""

NOT_DATED = _any(
    r"histor(?:y|ies) (?:of (?:the )?present(?:ing)? (?:illness|complaint|condition)|and physical|taking|obtained|from|is (?:obtained|limited|unobtainable))",
    r"(?:\d{1,3}|one|two|three|four|five|six|seven|eight|ten|several|few)(?:[- ]to[- ]\w{1,6})?[- ](?:hour|day|week|month|year)s?(?: \w{1,10})? history(?: of)?",
    r"(?:\d{1,3}|\w{1,8})[- ](?:year|month|week|day)s?[- ]old",
    r"(?:hour|day|week|month|year)s? history(?: of)?",
    r"(?:brief|recent|long|short)(?: standing)? history of",
    r"prior to",
    r"previous (?:to|exam|study|studies|visit|note|examination|film|ct|mri)s?",
    r"(?:compared|comparison)(?: \w{1,10}){0,4} (?:prior|previous)(?: \w{1,12})?",
    r"prior (?:exam|study|studies|visit|note|film|ct|mri|examination)s?",
    r"social history",
    r"old records?",
    r"yo",
    r"previously (?:noted|seen|described|identified)",
    r"history,?",
)
"""Looks like the past and is none."""

ENDS_PAST = _any(
    r"but",
    r"(?<=,\s)with",
    r"however",
    r"who (?:presents?|presented|was|is|comes?|came|had|now|developed|has|underwent)",
    r"presents?",
    r"presented",
    r"presenting",
    r"admitted",
    r"comes? in",
    r"came",
    r"with (?:a )?(?:chief )?complaints?",
    r"complain(?:s|ed|ing)",
    r"recent(?:ly)?",
    r"new(?:ly)?",
    r"acute",
    r"denie[sd]",
    r"here (?:for|with|today)",
    r"now",
    r"today",
    r"currently",
    r"noted",
    r"developed",
    r"found to have",
    r"which",
    r"was brought",
    r"transferred",
    r"because",
    r"he (?:is|has|was|had|also)",
    r"she (?:is|has|was|had|also)",
    r"there (?:is|was|are|were)",
    r"the patient (?:is|has|was|had)",
    r"that",
    r"when",
    r"while",
    r"reveals?",
    r"shows?",
    r"consistent with",
    r"since",
    r"due to",
)
"""The past does not reach beyond these."""

FORESEES = _any(
    r"if (?:there (?:is|are|was|were)|(?:you|he|she|they|the patient|patient) (?:has|have|is|are|was|were|develops?))",
    r"if",
    r"return(?: \w{1,20}){0,8} (?:if|for|with|should|when)",
    r"should (?:he|she|you|they|it|there|the patient|patient|any|symptoms|these)",
    r"call(?: \w{1,20}){0,6} (?:if|for|with)",
    r"in (?:the )?(?:case|event) of",
    r"(?:at |high |low |increased |elevated )?risks?(?: factors?)?(?: (?:of|for))",
    r"to (?:prevent|avoid|reduce)",
    r"prevent(?:ion|ing)?(?: of)?",
    r"prophyla(?:xis|ctic)(?: (?:for|against))?",
    r"screen(?:ing|ed)?(?: \w{1,14})?(?: for)?",
    r"as needed for",
    r"p\.?r\.?n\.?(?: for)?",
    r"unless",
    r"monitor(?:ing|ed)? for",
    r"watch(?:ing)?(?: out)? for",
    r"precautions?(?: for)?",
    r"alert(?: \w{1,20}){0,4} (?:if|for)",
    r"(?:educat\w{1,5}|counsel\w{1,5}|advised|instructed|warned|discussed)(?: \w{1,20}){0,4} (?:about|on|regarding|signs|of)",
    r"(?:for|about|on) (?:the )?signs (?:of|and symptoms of)",
    r"whether",
    r"until",
    r"seek(?: \w{1,20}){0,4} (?:if|for)",
    r"any (?:signs?|symptoms?) of",
    r"vaccin\w{1,6} (?:for|against)",
    r"at risk",
    r"report any",
    r"notify(?: \w{1,20}){0,5} (?:if|of|for)",
    r"contact(?: \w{1,20}){0,5} (?:if|for)",
    r"(?:complications|side effects|risks)(?: \w{1,20}){0,5} (?:includ\w{1,4}|such as|of|are)",
    r"family history of",
)
"""Before a condition: foreseen, not present."""

NOT_FORESEEN = _any(
    r"as if",
    r"unclear if",
    r"asked if",
    r"not (?:sure|certain|clear) (?:if|whether)",
    r"would (?:like|recommend|continue)",
    r"family history of",
)

ENDS_FORESIGHT = _any(
    r"but",
    r"however",
    r"because",
    r"since",
    r"given",
    r"due to",
    r"secondary to",
    r"history of",
    r"who",
    r"was",
    r"were",
    r"there (?:is|was)",
    r"presents?",
    r"presented",
    r"today",
)
"""Foresight does not reach beyond these."""

KIN = _any(
    _KIN,
    r"famil(?:y|ial)(?: (?:medical )?(?:history|hx|h/o))(?: (?:is )?(?:of|significant for|positive for|notable for|remarkable for|includes?))?",
    r"fhx?(?: of)?",
    r"f/h",
    r"(?:wife|husband|spouse|partner|roommate|boyfriend|girlfriend|grand(?:son|daughter)s?|relatives?|family members?|donor|friend|coworkers?)(?:['’]s)?",
)
"""Another person than the patient."""

NOT_KIN = _any(
    rf"(?:{_KIN}|wife|husband|spouse|partner|family|friend|roommate|boyfriend|girlfriend)(?: \w{{1,12}})? (?:states?|stated|reports?|reported|says?|said|denie[sd]|notes?|noted|noticed|brought|brings|called|calls|is concerned|was concerned|is worried|gives|gave|provides?|provided|at bedside|present|is here|accompan\w{{1,5}}|describes?|thinks?|feels?|found|witnessed|observed|saw|who (?:states|reports|says|notes)|is the|to bring|helps?|and (?:patient|he|she) (?:report|state|den)\w{{0,4}})",
    rf"(?:per|by|with|from|to|according to|told|lives with|accompanied by|care of|resides with|via) (?:(?:the|his|her|their|patient['’]s|pt['’]s|a) )?(?:{_KIN}|wife|husband|spouse|partner|family|friend|roommate|boyfriend|girlfriend)",
    r"family (?:physician|doctor|practice|medicine|planning|member present|meeting|aware)",
    r"(?:well )?child(?:ren)? (?:visit|check|exam)",
    r"mother (?:of|to)",
    r"donor (?:site|skin|graft|area)",
    r"child['’]s (?:pugh|play)",
    r"child[ -]pugh",
    r"child",
    r"maternal (?:fetal|age|care|obesity)",
    r"(?:the|this) child",
    r"childs",
    r"children",
    r"friend",
    r"son (?:of|rise)",
)
"""Names a person who tells or helps, not one who is ill."""

ENDS_KIN = _any(
    r"but",
    r"however",
    r"patient",
    r"pt",
    r"(?:he|she) (?:has|had|is|was|denies|reports|also|states|presents|complains)",
    r"personal(?: (?:history|hx))?",
    r"herself",
    r"himself",
    r"who (?:presents|is here)",
    r"today",
    r"presents?",
    r"presented",
    r"no personal",
)
"""Another person's illness does not reach beyond these."""

KIN_AFTER = re.compile(
    rf"[^.;:,\n]{{0,25}}?(?<!\w)(?:in|of|affecting|for)\s{{1,4}}(?:(?:his|her|the|their|a|patient['’]s)\s{{1,4}})?(?:{_KIN}|family)(?!\w)"
    rf"|\s{{0,3}}[(:–-]\s{{0,3}}(?:in\s{{1,4}})?(?:(?:his|her)\s{{1,4}})?(?:{_KIN})(?!\w)"
    r"|[^.;:,\n]{0,15}?(?<!\w)(?:runs\s{1,4}in\s{1,4}(?:the|his|her)\s{1,4}family)(?!\w)",
    re.IGNORECASE,
)
"""After a condition: another person's."""
