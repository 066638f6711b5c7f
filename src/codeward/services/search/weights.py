"""Weights of the ranking, fitted by `bench/weigh_ranking.py`; a name that is missing weighs nothing."""

WEIGHTS = {
    "said": 2.03, "said or implied": 4.51, "phrase said": 4.95, "both": 2.57, "parts missed": -3.21,
    "exact": 0.68, "other unasked": -0.29, "other asked": 1.11, "head": 0.51, "head missed": -0.44,
    "title": 1.11, "main term": -0.74, "index": 0.29, "inclusion": 0.96, "see": -1.27, "neoplasm": -0.43,
    "drug": -0.02, "text": 0.3, "procedure": -1.0, "axes": -3.99, "header": -5.13, "header exact": -1.01,
    "below": -1.51, "below cost": -1.49, "other code": -0.31, "vague code": -0.02, "category": -0.72,
    "subcategory": -1.06, "beside": -1.76, "gain": 5.23, "extra": -2.02, "apart": -0.71,
}  # fmt: skip
