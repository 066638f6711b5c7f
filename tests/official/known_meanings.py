"""What coders type, and the category in which a text of the code sets says all the words of its first expansion."""

_BY_CATEGORY = """
abd pain=R10; abnormal ekg=R94; acid reflux=K21; acl=S83; adhd c=F90; adhd=F90; af=I48; afib=I48; ak=L57
aki=N17; alimta=J93; als=G12; annual physical=Z00; aom=H66; aortic tear=I71; arf=N17; asd=Q21
athlete's foot=B35; back pain=M54; baker's cyst=M71; bcc=C44; bed sore=L89; bee sting=T63; binge eating=F50
bka=Z89; black eye=S00; blood in urine=R31; boil=L02; botox=J05; bph=N40; bppv=H81; broken nose=S02
bug bite=S30; bursitis=M71; bv=N76; cad=I25; cah=E25; canker sore=K12; carpal tunnel=G56; cataracts=H26
cdiff=A04; chf=I50; chickenpox=B01; cidp=G61; ckd=N18; cll=C91; clubfoot=Q66; cml=C92; cold sore=B00
collarbone=S42; colon cancer=C18; constipated=K59; copd exacerbation=J44; copd=J44; coughing up blood=R04
cracked heels=L85; croup=J05; cts=G56; cva=I63; dandruff=L21; dcis=D05; ddd=M51; depo medrol=J10
deviated septum=J34; diabetic neuropathy=E11; diaper rash=L22; dic=D65; dizzy=R42; djd=M19; dka=E10; dlbcl=C83
dm1=E10; dm2=E11; dm=E11; double vision=H53; dvt=I82; ear infection=H66; ear wax=H61; ed=N52; elevated psa=R97
enlarged prostate=N40; eoe=K20; esrd=N18; etoh dep=F10; fainted=R55; fall from ladder=W11; fap=D13
farsighted=H52; fatty liver disease=K76; fb=T15; fh=Z80; fifth disease=B08; flat feet=M21; floaters=H43; flu=J10
fms=M79; food poisoning=A05; former smoker=Z87; frozen shoulder=M75; fsgs=N05; ftt=R62; gad=F41; gallstones=K80
ganglion cyst=M67; gastric bypass=Z98; gbs=G61; gdm=O24; genital warts=A63; gerd=K21; german measles=B06
gi bleed=K92; gist=C49; glue ear=H65; golfer's elbow=M77; gout attack=M10; hammertoes=M20; hay fever=J30
hcc=C22; hcv=B18; heart attack=I21; heel spur=M77; hemorroids=K64; high blood pressure=I10; high cholesterol=E78
hiv=B20; hives=L50; hnp=M51; hoarse voice=R49; hot flashes=N95; hpv=B97; hsv=B00; htn=I10; humira=J01
hunchback=M40; hus=D59; ibd=K52; ibs=K58; ida=D50; iih=G93; ild=J84; impotence=N52; ingrown nail=L60; ipf=J84
iron poor blood=D50; irregular periods=N92; irritable colon=K58; itp=D69; jaundice newborn=P59; jock itch=B35
joint pain=M25; jra=M08; jumper's knee=M76; kcs=H16; kenalog=J33; keytruda=J92; kidney stone=N20
knock knees=M21; lazy eye=H53; lbbb=I44; lbp=M54; leaky valve=I38; lice=B85; lightheaded=R42; liver spots=L81
loc=S06; locked finger=M65; lockjaw=A35; long term insulin=Z79; lovenox=J16; low blood sugar=E16
lung cancer=C34; lvh=I51; mammogram=Z12; mcl tear=S83; mdd=F32; med refill=Z76; melasma=L81; mgus=D47; mi=I21
migraines=G43; mini stroke=G45; miscarriage=O03; mole=D22; mrsa=B95; ms=G35; mssa=B95; mvp=I34; nafld=K76
nail fungus=B35; nash=K75; nearsighted=H52; neck pain=M54; neulasta=J25; night sweats=R61; nosebleed=R04
npdr=E11; nph=G91; nstemi=I21; numbness=R20; oa=M19; obese=E66; ocd=F42; oic=K59; old mi=I25; om=H66; ome=H65
on insulin=Z79; onychomycosis=B35; osa=G47; overdose=T50; pac=I49; panic attack=F41; passed out=R55; pcos=E28
pe=I26; pertussis=A37; pid=N73; pink eye=H10; pinworms=B80; plantars wart=B07; pmr=M35; poison ivy=L23; pph=O72
pressure sore=L89; prolia=J08; psvt=I47; ptsd=F43; pud=K27; pvc=I49; pvd=I73; queasy=R11; quinsy=J36
quit smoking=Z87; ra=M06; rash=R21; rbbb=I45; rcc=C64; remicade=J17; restless legs=G25; ringing in ears=H93
ringworm=B35; rls=G25; rocephin=J06; roseola=B08; rotator cuff tear=M75; rp=H35; rsv=B97; runny nose=J34
s p cabg=Z95; sah=I60; sbo=K56; scc=C44; shingles=B02; siadh=E22; sk=L82; skin tags=L91; sle=M32
slipped disc=M51; smoker=F17; snhl=H90; sob=R06; sore throat=J02; sprained ankle=S93; ssnhl=H91; stemi=I21
strep throat=J02; stye=H00; sugar diabetes=E11; svt=I47; swimmer's ear=H60; tb=A15; tennis elbow=M77; thrush=B37
tia=G45; tick bite=S30; tinea ped=B35; tkr=Z96; tmj=M26; tooth decay=K02; toradol=J18; tos=G54; ttp=M31
twisted bowel=K56; uc=K51; underactive thyroid=E03; undesc testis=Q53; upper lid=D22; uri=J06
urinary retention=R33; uti=N39; varicose vein=I83; venous ulcer=I87; vertigo=R42; vre=Z16; vsd=Q21; vur=N13
vwd=D68; warts=B07; water on the knee=M25; well child=Z00; wheezy=R06; whiplash=S13; wpw=I45; xerosis=L85
xgeva=J08; xolair=J23; xp=Q82; yeast infection=B37; yellow skin=R17; zits=L70; zofran=J24; zometa=J34
"""
KNOWN = [
    (typed.strip(), category.strip())
    for line in _BY_CATEGORY.strip().splitlines()
    for typed, _, category in (entry.partition("=") for entry in line.split(";"))
]
