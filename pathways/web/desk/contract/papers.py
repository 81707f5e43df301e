"""The paper of a version: the sealed one, the offered one, or a draft set just now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from pathways.agreements.letters.writing import typeset_contract
from pathways.agreements.models import ContractVersion
from pathways.web.desk.contract.views import get_version
from pathways.web.gate import StaffRequest, desk_page, get_case

if TYPE_CHECKING:
    import uuid


@require_safe
@desk_page
def paper(request: StaffRequest, reference: str, public_id: uuid.UUID) -> HttpResponse:
    """The PDF of a version, as it is kept; of a draft, as it would be now."""
    case = get_case(request, reference, page="contract_paper")
    version = get_version(case, public_id)
    kept = version.sealed_paper or version.offered_paper
    if kept is None and (version.state != ContractVersion.State.DRAFT or case.programme is None):
        raise Http404
    if kept is None:
        content = typeset_contract(case=case, version=version, state="draft", on=request.today)
        name = f"{case.reference}-{version.number}.pdf"
    else:
        content, name = bytes(kept.content), kept.name
    headers = {"Content-Disposition": f'inline; filename="{name}"', "Cache-Control": "private, no-store"}
    return HttpResponse(content, content_type="application/pdf", headers=headers)
