// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IClock} from "../common/interfaces/IClock.sol";
import {IPolicyRegistry, ParameterId} from "../common/interfaces/IPolicyRegistry.sol";
import {Money} from "../common/libraries/Money.sol";
import {TimeLib} from "../common/libraries/TimeLib.sol";
import {ICustodyRules} from "./interfaces/ICustodyRules.sol";
import {IMerchantRegister} from "./interfaces/IMerchantRegister.sol";
import {IPrepaidBook} from "./interfaces/IPrepaidBook.sol";
import {PolicyReader} from "./libraries/PolicyReader.sol";
import {PrepaidParameters} from "./libraries/PrepaidParameters.sol";
import {Filing, MerchantId, MerchantScale, TradeId} from "./libraries/PrepaidTypes.sol";

/// @title CustodyRules
/// @notice How much must be in custody; see {ICustodyRules}.
contract CustodyRules is ICustodyRules {
    /// @notice The deployment's clock.
    IClock public immutable clock;
    /// @notice The deployment's policy registry.
    IPolicyRegistry public immutable policies;
    /// @notice The merchant register.
    IMerchantRegister public immutable register;
    /// @notice The prepaid book.
    IPrepaidBook public immutable book;

    /// @param clock_ the deployment's clock
    /// @param policies_ the deployment's policy registry
    /// @param register_ the merchant register
    /// @param book_ the prepaid book
    constructor(IClock clock_, IPolicyRegistry policies_, IMerchantRegister register_, IPrepaidBook book_) {
        clock = clock_;
        policies = policies_;
        register = register_;
        book = book_;
    }

    /// @inheritdoc ICustodyRules
    function requiredOf(MerchantId merchant) external view returns (uint256) {
        return _required(merchant, book.balanceOf(merchant));
    }

    /// @inheritdoc ICustodyRules
    function requiredAt(MerchantId merchant, uint256 balance) external view returns (uint256) {
        return _required(merchant, balance);
    }

    /// @inheritdoc ICustodyRules
    function approvalThreshold(MerchantId merchant) external view returns (uint256) {
        return _parameter(merchant, PrepaidParameters.PAYOUT_THRESHOLD);
    }

    /// @inheritdoc ICustodyRules
    function lowWaterPpm(MerchantId merchant) external view returns (uint256) {
        return _parameter(merchant, PrepaidParameters.LOW_WATER);
    }

    /// @inheritdoc ICustodyRules
    function cureTime(MerchantId merchant) external view returns (uint256) {
        return _parameter(merchant, PrepaidParameters.CURE_DAYS) * TimeLib.DAY;
    }

    function _required(MerchantId merchant, uint256 balance) private view returns (uint256) {
        Filing memory filing = register.merchantOf(merchant).filing;
        uint64 time = clock.timestamp();
        // A balance of 0 needs nothing at any ratio; the quarter-end part does not look at it.
        uint256 present =
            balance == 0
                ? 0
                : Money.shareUp(
                    balance,
                    Money.max(_balanceRatio(filing, time, balance), _get(filing, time, PrepaidParameters.TRADE_RATIO))
                );
        return Money.max(present, _quarterEnd(merchant, filing, time));
    }

    /// @dev SH19 Art 11: the share of the whole balance, in ppm, that the present balance makes due.
    function _balanceRatio(Filing memory filing, uint64 time, uint256 balance) private view returns (uint256) {
        (bool set, uint256 general) = _find(filing, time, PrepaidParameters.GENERAL_WARNING);
        if (!set || balance <= general) return 0;
        uint256 ratio = _get(filing, time, PrepaidParameters.GENERAL_RATIO);
        if (
            filing.scale == MerchantScale.MALL ||
            _isYoung(filing, time) ||
            _isOverSpecialLine(filing, time, balance, general)
        ) {
            ratio = Money.max(ratio, _get(filing, time, PrepaidParameters.SPECIAL_RATIO));
        }
        return ratio;
    }

    function _isYoung(Filing memory filing, uint64 time) private view returns (bool) {
        return time < filing.licensedAt + _get(filing, time, PrepaidParameters.YOUNG_DAYS) * TimeLib.DAY;
    }

    function _isOverSpecialLine(
        Filing memory filing,
        uint64 time,
        uint256 balance,
        uint256 general
    ) private view returns (bool) {
        (bool set, uint256 share) = _find(filing, time, PrepaidParameters.SPECIAL_SHARE);
        if (!set) return false;
        // Rounded down, for the holders: a lower line is crossed earlier.
        uint256 line = Money.max(Money.shareDown(filing.lastYearRevenue, share), general);
        (bool capped, uint256 cap) = _find(filing, time, PrepaidParameters.SPECIAL_CAP);
        return balance > (capped ? Money.min(line, cap) : line);
    }

    /// @dev MOFCOM order 9 Art 26: a share of the last quarter-end's balance, by the issuer's scale.
    function _quarterEnd(MerchantId merchant, Filing memory filing, uint64 time) private view returns (uint256) {
        ParameterId id;
        if (filing.scale == MerchantScale.SCALE) id = PrepaidParameters.QUARTER_SCALE;
        else if (filing.scale == MerchantScale.GROUP) id = PrepaidParameters.QUARTER_GROUP;
        else if (filing.scale == MerchantScale.BRAND) id = PrepaidParameters.QUARTER_BRAND;
        else return 0;
        uint256 ratio = _get(filing, time, id);
        return ratio == 0 ? 0 : Money.shareUp(book.quarterEndBalanceOf(merchant), ratio);
    }

    function _parameter(MerchantId merchant, ParameterId id) private view returns (uint256) {
        (bytes32 region, TradeId trade) = register.scopeOf(merchant);
        return PolicyReader.get(policies, region, clock.timestamp(), trade, id);
    }

    function _get(Filing memory filing, uint64 time, ParameterId id) private view returns (uint256) {
        return PolicyReader.get(policies, filing.region, time, filing.trade, id);
    }

    function _find(Filing memory filing, uint64 time, ParameterId id) private view returns (bool, uint256) {
        return PolicyReader.find(policies, filing.region, time, filing.trade, id);
    }
}
