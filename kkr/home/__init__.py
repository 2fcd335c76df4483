"""The home page: what each role comes for."""

from kkr.home.views import home

__all__ = ["home"]
