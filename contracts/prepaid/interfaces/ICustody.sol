// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Digest} from "../../common/libraries/Digests.sol";
import {CoverForm, CoverId, MerchantId, PayoutId} from "../libraries/PrepaidTypes.sol";

/// @title Custody of prepayments
/// @notice One vault per merchant holds DepositToken. paidIn = vault + released + refunded + returned, per merchant, always.
interface ICustody {
    struct Account {
        address vault; // 0 = not opened
        uint128 paidIn; // all that came into the vault
        uint128 released; // to the merchant, for what was redeemed; released <= redeemed
        uint128 refunded; // to holders: refunds and default claims
        uint128 returned; // what is left after every card was settled, back to the merchant
        bool frozen;
        uint8 covers; // active covers
    }

    struct Cover {
        MerchantId merchant;
        CoverForm form;
        address provider;
        uint128 amount;
        uint64 startsAt;
        uint64 expiresAt; // counts 0 from this second on
        Digest policy;
    }

    enum PayoutStatus {
        NONE,
        REQUESTED,
        APPROVED,
        REFUSED,
        CANCELLED
    }

    struct Payout {
        MerchantId merchant;
        uint128 amount;
        uint64 requestedAt;
        PayoutStatus status;
        Digest reason;
    }

    /// @custom:caller CUSTODIAN (the custodian bank)
    function openVault(MerchantId merchant) external returns (address vault);
    /// @notice The merchant pays its own money into its vault.
    /// @custom:caller the merchant's agent
    function deposit(MerchantId merchant, uint256 amount) external;
    /// @notice Pulls money from payer (who approved Custody) into the vault, for a sale.
    /// @custom:caller PrepaidCards (Roles.PREPAID_LEDGER)
    function collect(MerchantId merchant, address payer, uint256 amount) external;
    /// @custom:caller INSURER
    function registerCover(MerchantId merchant, CoverForm form, uint256 amount, uint64 startsAt, uint64 expiresAt, Digest calldata policy)
        external
        returns (CoverId);
    /// @notice Lowers a cover; refused where it would leave the merchant under its requirement.
    /// @custom:caller the provider that registered it
    function reduceCover(CoverId cover, uint256 amount) external;
    /// @notice Pays a claim under a cover into the vault (the money comes from the provider) and lowers the cover by it.
    /// @custom:caller the provider that registered it
    function payClaim(CoverId cover, uint256 amount, Digest calldata claim) external;
    /// @notice Takes out money for what was redeemed. At most redeemed - released; never below the requirement; not while frozen;
    /// above the approval threshold only by requestPayout.
    /// @custom:caller the merchant's agent
    function release(MerchantId merchant, uint256 amount) external;
    /// @custom:caller the merchant's agent
    function requestPayout(MerchantId merchant, uint256 amount, Digest calldata reason) external returns (PayoutId);
    /// @custom:caller REGULATOR (the supervising node); checks everything again and pays
    function approvePayout(PayoutId payout, Digest calldata reason) external;
    /// @custom:caller REGULATOR
    function refusePayout(PayoutId payout, Digest calldata reason) external;
    /// @custom:caller the merchant's agent
    function cancelPayout(PayoutId payout) external;
    /// @notice Stops payouts to the merchant. Refunds, reclaims and default claims go on.
    /// @custom:caller EMERGENCY
    function freeze(MerchantId merchant, Digest calldata reason) external;
    /// @custom:caller REGULATOR
    function unfreeze(MerchantId merchant, Digest calldata reason) external;
    /// @notice Pays a holder from the vault as far as it reaches.
    /// @return paid what was paid, at most amount
    /// @custom:caller Refunds, DefaultClaims (Roles.PREPAID_PAYER)
    function payHolder(MerchantId merchant, address holder, uint256 amount) external returns (uint256 paid);
    /// @notice Returns what is left once the book's balance is 0 and no card is live.
    /// @custom:caller the merchant's agent
    function returnSurplus(MerchantId merchant) external returns (uint256 amount);

    function accountOf(MerchantId merchant) external view returns (Account memory);
    function vaultBalanceOf(MerchantId merchant) external view returns (uint256);
    /// @notice Sum of covers in force now.
    function coverOf(MerchantId merchant) external view returns (uint256);
    function coverById(CoverId cover) external view returns (Cover memory);
    function coversOf(MerchantId merchant) external view returns (CoverId[] memory);
    function payoutOf(PayoutId payout) external view returns (Payout memory);
    /// @notice What release would pay at most now.
    function releasableOf(MerchantId merchant) external view returns (uint256);
}
