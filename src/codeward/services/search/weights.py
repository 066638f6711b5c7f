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

MEANING_WEIGHTS = {**WEIGHTS, "meaning": 4.36, "title's meaning": 4.8}
