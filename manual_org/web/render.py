"""HTML that is too long for template loops: function lists, the tree, the branch.

Every function takes plain rows and returns one escaped, safe string. Templates would
do the same six to ten times slower, and these lists are most of a page.
"""

from collections import defaultdict
from html import escape

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from functions.labels import label, printed_label

OPEN_DEPTH = 2  # levels of the whole tree that start unfolded
SIBLINGS_SHOWN = 12


def function_list(rows) -> SafeString:
    """The functions of a unit with labels and anchors; empty when there are none.

    Rows are ``(id, parent_id, position, text)``, siblings in order of position.
    """
    children = defaultdict(list)
    for pk, parent_id, position, text in rows:
        children[parent_id].append((pk, position, text))
    if not children[None]:
        return mark_safe("")
    parts = ['<ol class="items">']
    _append_items(parts, children, None, 0, "f")
    parts.append("</ol>")
    return mark_safe("".join(parts))


def _append_items(parts, children, parent_id, level, prefix):
    for pk, position, text in children[parent_id]:
        anchor = prefix + label(level, position)
        parts.append(
            f'<li id="{anchor}"><a class="n" href="#{anchor}">'
            f"{printed_label(level, position)}</a><p>{escape(text)}</p>"
        )
        if pk in children:
            parts.append("<ol>")
            _append_items(parts, children, pk, level + 1, f"{anchor}-")
            parts.append("</ol>")
        parts.append("</li>\n")


def tree(nodes, base_url: str, open_depth: int = OPEN_DEPTH) -> SafeString:
    """The whole structure as nested lists that fold without JavaScript.

    Nodes come in reading order with ``code``, ``name``, ``depth``, ``functions``.
    """
    nodes = list(nodes)
    functions = escape(_("funciones"))
    fold = escape(_("Unidades que dependen de"))
    parts = ['<div class="tree">']
    open_lists = 0
    for node, following in zip(nodes, [*nodes[1:], None], strict=True):
        deeper = following is not None and following.depth > node.depth
        if open_lists == node.depth:
            parts.append("<ul>")
            open_lists += 1
        code = escape(node.code)
        parts.append(
            f'<li><div class="node"><a href="{base_url}{code}/">'
            f'<span class="code">{code}</span>{escape(node.name)}</a>'
            f'<span class="count">{node.functions}'
            f'<span class="visually-hidden"> {functions}</span></span></div>'
        )
        if deeper:
            is_open = " open" if node.depth < open_depth else ""
            parts.append(
                f'<details{is_open}><summary><span class="visually-hidden">'
                f"{fold} {code}</span></summary>"
            )
            continue
        parts.append("</li>\n")
        depth = following.depth if following is not None else -1
        while open_lists > depth + 1:
            open_lists -= 1
            parts.append("</ul>")
            if open_lists:
                parts.append("</details></li>\n")
    parts.append("</div>")
    return mark_safe("".join(parts))


def branch(unit, parent, siblings, children, base_url: str) -> SafeString:
    """What hangs from a unit and what stands beside it, as two short panels.

    Only a window of the siblings is shown, so that the page does not grow with them.
    """
    parts = []
    if children:
        parts.append(
            f'<nav class="panel branch" aria-labelledby="dependen"><h2 id="dependen">'
            f"{escape(_('Dependen de esta unidad'))}</h2><ul>"
        )
        parts.extend(_branch_item(child, base_url) for child in children)
        parts.append("</ul></nav>\n")
    if parent is not None and len(siblings) > 1:
        parts.append(
            f'<nav class="panel branch" aria-labelledby="al-lado"><h2 id="al-lado">'
            f"{escape(_('Al mismo nivel'))}</h2><ul>"
        )
        position = next(i for i, s in enumerate(siblings) if s.code == unit.code)
        first = max(0, min(position - SIBLINGS_SHOWN // 2, len(siblings) - SIBLINGS_SHOWN))
        shown = siblings[first : first + SIBLINGS_SHOWN]
        parts.extend(_branch_item(s, base_url, s.code == unit.code) for s in shown)
        parts.append("</ul>")
        if len(shown) < len(siblings):
            everything = _("Ver las %(count)s unidades que dependen de %(name)s") % {
                "count": len(siblings),
                "name": parent.name,
            }
            parts.append(
                f'<p><a href="{base_url}{escape(parent.code)}/#dependen">'
                f"{escape(everything)}</a></p>"
            )
        parts.append("</nav>\n")
    return mark_safe("".join(parts))


def _branch_item(node, base_url, is_current=False):
    name = f'<span class="code">{escape(node.code)}</span>{escape(node.name)}'
    if is_current:
        return f'<li><span aria-current="page">{name}</span></li>'
    return (
        f'<li><a href="{base_url}{escape(node.code)}/">{name}</a>'
        f"<small>{escape(function_count(node.functions))}</small></li>"
    )


def function_count(count: int) -> str:
    return ngettext("%(count)s función", "%(count)s funciones", count) % {
        "count": f"{count:,}"
    }


def unit_count(count: int) -> str:
    return ngettext("%(count)s unidad", "%(count)s unidades", count) % {
        "count": f"{count:,}"
    }
