import { commonModule, wireRoles } from "@banyan/app-common/deploy";
import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";
import {
  creditFileAbi,
  custodyAbi,
  defaultClaimsAbi,
  merchantRegisterAbi,
  prepaidBookAbi,
  prepaidCardsAbi,
  prepaidSalesAbi,
  redemptionsAbi,
  refundsAbi,
} from "../client/index.ts";
import { PREPAID_CODE_USERS, PREPAID_CONTRACT_ROLES, PREPAID_FUNCTION_ROLES, PREPAID_ROLE_IDS } from "./roles.ts";

const CONTRACT_ROLES = Object.keys(PREPAID_CONTRACT_ROLES) as (keyof typeof PREPAID_CONTRACT_ROLES)[];

/** Deploys the prepaid domain over the common contracts and gives every restricted function to its role. The parameter `salt` keeps signatures to one deployment. */
export const prepaidModule = buildModule("Prepaid", (m) => {
  const { Authority, Clock, WorkCalendar, PolicyRegistry, DepositToken } = m.useModule(commonModule);
  const salt = m.getParameter("salt");

  const PrepaidBook = m.contract("PrepaidBook", [Authority, Clock]);
  const MerchantRegister = m.contract("MerchantRegister", [
    Authority,
    Clock,
    PolicyRegistry,
    WorkCalendar,
    PrepaidBook,
  ]);
  const TermsRegister = m.contract("TermsRegister", [Authority, Clock, MerchantRegister]);
  const CustodyRules = m.contract("CustodyRules", [Clock, PolicyRegistry, MerchantRegister, PrepaidBook]);
  const Custody = m.contract("Custody", [Authority, Clock, DepositToken, MerchantRegister, PrepaidBook, CustodyRules]);
  const SupervisionCode = m.contract("SupervisionCode", [
    Authority,
    Clock,
    MerchantRegister,
    PrepaidBook,
    CustodyRules,
    Custody,
  ]);
  const SaleRules = m.contract("SaleRules", [Clock, PolicyRegistry, MerchantRegister, PrepaidBook, TermsRegister]);
  const PrepaidCards = m.contract("PrepaidCards", [
    Authority,
    Clock,
    MerchantRegister,
    PrepaidBook,
    SaleRules,
    TermsRegister,
  ]);
  const PrepaidSales = m.contract("PrepaidSales", [
    Authority,
    Clock,
    DepositToken,
    MerchantRegister,
    Custody,
    SaleRules,
    PrepaidCards,
    salt,
  ]);
  const Redemptions = m.contract("Redemptions", [
    Authority,
    Clock,
    PolicyRegistry,
    MerchantRegister,
    PrepaidCards,
    salt,
  ]);
  const RefundRules = m.contract("RefundRules", [
    Authority,
    Clock,
    PolicyRegistry,
    WorkCalendar,
    MerchantRegister,
    TermsRegister,
    PrepaidCards,
  ]);
  const Refunds = m.contract("Refunds", [
    Authority,
    Clock,
    DepositToken,
    MerchantRegister,
    RefundRules,
    PrepaidCards,
    Custody,
  ]);
  const DefaultClaims = m.contract("DefaultClaims", [
    Authority,
    Clock,
    MerchantRegister,
    PrepaidBook,
    PrepaidCards,
    Custody,
  ]);
  const CreditFile = m.contract("CreditFile", [Authority, Clock]);
  const SupervisionDesk = m.contract("SupervisionDesk", [
    Authority,
    MerchantRegister,
    PrepaidBook,
    Custody,
    SupervisionCode,
    PrepaidCards,
  ]);

  const contracts = {
    PrepaidBook,
    MerchantRegister,
    TermsRegister,
    CustodyRules,
    Custody,
    SupervisionCode,
    SaleRules,
    PrepaidCards,
    PrepaidSales,
    Redemptions,
    RefundRules,
    Refunds,
    DefaultClaims,
    CreditFile,
    SupervisionDesk,
  };
  wireRoles(m, Authority, PREPAID_FUNCTION_ROLES, PREPAID_ROLE_IDS, {
    PrepaidBook: { future: PrepaidBook, abi: prepaidBookAbi },
    MerchantRegister: { future: MerchantRegister, abi: merchantRegisterAbi },
    Custody: { future: Custody, abi: custodyAbi },
    PrepaidCards: { future: PrepaidCards, abi: prepaidCardsAbi },
    PrepaidSales: { future: PrepaidSales, abi: prepaidSalesAbi },
    Redemptions: { future: Redemptions, abi: redemptionsAbi },
    Refunds: { future: Refunds, abi: refundsAbi },
    DefaultClaims: { future: DefaultClaims, abi: defaultClaimsAbi },
    CreditFile: { future: CreditFile, abi: creditFileAbi },
  });
  for (const role of CONTRACT_ROLES) {
    for (const name of PREPAID_CONTRACT_ROLES[role]) {
      m.call(Authority, "grantRole", [PREPAID_ROLE_IDS[role], contracts[name], 0], { id: `${name}_is_${role}` });
    }
  }
  for (const name of PREPAID_CODE_USERS) {
    // Only the administrator may wire, and the deployer is the administrator: no role has to be set first.
    m.call(contracts[name], "wireCode", [SupervisionCode]);
  }
  return { Authority, Clock, WorkCalendar, PolicyRegistry, DepositToken, ...contracts };
});
