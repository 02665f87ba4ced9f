import { Authority, Clock, DepositToken, PolicyRegistry, WorkCalendar } from "@banyan/app-common/client";
import { addressOf } from "@banyan/app-common/deploy";
import type { ContractClients } from "@banyan/app-common/runtime";
import type { Address, Hex } from "viem";
import {
  CreditFile,
  Custody,
  DefaultClaims,
  MerchantRegister,
  PrepaidBook,
  PrepaidCards,
  PrepaidSales,
  Redemptions,
  Refunds,
  SupervisionCode,
  SupervisionDesk,
  TermsRegister,
} from "../client/index.ts";
import { prepaidDomain } from "../typed-data.ts";

/** Where the contracts are, and what signatures of this deployment carry. */
export interface PrepaidLocation {
  /** By contract name. */
  readonly addresses: Readonly<Record<string, Address>>;
  readonly chainId: number;
  readonly salt: Hex;
}

/** The typed clients of a deployment of the prepaid code. */
export type PrepaidContracts = ReturnType<typeof openContracts>;

/**
 * Opens the typed clients of a deployment.
 *
 * @param location - the deployment
 * @param clients - the viem clients to work through
 */
export function openContracts({ addresses, chainId, salt }: PrepaidLocation, clients: ContractClients) {
  const at = (name: string): Address => addressOf(addresses, name);
  return {
    authority: new Authority(at("Authority"), clients),
    clock: new Clock(at("Clock"), clients),
    calendar: new WorkCalendar(at("WorkCalendar"), clients),
    policies: new PolicyRegistry(at("PolicyRegistry"), clients),
    token: new DepositToken(at("DepositToken"), clients),
    book: new PrepaidBook(at("PrepaidBook"), clients),
    register: new MerchantRegister(at("MerchantRegister"), clients),
    terms: new TermsRegister(at("TermsRegister"), clients),
    custody: new Custody(at("Custody"), clients),
    code: new SupervisionCode(at("SupervisionCode"), clients),
    cards: new PrepaidCards(at("PrepaidCards"), clients),
    sales: new PrepaidSales(at("PrepaidSales"), clients),
    redemptions: new Redemptions(at("Redemptions"), clients),
    refunds: new Refunds(at("Refunds"), clients),
    claims: new DefaultClaims(at("DefaultClaims"), clients),
    credit: new CreditFile(at("CreditFile"), clients),
    desk: new SupervisionDesk(at("SupervisionDesk"), clients),
    salesDomain: prepaidDomain({ contract: "PrepaidSales", address: at("PrepaidSales"), chainId, salt }),
    redemptionsDomain: prepaidDomain({ contract: "Redemptions", address: at("Redemptions"), chainId, salt }),
  };
}
