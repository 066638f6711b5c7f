"""Weights of the ranking, fitted by `bench/weigh_ranking.py`; a name that is missing weighs nothing."""

WEIGHTS = {
    "said": 2.22, "said or implied": 5.36, "phrase said": 4.43, "both": 4.14, "parts missed": -2.43,
    "exact": 0.93, "other unasked": -0.85, "other asked": 0.44, "head": 0.34, "head missed": -0.91,
    "title": 0.67, "main term": -1.22, "index": -0.19, "inclusion": 0.16, "see": -2.18, "neoplasm": -0.14,
    "drug": -0.6, "text": 3.76, "procedure": -1.04, "axes": -5.16, "header": -5.87, "header exact": -1.15,
    "below": -1.37, "below cost": -2.36, "other code": -0.18, "vague code": -0.29, "category": -0.82,
    "subcategory": -1.2, "beside": -2.7, "gain": 4.96, "extra": -1.41, "apart": -0.04, "vague asked": 1.5,
    "other met": 0.57, "other unmet": -0.57,
}  # fmt: skip
