"""The documents' former address: they live in services, beside the catalogue that names them."""

from codeward.services.documents.answers import *  # noqa: F403
