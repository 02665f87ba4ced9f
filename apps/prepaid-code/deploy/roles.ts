/** Role ids as `contracts/common/Roles.sol` declares them, those that the prepaid domain uses. */
export const PREPAID_ROLE_IDS = {
  ADMIN: 0n,
  REGULATOR: 1n,
  ARBITER: 2n,
  CUSTODIAN: 3n,
  INSURER: 4n,
  PLATFORM: 5n,
  EMERGENCY: 6n,
  AUDITOR: 7n,
  PREPAID_LEDGER: 100n,
  PREPAID_OPERATOR: 101n,
  PREPAID_PAYER: 102n,
  PREPAID_CODE: 103n,
} as const;

/** The name of a role that the prepaid domain uses. */
export type PrepaidRole = keyof typeof PREPAID_ROLE_IDS;

/** Which functions of a contract a role may call, by role. */
export type FunctionRoles = Readonly<Partial<Record<PrepaidRole, readonly string[]>>>;

/**
 * Every `restricted` function of the prepaid domain: contract, role, functions by name. What is not listed is open to everybody or checks the
 * owner of the record itself. No function of the domain is overloaded, so a name is enough.
 */
export const PREPAID_FUNCTION_ROLES = {
  PrepaidBook: {
    PREPAID_LEDGER: ["recordPayment", "recordRedemption", "recordRefund", "recordCardEnded", "changeExposure"],
  },
  MerchantRegister: {
    ADMIN: ["wireCode"],
    PLATFORM: ["file", "updateFigures", "link", "unlink", "replaceAgent", "resume", "completeExit"],
    REGULATOR: ["warn", "refuse", "lift", "penalise", "declareDefault"],
    ARBITER: ["recordStop"],
    PREPAID_CODE: ["orderStop"],
    PREPAID_PAYER: ["openClaims"],
  },
  Custody: {
    ADMIN: ["wireCode"],
    CUSTODIAN: ["openVault", "recordReceipt"],
    PREPAID_LEDGER: ["collect"],
    INSURER: ["registerCover"],
    REGULATOR: ["approvePayout", "refusePayout", "unfreeze", "unpause"],
    EMERGENCY: ["freeze", "pause"],
    PREPAID_PAYER: ["payHolder"],
  },
  PrepaidCards: {
    ADMIN: ["wireCode"],
    ARBITER: ["annulTransfer"],
    PLATFORM: ["reissue"],
    PREPAID_LEDGER: ["issue", "addTopUp"],
    PREPAID_OPERATOR: [
      "reserve",
      "unreserve",
      "consume",
      "beginEnding",
      "abandonEnding",
      "earn",
      "repay",
      "unwindTopUp",
      "finishEnding",
    ],
  },
  PrepaidSales: {
    ADMIN: ["wireCode"],
    EMERGENCY: ["pause"],
    REGULATOR: ["unpause"],
  },
  Redemptions: {
    ARBITER: ["decide"],
  },
  Refunds: {
    ARBITER: ["rule", "reject", "joinDebtor"],
  },
  DefaultClaims: {
    REGULATOR: ["openRound"],
    PLATFORM: ["claimFor"],
  },
  CreditFile: {
    PLATFORM: ["register", "replaceOwner"],
    REGULATOR: ["mark"],
  },
} as const satisfies Readonly<Record<string, FunctionRoles>>;

/** Which contracts hold a role themselves, because they call the others. */
export const PREPAID_CONTRACT_ROLES = {
  PREPAID_LEDGER: ["PrepaidCards", "PrepaidSales", "Custody", "MerchantRegister"],
  PREPAID_OPERATOR: ["Redemptions", "Refunds", "DefaultClaims"],
  PREPAID_PAYER: ["Refunds", "DefaultClaims"],
  PREPAID_CODE: ["SupervisionCode"],
} as const satisfies Readonly<Partial<Record<PrepaidRole, readonly string[]>>>;

/** The contracts that are told where the supervision code is, by `wireCode`, as the last step of a deployment. */
export const PREPAID_CODE_USERS = ["MerchantRegister", "Custody", "PrepaidCards", "PrepaidSales"] as const;
