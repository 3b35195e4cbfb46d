from django.contrib.auth.hashers import PBKDF2PasswordHasher


class FewRounds(PBKDF2PasswordHasher):
    """Without OpenSSL, Python takes seconds for Django's million."""

    iterations = 5_000
