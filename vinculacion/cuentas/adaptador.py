"""Adaptador de allauth: aquí nadie se da de alta solo."""

from allauth.account.adapter import DefaultAccountAdapter


class Adaptador(DefaultAccountAdapter):
    def is_open_for_signup(self, request) -> bool:
        return False
