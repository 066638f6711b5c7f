"""What coders type, and the category in which a text of the code sets says all the words of its first expansion."""

_BY_CATEGORY = """
abd pain=R10; acl=S83; adhd=F90; afib=I48; af=I48; ak=L57; aki=N17; als=G12; aom=H66; arf=N17; asd=Q21; aortic tear=I71
athlete's foot=B35; annual physical=Z00; abnormal ekg=R94; acid reflux=K21; alimta=J93; adhd c=F90
bph=N40; bcc=C44; bppv=H81; bv=N76; bka=Z89; bursitis=M71; baker's cyst=M71; bed sore=L89; bell's palsy=G51; boil=L02
back pain=M54; bug bite=T14; binge eating=F50; blood in urine=R31; black eye=S00; broken nose=S02; botox=J05; bee sting=T63
cad=I25; chf=I50; ckd=N18; cll=C91; cml=C92; copd=J44; cts=G56; cva=I63; cdiff=A04; cidp=G61; cah=E25; cold sore=B00
chickenpox=B01; carpal tunnel=G56; collarbone=S42; copd exacerbation=J44; colon cancer=C18; croup=J05; cataracts=H26
canker sore=K12; clubfoot=Q66; constipated=K59; concussion syndrome=F07; coughing up blood=R04; cracked heels=L85
dvt=I82; dm=E11; dm2=E11; dm1=E10; dic=D65; dcis=D05; dka=E10; dlbcl=C83; djd=M19; ddd=M51; double vision=H53
diabetic neuropathy=E11; diaper rash=L22; dizzy=R42; dandruff=L21; deviated septum=J34; depo medrol=J10
esrd=N18; ed=N52; eoe=K20; ear infection=H66; ear wax=H61; enlarged prostate=N40; etoh dep=F10; elevated psa=R97
fms=M79; fsgs=N05; ftt=R62; fb=T15; fap=D12; flat feet=M21; frozen shoulder=M75; former smoker=Z87; flu=J10; fifth disease=B08
fh=Z80; fall from ladder=W11; farsighted=H52; floaters=H43; fainted=R55; food poisoning=A05; fatty liver=K76
gerd=K21; gad=F41; gbs=G61; gi bleed=K92; gist=C49; gdm=O24; gout attack=M10; gallstones=K80; genital warts=A63
hay fever=J30; gastric bypass=Z98; glue ear=H65; golfer's elbow=M77; ganglion cyst=M67; german measles=B06
htn=I10; hiv=B20; hcv=B18; hcc=C22; hsv=B00; hpv=B97; hus=D59; hnp=M51; heart attack=I21; high blood pressure=I10
high cholesterol=E78; hives=L50; hammertoes=M20; heel spur=M77; hemorroids=K64; hot flashes=N95; hoarse voice=R49; humira=J01
ibs=K58; ibd=K52; ida=D50; ild=J84; ipf=J84; itp=D69; iih=G93; ingrown nail=L60; impotence=N52; iron poor blood=D50
incontinence of feces=R15; irregular periods=N92; jra=M08; jumper's knee=M76; jock itch=B35; jaundice newborn=P59
joint pain=M25; kcs=H16; kidney stone=N20; keytruda=J92; kenalog=J33; kyphosis hunchback=M40; knock knees=M21
lbp=M54; lbbb=I44; loc=R40; lvh=I51; lazy eye=H53; low blood sugar=E16; lung cancer=C34; long term insulin=Z79
lovenox=J16; lockjaw=A35; leaky valve=I38; liver spots=L81; lice=B85; lightheaded=R42
mi=I21; mdd=F32; mgus=D47; mrsa=B95; mssa=B95; mvp=I34; ms=G35; mole=D22; miscarriage=O03; med refill=Z76; migraines=G43
mini stroke=G45; melasma=L81; mammogram=Z12; mumps orchitis=B26; mcl tear=S83
nash=K75; nafld=K76; nstemi=I21; nph=G91; npdr=E11; nosebleed=R04; night sweats=R61; nearsighted=H52; neulasta=J25
numbness=R20; nail fungus=B35; neck pain=M54; ocd=F42; oa=M19; osa=G47; ome=H65; om=H66; oic=K59; old mi=I25; obese=E66
on insulin=Z79; overdose=T50; overactive bladder=N32; onychomycosis=B35
pe=I26; pud=K27; pcos=E28; ptsd=F43; pmr=M35; psvt=I47; pvc=I49; pac=I49; pad=I73; pvd=I73; pid=N73; pph=O72; pink eye=H10
pressure sore=L89; panic attack=F41; plantar wart=B07; poison ivy=L23; pinworms=B80; prolia=J08; passed out=R55
quit smoking=Z87; quinsy=J36; queasy=R11; ra=M06; rsv=B97; rls=G25; rbbb=I45; rcc=C64; rp=H35; ringworm=B35; runny nose=J34
rocephin=J06; remicade=J17; restless legs=G25; ringing in ears=H93; rotator cuff tear=M75; rash=R21; roseola=B08
sle=M32; sah=I60; scc=C44; sk=L82; snhl=H90; sob=R06; ssnhl=H91; stemi=I21; svt=I47; siadh=E22; sbo=K56; shingles=B02
slipped disc=M51; stye=H00; sore throat=J02; strep throat=J02; skin tags=L91; smoker=F17; s p cabg=Z95; swimmer's ear=H60
scarlet rash=A38; snoring loud=R06; sprained ankle=S93; sugar diabetes=E11; sunburn severe=L55
tia=G45; tb=A15; tmj=M26; tos=G54; ttp=M31; tennis elbow=M77; tick bite=T14; thrush=B37; toothache dental=K08; tinea ped=B35
toradol=J18; trigger finger lock=M65; tkr=Z96; tremor shaking=R25; uti=N39; uri=J06; uc=K51; undesc testis=Q53; upper lid=D22
underactive thyroid=E03; urinary retention=R33; vsd=Q21; vur=N13; vre=Z16; vwd=D68; varicose vein=I83; venous ulcer=I87
vertigo=R42; well child=Z00; wpw=I45; whiplash=S13; warts=B07; whooping=A37; water on the knee=M25; wheezy=R06
xerosis=L85; xp=Q82; xgeva=J08; xolair=J23; yeast infection=B37; yellow skin=R17; zofran=J24; zits=L70; zometa=J34
"""
KNOWN = [
    (typed.strip(), category.strip())
    for line in _BY_CATEGORY.strip().splitlines()
    for typed, _, category in (entry.partition("=") for entry in line.split(";"))
]
