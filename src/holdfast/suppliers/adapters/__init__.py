"""One small class per layout of register. To add one, follow the checklist in :class:`~.base.Adapter`."""

from holdfast.suppliers.adapters.base import Adapter
from holdfast.suppliers.adapters.community import (
    CharityExtract,
    CharityExtractBefore2021,
    CooperativesUk2017,
    CooperativesUk2023,
    CooperativesUkEconomy,
    MutualsRegister,
    SameOrganisations,
    ScottishCharities,
)
from holdfast.suppliers.adapters.companies import (
    CompaniesHouse,
    GenderPayGap,
    NameSearchResults,
    SponsorCompanies,
)
from holdfast.suppliers.adapters.own import LivingWageEmployers, OwnList, Premises
from holdfast.suppliers.adapters.owners import OverseasProprietors, OwnerList, SignificantControl
from holdfast.suppliers.adapters.public import (
    AcademyTrusts,
    GovUkOrganisations,
    GovUkRegister,
    NhsOrganisations,
    Schools,
    SocialHousingProviders,
)

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
    CharityExtractBefore2021(),
    ScottishCharities(),
    MutualsRegister(),
    SameOrganisations(),
    SocialHousingProviders(),
    AcademyTrusts(),
    GovUkOrganisations(),
    GovUkRegister(),
    NhsOrganisations(),
    Schools(),
    SignificantControl(),
    OverseasProprietors(),
    OwnerList(),
    Premises(),
    LivingWageEmployers(),
    OwnList(),
)

__all__ = ["ADAPTERS", "Adapter", "OwnList"]
