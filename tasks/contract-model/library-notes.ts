/** What an error means and what to do about it. */
export interface Explanation {
  readonly meaning: string;
  readonly cure: string;
}

/** Meaning and cure of OpenZeppelin's errors, whose sources are not ours to annotate. */
export const libraryErrors: Readonly<Record<string, Explanation>> = {
  AccessManagedInvalidAuthority: {
    meaning: "The new authority is no contract.",
    cure: "Pass the address of an AccessManager.",
  },
  AccessManagedRequiredDelay: {
    meaning: "The caller's role may call this only after a delay.",
    cure: "Schedule the call with the AccessManager, then call again when its delay is over.",
  },
  AccessManagedUnauthorized: {
    meaning: "The caller's account does not hold the role that may call this function.",
    cure: "Look up the function's role in the role matrix, and call from an account that holds it or have the role granted.",
  },
  AccessManagerAlreadyScheduled: {
    meaning: "The same call is scheduled already.",
    cure: "Execute or cancel the scheduled call first, or use another nonce of the operation.",
  },
  AccessManagerBadConfirmation: {
    meaning: "The account that renounces a role must confirm with its own address.",
    cure: "Pass the caller's own address as the confirmation.",
  },
  AccessManagerExpired: {
    meaning: "The scheduled call was not executed in time.",
    cure: "Schedule it again.",
  },
  AccessManagerInvalidInitialAdmin: {
    meaning: "The first administrator cannot be the zero address.",
    cure: "Deploy with the address of a real administrator.",
  },
  AccessManagerLockedFunction: {
    meaning:
      "The function is the AccessManager's own way to release what was scheduled, and its role cannot be changed.",
    cure: "Leave this selector out.",
  },
  AccessManagerLockedRole: {
    meaning: "The administrator's and the public's roles cannot be changed in this way.",
    cure: "Use a role with an id of its own.",
  },
  AccessManagerNotReady: {
    meaning: "The delay of the scheduled call is not over.",
    cure: "Wait until `getSchedule` says that it is ready.",
  },
  AccessManagerNotScheduled: {
    meaning: "The call was not scheduled.",
    cure: "Schedule it first, with exactly the same caller, target and data.",
  },
  AccessManagerUnauthorizedAccount: {
    meaning: "The caller does not hold the role that administers this.",
    cure: "Call from an account that holds the role named.",
  },
  AccessManagerUnauthorizedCall: {
    meaning: "The caller may not make this call through the AccessManager.",
    cure: "Look up the function's role in the role matrix, and call from an account that holds it.",
  },
  AccessManagerUnauthorizedCancel: {
    meaning: "Only who scheduled a call, the role's guardian or an administrator may cancel it.",
    cure: "Cancel from one of these accounts.",
  },
  AccessManagerUnauthorizedConsume: {
    meaning: "Only the contract that is called may use up a scheduled call.",
    cure: "Do not call this function from outside.",
  },
  AddressEmptyCode: {
    meaning: "There is no contract at the address.",
    cure: "Check the address and the network.",
  },
  ECDSAInvalidSignature: {
    meaning: "The signature does not belong to any key.",
    cure: "Sign again, with the typed data that the contract's domain describes.",
  },
  ECDSAInvalidSignatureLength: {
    meaning: "The signature does not have 65 bytes.",
    cure: "Pass r, s and v, one after the other.",
  },
  ECDSAInvalidSignatureS: {
    meaning: "The signature's s lies in the upper half, where it could be altered.",
    cure: "Normalise s to the lower half; every current library does.",
  },
  ERC1167FailedCreateClone: {
    meaning: "The minimal copy of a contract could not be made.",
    cure: "Check that the same copy does not exist already.",
  },
  ERC20InsufficientAllowance: {
    meaning: "The owner approved less than is asked for.",
    cure: "Have the owner approve at least the amount needed.",
  },
  ERC20InsufficientBalance: {
    meaning: "The account has less than is asked for.",
    cure: "Fund the account, or ask for less.",
  },
  ERC20InvalidApprover: {
    meaning: "The zero address cannot approve.",
    cure: "Use a real account.",
  },
  ERC20InvalidReceiver: {
    meaning: "The zero address cannot receive.",
    cure: "Name a real receiver.",
  },
  ERC20InvalidSender: {
    meaning: "The zero address cannot send.",
    cure: "Use a real account.",
  },
  ERC20InvalidSpender: {
    meaning: "The zero address cannot be approved.",
    cure: "Name a real spender.",
  },
  ERC721IncorrectOwner: {
    meaning: "The token belongs to someone else.",
    cure: "Ask `ownerOf` first.",
  },
  ERC721InsufficientApproval: {
    meaning: "The operator is not approved for the token.",
    cure: "Have the owner approve the operator.",
  },
  ERC721InvalidApprover: {
    meaning: "The account may not approve for this token.",
    cure: "Approve from the owner's or an operator's account.",
  },
  ERC721InvalidOperator: {
    meaning: "The zero address cannot be an operator.",
    cure: "Name a real operator.",
  },
  ERC721InvalidOwner: {
    meaning: "The zero address owns nothing.",
    cure: "Name a real owner.",
  },
  ERC721InvalidReceiver: {
    meaning: "The receiver cannot take the token.",
    cure: "Send to an account, or to a contract that implements IERC721Receiver.",
  },
  ERC721InvalidSender: {
    meaning: "The zero address cannot send.",
    cure: "Use a real account.",
  },
  ERC721NonexistentToken: {
    meaning: "There is no such token.",
    cure: "Check the token's id.",
  },
  EnforcedPause: {
    meaning: "The contract is paused.",
    cure: "Wait until it is resumed.",
  },
  ExpectedPause: {
    meaning: "The contract is not paused.",
    cure: "Pause it first.",
  },
  FailedCall: {
    meaning: "A call to another contract failed without saying why.",
    cure: "Check the arguments of that call; trace the transaction to see where it stopped.",
  },
  FailedDeployment: {
    meaning: "A contract could not be created.",
    cure: "Check that the same contract does not exist already, and the gas.",
  },
  InsufficientBalance: {
    meaning: "The contract has less of the native coin than it is to send.",
    cure: "Fund the contract.",
  },
  InvalidAccountNonce: {
    meaning: "The nonce is not the account's next.",
    cure: "Sign again with the nonce that `nonces` gives.",
  },
  InvalidInitialization: {
    meaning: "The contract is initialised already.",
    cure: "Do not initialise it again.",
  },
  InvalidShortString: {
    meaning: "The bytes are no short string.",
    cure: "Report a defect of the contract.",
  },
  NotInitializing: {
    meaning: "This may run during the initialisation only.",
    cure: "Do not call it from outside.",
  },
  ReentrancyGuardReentrantCall: {
    meaning: "The contract was called again while it was at work.",
    cure: "Do not call back from a token or a receiver.",
  },
  SafeCastOverflowedIntDowncast: {
    meaning: "A signed number does not fit the smaller type.",
    cure: "Pass a smaller number.",
  },
  SafeCastOverflowedIntToUint: {
    meaning: "A negative number cannot become an unsigned one.",
    cure: "Pass a number that is not negative.",
  },
  SafeCastOverflowedUintDowncast: {
    meaning: "A number does not fit the smaller type.",
    cure: "Pass a smaller number.",
  },
  SafeCastOverflowedUintToInt: {
    meaning: "A number does not fit the signed type.",
    cure: "Pass a smaller number.",
  },
  SafeERC20FailedOperation: {
    meaning: "The token refused a transfer or an approval.",
    cure: "Check balance and allowance, and that the address is a token.",
  },
  StringTooLong: {
    meaning: "The text does not fit 31 bytes.",
    cure: "Use a shorter text.",
  },
  StringsInsufficientHexLength: {
    meaning: "The number does not fit the number of digits.",
    cure: "Report a defect of the contract.",
  },
};

/** Who may call OpenZeppelin's functions, by the same reason. */
export const libraryCallers: Readonly<Record<string, string>> = {
  approve: "the owner of the tokens",
  cancel: "who scheduled the call, the guardian of its role, or ADMIN",
  consumeScheduledOp: "the contract that is called",
  execute: "whoever may make the call",
  grantRole: "the role that administers the role",
  labelRole: "ADMIN",
  multicall: "anyone; each call is checked as if made alone",
  permit: "anyone, with the owner's signature",
  renounceRole: "the holder of the role, for itself",
  revokeRole: "the role that administers the role",
  safeTransferFrom: "the owner, or an approved operator",
  schedule: "whoever may make the call",
  setApprovalForAll: "the owner of the tokens",
  setAuthority: "the present authority",
  setGrantDelay: "ADMIN",
  setRoleAdmin: "ADMIN",
  setRoleGuardian: "ADMIN",
  setTargetAdminDelay: "ADMIN",
  setTargetClosed: "ADMIN",
  setTargetFunctionRole: "ADMIN",
  transfer: "the holder of the tokens",
  transferFrom: "a spender whom the holder approved",
  updateAuthority: "ADMIN",
};
