"""Clinical and coding language that masking must leave as it is, a sentence a line."""

KEPT = tuple(
    line.strip()
    for line in """
    C44.1121 basal cell carcinoma of skin of right upper eyelid
    E11.9, I10 and N18.30 are on the list.
    S72.001A initial encounter
    Z85.828 and Z12.83
    ICD-10-CM E11.65
    ICD-10-PCS 0SRD0J9
    ICD-10-PCS code 02703DZ was reported
    17311-59 and 17312 x 2
    CPT 99213-25
    99213
    CPT: 17311
    Billed 27447-LT, 20680-RT.
    J0585 x 100 units
    J1885 15 mg
    HCPCS G0463
    A9270 non-covered
    modifier -25, 59, XS, LT, RT, E3, F5, TA
    NDC 0409-1234-01
    NDC 00409-1234-01
    NDC 50242-060-01
    NDC 00409123401
    SNOMED 44054006
    SNOMED CT 254701007 basal cell carcinoma
    LOINC 4548-4
    RxNorm 860975
    MS-DRG 470
    revenue code 0636
    POS 11
    BP 140/90
    BP 138/88, HR 72, RR 16, T 98.6, SpO2 97% RA
    pulse 98 at rest
    2.3 cm lesion
    1.2 x 0.8 cm
    2.5-cm nodule
    pain 10/10
    rates pain 8/10
    strength 5/5 in all extremities
    3/6 systolic murmur
    reflexes 2+/4
    T2-T3 compression
    L4-L5 disc herniation
    L5-S1 radiculopathy
    C5-C6 fusion
    T2N1M0
    pT2 N0 M0
    A1c 9.2
    HbA1c 7.4%
    glucose 250
    LDL 130 mg/dL
    creatinine 1.4
    eGFR 42
    INR 2.5
    WBC 12.4
    platelets 250,000
    viral load 12500000 copies
    stage 3 CKD
    CKD stage 3b
    stage IIIA
    grade 2/3
    Gleason 3+4=7
    Breslow depth 0.8 mm
    Clark level IV
    GCS 15
    NYHA class III
    ASA 2
    APGAR 8/9
    G2P1
    EF 35-40%
    FEV1 60%
    visual acuity 20/40
    20/20 vision OU
    89-year-old man
    a 45 y.o. female
    12 months old
    65 yo M
    6-week-old infant
    age 72
    gestation 38 weeks 2 days
    lisinopril 10 mg daily
    metformin 1000 mg b.i.d.
    0.5 mL of 1% lidocaine with epinephrine 1:100,000
    5-0 nylon and 4-0 Vicryl sutures
    insulin 20 units q.h.s.
    Keppra 500 mg p.o. q.d.
    500 mg x 10 days
    3 stages, 2 blocks
    Crohn disease
    Crohn's disease of the small intestine
    Parkinson's disease
    Parkinson disease with dementia
    Alzheimer disease
    Alzheimer's dementia
    Mohs surgery
    Mohs micrographic surgery, 2 stages
    Graves disease
    Graves' ophthalmopathy
    Hodgkin lymphoma
    non-Hodgkin lymphoma
    Down syndrome
    Down's syndrome
    Bell's palsy
    Bell palsy
    Addison's disease
    Cushing syndrome
    Raynaud's phenomenon
    Sjogren syndrome
    Sjögren's syndrome
    Guillain-Barre syndrome
    Guillain-Barré
    Barrett's esophagus
    Barrett esophagus
    Marfan syndrome
    Turner syndrome
    Klinefelter syndrome
    Tourette's
    Huntington's chorea
    Hashimoto thyroiditis
    Hashimoto's
    Paget's disease of bone
    Paget disease of the breast
    Peyronie's disease
    Dupuytren contracture
    Baker's cyst
    Bartholin gland abscess
    Meckel diverticulum
    Meniere's disease
    Wilms tumor
    Wilson's disease
    Whipple procedure
    Roux-en-Y gastric bypass
    Nissen fundoplication
    Billroth II
    Hartmann's procedure
    Colles fracture
    Smith fracture
    Jones fracture
    Bennett's fracture
    Monteggia fracture
    Lisfranc injury
    Salter-Harris type II fracture
    Osgood-Schlatter disease
    Legg-Calve-Perthes disease
    Charcot-Marie-Tooth disease
    Charcot foot
    Ehlers-Danlos syndrome
    Stevens-Johnson syndrome
    Wolff-Parkinson-White
    Ramsay Hunt syndrome
    Marcus Gunn pupil
    Sister Mary Joseph nodule
    Lou Gehrig's disease
    Pierre Robin sequence
    Prader-Willi syndrome
    Austin Flint murmur
    Kaposi sarcoma
    Ewing sarcoma
    Merkel cell carcinoma
    Bowen's disease
    Burkitt lymphoma
    Langerhans cell histiocytosis
    Reed-Sternberg cells
    Philadelphia chromosome positive
    Henoch-Schonlein purpura
    Kawasaki disease
    Takayasu arteritis
    Wegener's granulomatosis
    Buerger disease
    Chiari malformation
    Arnold-Chiari malformation
    Tetralogy of Fallot
    Ebstein's anomaly
    Brugada syndrome
    Lyme disease
    Chagas disease
    Hansen's disease
    Epstein-Barr virus
    Coxsackie virus
    West Nile virus
    Rocky Mountain spotted fever
    Norwegian scabies
    St. Louis encephalitis
    Legionnaires' disease
    Gram-negative rods
    Gram stain
    Pap smear
    Papanicolaou test
    Foley catheter
    Swan-Ganz catheter
    Hickman catheter
    Jackson-Pratt drain
    Penrose drain
    Kirschner wire
    Steinmann pin
    Holter monitor
    Wood's lamp
    Boston brace
    Milwaukee brace
    Glasgow Coma Scale 15
    Fitzpatrick skin type II
    Apgar score
    Braden scale
    Mallampati II
    Romberg negative
    Babinski sign
    Phalen's and Tinel's signs
    Murphy's sign
    McBurney's point tenderness
    Homans sign
    Lachman test
    McMurray's test
    Hawkins-Kennedy test
    Trendelenburg gait
    Valsalva maneuver
    Epley maneuver
    Dix-Hallpike
    Rinne and Weber tests
    Snellen chart
    Korsakoff syndrome
    Wernicke's encephalopathy
    Lewy body dementia
    Lewy bodies
    Creutzfeldt-Jakob disease
    Von Willebrand disease
    von Hippel-Lindau
    Fanconi anemia
    Gaucher disease
    Gilbert syndrome
    Fabry disease
    Tay-Sachs
    Zollinger-Ellison syndrome
    Mallory-Weiss tear
    Zenker diverticulum
    Hirschsprung disease
    Hidradenitis, Hurley stage II
    Duchenne muscular dystrophy
    Erb's palsy
    Horner syndrome
    Lambert-Eaton
    Sturge-Weber
    Treacher Collins syndrome
    Kartagener syndrome
    Asherman syndrome
    Kegel exercises
    Braxton Hicks contractions
    Le Fort I osteotomy
    Achilles tendon rupture
    Eustachian tube dysfunction
    Fallopian tube
    Adam's apple
    Christmas disease
    St. John's wort
    St. Jude valve
    Will return in 2 weeks.
    Mark the lesion before surgery.
    Frank blood per rectum.
    Grace period ended.
    Rose bengal staining
    Art therapy
    Drew blood for labs.
    May return to work.
    Patient: Denies chest pain.
    Patient reports Severe Headache.
    Mother: Breast cancer. Father: Coronary artery disease.
    Father: CAD, Mother: DM
    Plan: Start Metformin.
    Impression: Basal cell carcinoma
    Diagnosis: Squamous cell carcinoma in situ
    Surgeon notes: Clear margins.
    MR Angiography of the brain
    MS. Optic neuritis in the past.
    moderate MR. Normal EF.
    DR Retinopathy screening
    PT evaluated gait, OT to follow.
    Nausea, OR vomiting
    HTN, MI, CVA
    Pain Clinic referral
    Wound Care Clinic
    Department of Dermatology
    Emergency Department
    fundus photographs taken
    photosensitivity, photophobia
    photodynamic therapy
    Version 1.2.3 of the form
    0.9% NaCl at 125 mL/hr
    1-2 times a day
    q4-6h
    10-15 minutes
    1/2 tablet
    a ratio of 3:1
    15 minutes spent
    total time 35 minutes
    history of DVT in 2019
    pneumonia in 1998
    colonoscopy 2021 normal
    hepatitis B vaccine, 3 doses
    Pfizer COVID-19 vaccine
    IL-6, TNF-alpha, HER2 3+
    CD20 positive, BRAF V600E mutation
    MTHFR C677T
    Coumadin 5 mg MWF
    O2 2 L NC
    Right 2nd toe
    5th metatarsal
    Type 2 diabetes mellitus
    Type 1 diabetes
    COVID-19
    vitamin B12, D3
    H. pylori
    E. coli O157
    C. difficile
    S. aureus
    Tylenol No. 3
    Case 3 of the day
    Group A strep
    Group B Streptococcus
    policy discussed
    order placed for MRI
    serial exams every 4 hours
    tag on left ear
    skin tag removed
    plate and 6 screws
    vin rose 2 glasses
    """.splitlines()
    if line.strip()
)
