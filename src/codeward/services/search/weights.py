"""Weights of the ranking, fitted by `bench/weigh_ranking.py`; a name that is missing weighs nothing."""

WEIGHTS = {
    "said": 2.11, "said or implied": 8.1, "phrase said": 5.85, "both": 3.27, "parts missed": -3.35,
    "exact": 1.04, "other unasked": -0.44, "other asked": 0.55, "head": 0.07, "head missed": -0.96,
    "main term exact": 2.14, "title": 1.48, "main term": -0.51, "index": 0.75, "inclusion": 1.25, "see": -2.03,
    "neoplasm": 0.31, "drug": -0.35, "text": 1.51, "procedure": -3.19, "axes": -5.75, "header": -6.36,
    "header exact": -1.25, "below": -1.53, "below cost": -3.32, "other code": -0.29, "vague code": -0.23,
    "category": -0.87, "subcategory": -1.28, "beside": -2.78, "gain": 3.9, "extra": -1.18, "apart": -0.18,
    "vague asked": 1.53, "other met": 0.5, "other unmet": -0.5,
}  # fmt: skip

MEANING_WEIGHTS = {
    "said": 1.21, "said or implied": 7.08, "phrase said": 4.43, "both": 1.70, "parts missed": -3.07, "exact": 1.08,
    "other unasked": -0.59, "other asked": 0.37, "head": 0.31, "head missed": -0.38, "main term exact": 2.18,
    "title": 1.10, "main term": -0.50, "index": 0.86, "inclusion": 1.37, "see": -1.87, "neoplasm": 0.65,
    "drug": -0.22, "text": 1.20, "procedure": -3.38, "meaning": 4.73, "axes": -5.79, "header": -6.46,
    "header exact": -1.27, "below": -1.30, "below cost": -2.75, "other code": 0.16, "vague code": -0.33,
    "category": -0.88, "subcategory": -1.30, "beside": -2.49, "gain": 3.81, "extra": -1.01, "apart": 0.00,
    "vague asked": 1.42, "other met": 0.62, "other unmet": -0.62, "title's meaning": 4.87,
}  # fmt: skip
