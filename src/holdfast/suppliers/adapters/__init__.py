"""One small class per layout of register. To add one, follow the checklist in :class:`~.base.Adapter`."""

from holdfast.suppliers.adapters.base import Adapter
from holdfast.suppliers.adapters.community import (
    CharityExtract,
    CooperativesUk2017,
    CooperativesUk2023,
    CooperativesUkEconomy,
    SameOrganisations,
)
from holdfast.suppliers.adapters.companies import (
    CompaniesHouse,
    GenderPayGap,
    NameSearchResults,
    SponsorCompanies,
)
from holdfast.suppliers.adapters.own import OwnList, Premises
from holdfast.suppliers.adapters.public import AcademyTrusts, GovUkOrganisations, GovUkRegister, SocialHousingProviders

#: Tried in this order; the first whose columns are all there reads the file.
ADAPTERS: tuple[Adapter, ...] = (
    CompaniesHouse(),
    GenderPayGap(),
    SponsorCompanies(),
    NameSearchResults(),
    CooperativesUk2017(),
    CooperativesUk2023(),
    CooperativesUkEconomy(),
    CharityExtract(),
    SameOrganisations(),
    SocialHousingProviders(),
    AcademyTrusts(),
    GovUkOrganisations(),
    GovUkRegister(),
    Premises(),
    OwnList(),
)

__all__ = ["ADAPTERS", "Adapter"]
