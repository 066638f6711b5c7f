"""Weights of the ranking, fitted by `bench/weigh_ranking.py`; a name that is missing weighs nothing."""

WEIGHTS = {
    "said": 2.74, "said or implied": 5.38, "phrase said": 4.74, "both": 3.65, "parts missed": -2.5,
    "exact": 0.91, "other unasked": -0.73, "other asked": 0.5, "head": 0.42, "head missed": -0.81, "title": 1.2,
    "main term": -0.55, "index": 0.33, "inclusion": 0.74, "see": -1.7, "neoplasm": 0.24, "drug": -0.35,
    "text": 0.3, "procedure": -1.0, "axes": -5.21, "header": -5.66, "header exact": -1.11, "below": -1.42,
    "below cost": -2.23, "other code": -0.26, "vague code": -0.31, "category": -0.79, "subcategory": -1.16,
    "beside": -2.47, "gain": 5.06, "extra": -1.58, "apart": -0.25, "vague asked": 1.35, "other met": 0.46,
    "other unmet": -0.46,
}  # fmt: skip
