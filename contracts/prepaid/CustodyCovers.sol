// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

import {Digest, Digests} from "../common/libraries/Digests.sol";
import {CustodyVaults} from "./CustodyVaults.sol";
import {ICustody} from "./interfaces/ICustody.sol";
import {CoverForm, CoverId, MerchantId} from "./libraries/PrepaidTypes.sol";

/// @title CustodyCovers
/// @notice The part of Custody that keeps insurances, guarantees and trusts; see {ICustody}.
abstract contract CustodyCovers is CustodyVaults {
    using SafeCast for uint256;
    using SafeERC20 for IERC20;

    // A bound on the work of one call, not a regulation's number.
    uint256 private constant _MAX_COVERS = 8;

    /// @inheritdoc ICustody
    uint256 public coverCount;

    mapping(MerchantId merchant => CoverId[]) private _listed;
    mapping(CoverId cover => Cover) private _covers;
    mapping(bytes32 policy => bool) private _policyUsed;

    /// @inheritdoc ICustody
    function registerCover(
        MerchantId merchant,
        CoverForm form,
        uint256 amount,
        uint64 startsAt,
        uint64 expiresAt,
        Digest calldata policy
    ) external restricted returns (CoverId cover) {
        Account storage account = _openAccount(merchant);
        require(amount != 0, CustodyZeroAmount(merchant));
        uint64 time = clock.timestamp();
        require(expiresAt > startsAt && expiresAt > time, CustodyInvalidCoverTerm(startsAt, expiresAt, time));
        Digests.requirePresent(policy);
        require(!_policyUsed[policy.value], CustodyPolicyUsed(policy.value));
        _dropLapsed(merchant, time);
        CoverId[] storage listed = _listed[merchant];
        require(listed.length < _MAX_COVERS, CustodyTooManyCovers(merchant, _MAX_COVERS));

        cover = CoverId.wrap(++coverCount);
        _policyUsed[policy.value] = true;
        _covers[cover] = Cover({
            merchant: merchant,
            form: form,
            provider: msg.sender,
            amount: amount.toUint128(),
            startsAt: startsAt,
            expiresAt: expiresAt,
            policy: policy
        });
        listed.push(cover);
        account.covers = uint8(listed.length); // at most 8
        emit CoverRegistered(cover, merchant, msg.sender, form, amount, startsAt, expiresAt, policy);
        _refresh(merchant);
    }

    /// @inheritdoc ICustody
    function reduceCover(CoverId cover, uint256 amount) external {
        MerchantId merchant = _requireProvider(cover);
        uint256 left = _lowerCover(cover, merchant, amount);
        uint256 required = rules.requiredOf(merchant);
        uint256 available = _balance(_accounts[merchant]) + coverOf(merchant);
        require(available >= required, CustodyBelowRequirement(merchant, required, available));
        emit CoverReduced(cover, merchant, amount, left);
        _refresh(merchant);
    }

    /// @inheritdoc ICustody
    function payClaim(CoverId cover, uint256 amount, Digest calldata claim) external {
        MerchantId merchant = _requireProvider(cover);
        Digests.requirePresent(claim);
        uint256 left = _lowerCover(cover, merchant, amount);
        address vault = _payIn(merchant, amount);
        emit CoverClaimPaid(cover, merchant, amount, left, claim);
        _refresh(merchant);
        token.safeTransferFrom(msg.sender, vault, amount);
    }

    /// @inheritdoc ICustody
    function coverById(CoverId cover) external view returns (Cover memory) {
        return _covers[cover];
    }

    /// @inheritdoc ICustody
    function coversOf(MerchantId merchant) external view returns (CoverId[] memory) {
        return _listed[merchant];
    }

    /// @inheritdoc ICustody
    function coverOf(MerchantId merchant) public view returns (uint256 sum) {
        CoverId[] storage listed = _listed[merchant];
        uint256 length = listed.length;
        if (length == 0) return 0;
        uint64 time = clock.timestamp();
        for (uint256 i = 0; i < length; ++i) {
            Cover storage entry = _covers[listed[i]];
            if (entry.startsAt <= time && time < entry.expiresAt) sum += entry.amount;
        }
    }

    function _lowerCover(CoverId cover, MerchantId merchant, uint256 amount) private returns (uint256 left) {
        Cover storage entry = _covers[cover];
        left = entry.amount;
        require(amount != 0, CustodyZeroAmount(merchant));
        require(amount <= left, CustodyCoverTooSmall(cover, left, amount));
        left -= amount;
        entry.amount = uint128(left); // lower than before
    }

    /// @dev Lapsed and used-up covers leave the list. At most 8 steps.
    function _dropLapsed(MerchantId merchant, uint64 time) private {
        CoverId[] storage listed = _listed[merchant];
        uint256 i = 0;
        while (i < listed.length) {
            CoverId cover = listed[i];
            Cover storage entry = _covers[cover];
            if (entry.amount != 0 && time < entry.expiresAt) {
                ++i;
                continue;
            }
            listed[i] = listed[listed.length - 1];
            listed.pop();
            emit CoverDropped(cover, merchant);
        }
    }

    function _requireProvider(CoverId cover) private view returns (MerchantId) {
        Cover storage entry = _covers[cover];
        require(entry.provider != address(0), CustodyUnknownCover(cover));
        require(entry.provider == msg.sender, CustodyNotProvider(cover, msg.sender));
        return entry.merchant;
    }
}
