"""Weights of the ranking, fitted by `bench/weigh_ranking.py`; a name that is missing weighs nothing."""

WEIGHTS = {
    "said": 2.27, "said or implied": 6.79, "phrase said": 5.44, "both": 3.94, "parts missed": -3.49,
    "exact": 0.81, "other unasked": -0.72, "other asked": 0.37, "head": 0.22, "head missed": -0.8, "title": 1.39,
    "main term": -0.92, "index": 0.57, "inclusion": 1.03, "see": -1.91, "neoplasm": 0.23, "drug": -0.45,
    "text": 1.44, "procedure": -2.15, "axes": -5.57, "header": -6.08, "header exact": -1.19, "below": -1.36,
    "below cost": -3.05, "other code": -0.14, "vague code": -0.23, "category": -0.84, "subcategory": -1.23,
    "beside": -2.86, "gain": 4.67, "extra": -1.13, "apart": -0.01, "vague asked": 1.5, "other met": 0.54,
    "other unmet": -0.54,
}  # fmt: skip

MEANING_WEIGHTS = {**WEIGHTS, "meaning": 3.0, "title's meaning": 1.0}
