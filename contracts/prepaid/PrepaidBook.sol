// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

import {Governed} from "../common/Governed.sol";
import {IClock} from "../common/interfaces/IClock.sol";
import {IPrepaidBook} from "./interfaces/IPrepaidBook.sol";
import {CardKind, Exposure, MerchantId} from "./libraries/PrepaidTypes.sol";
import {Quarters} from "./libraries/Quarters.sol";

/// @title PrepaidBook
/// @notice Each merchant's totals; see {IPrepaidBook}.
contract PrepaidBook is IPrepaidBook, Governed {
    using SafeCast for uint256;

    /// @dev The balance with which the quarter of the latest entry began. A quarter without an entry ends as it began.
    struct Opening {
        uint128 balance;
        uint32 quarter;
    }

    /// @notice The deployment's clock.
    IClock public immutable clock;

    mapping(MerchantId merchant => Totals) private _totals;
    mapping(MerchantId merchant => Opening) private _openings;
    mapping(MerchantId merchant => mapping(bytes32 consumerKey => Exposure)) private _exposures;

    /// @param authority_ the deployment's {Authority}
    /// @param clock_ the deployment's {Clock}
    constructor(address authority_, IClock clock_) Governed(authority_) {
        _requireContract(address(clock_));
        clock = clock_;
    }

    /// @inheritdoc IPrepaidBook
    function recordPayment(MerchantId merchant, uint256 amount, uint256 newCards) external restricted {
        require(amount != 0 || newCards != 0, PrepaidBookNothingPaid(merchant));
        uint256 balance = _beginEntry(merchant) + amount;

        Totals storage totals = _totals[merchant];
        totals.paid = (totals.paid + amount).toUint128();
        totals.cards = (totals.cards + newCards).toUint64();
        totals.live = (totals.live + newCards).toUint64();
        emit BookPaid(merchant, amount, newCards, balance);
    }

    /// @inheritdoc IPrepaidBook
    function recordRedemption(MerchantId merchant, uint256 amount) external restricted {
        uint256 balance = _beginDeduction(merchant, amount);

        _totals[merchant].redeemed += uint128(amount); // at most the balance, which fits
        emit BookRedeemed(merchant, amount, balance);
    }

    /// @inheritdoc IPrepaidBook
    function recordRefund(MerchantId merchant, uint256 amount) external restricted {
        uint256 balance = _beginDeduction(merchant, amount);

        _totals[merchant].refunded += uint128(amount); // at most the balance, which fits
        emit BookRefunded(merchant, amount, balance);
    }

    /// @inheritdoc IPrepaidBook
    function recordCardEnded(MerchantId merchant) external restricted {
        uint64 live = _totals[merchant].live;
        require(live != 0, PrepaidBookNoLiveCard(merchant));

        _totals[merchant].live = live - 1;
        emit BookCardEnded(merchant, live - 1);
    }

    /// @inheritdoc IPrepaidBook
    function changeExposure(
        MerchantId merchant,
        bytes32 consumerKey,
        CardKind kind,
        int256 principal,
        int256 visits,
        uint64 periodEndsAt
    ) external restricted {
        require(consumerKey != 0, PrepaidBookConsumerMissing(merchant));

        Exposure storage exposure = _exposures[merchant][consumerKey];
        if (kind == CardKind.STORED_VALUE) {
            exposure.storedPrincipal = _changed(merchant, consumerKey, exposure.storedPrincipal, principal).toUint128();
        } else if (kind == CardKind.VISITS) {
            exposure.visitsPrincipal = _changed(merchant, consumerKey, exposure.visitsPrincipal, principal).toUint128();
            exposure.visitsLeft = _changed(merchant, consumerKey, exposure.visitsLeft, visits).toUint64();
        } else {
            exposure.periodPrincipal = _changed(merchant, consumerKey, exposure.periodPrincipal, principal).toUint128();
            if (exposure.periodPrincipal == 0) exposure.periodEndsAt = 0;
            else if (periodEndsAt > exposure.periodEndsAt) exposure.periodEndsAt = periodEndsAt;
        }
        emit ExposureChanged(merchant, consumerKey, exposure);
    }

    /// @inheritdoc IPrepaidBook
    function totalsOf(MerchantId merchant) external view returns (Totals memory) {
        return _totals[merchant];
    }

    /// @inheritdoc IPrepaidBook
    function balanceOf(MerchantId merchant) external view returns (uint256) {
        return _balanceOf(merchant);
    }

    /// @inheritdoc IPrepaidBook
    function quarterEndBalanceOf(MerchantId merchant) external view returns (uint256) {
        Opening storage opening = _openings[merchant];
        return opening.quarter == Quarters.numberOf(clock.timestamp()) ? opening.balance : _balanceOf(merchant);
    }

    /// @inheritdoc IPrepaidBook
    function exposureOf(MerchantId merchant, bytes32 consumerKey) external view returns (Exposure memory) {
        return _exposures[merchant][consumerKey];
    }

    /// @dev Keeps the balance with which a quarter begins, at the quarter's first entry.
    function _beginEntry(MerchantId merchant) private returns (uint256 balance) {
        balance = _balanceOf(merchant);
        uint32 quarter = Quarters.numberOf(clock.timestamp());
        if (_openings[merchant].quarter != quarter) {
            _openings[merchant] = Opening({balance: uint128(balance), quarter: quarter}); // at most `paid`, which fits
        }
    }

    function _beginDeduction(MerchantId merchant, uint256 amount) private returns (uint256) {
        uint256 balance = _balanceOf(merchant);
        require(amount <= balance, PrepaidBookOverdrawn(merchant, balance, amount));
        _beginEntry(merchant);
        return balance - amount;
    }

    function _balanceOf(MerchantId merchant) private view returns (uint256) {
        Totals storage totals = _totals[merchant];
        return totals.paid - totals.redeemed - totals.refunded;
    }

    function _changed(
        MerchantId merchant,
        bytes32 consumerKey,
        uint256 held,
        int256 change
    ) private pure returns (uint256) {
        if (change >= 0) return held + uint256(change);
        // Computed unchecked, so that the least number of 256 bits is refused like any other, in the book's words.
        uint256 taken;
        unchecked {
            taken = uint256(-change);
        }
        require(taken <= held, PrepaidBookExposureOverdrawn(merchant, consumerKey, held, change));
        return held - taken;
    }
}
