"""Addresses of what is read, for templates."""

from __future__ import annotations

from django import template

from meetings import addresses

register = template.Library()

# ``{% address "packet" edition side=3 %}``
register.simple_tag(addresses.address, name="address")
