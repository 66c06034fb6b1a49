"""For the index of the administration: whether webhooks wait and nobody sends them."""

from django import template

from manual_org.webhooks.models import Delivery
from manuals import permissions

register = template.Library()


@register.simple_tag
def late_webhooks(user) -> int:
    """How many were to be sent an hour ago; only to who may do something about it."""
    if not permissions.may_manage_webhooks(user):
        return 0
    return Delivery.objects.late().count()
