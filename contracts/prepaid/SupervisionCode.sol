// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

import {Governed} from "../common/Governed.sol";
import {IClock} from "../common/interfaces/IClock.sol";
import {Money} from "../common/libraries/Money.sol";
import {Roles} from "../common/Roles.sol";
import {ICustody} from "./interfaces/ICustody.sol";
import {ICustodyRules} from "./interfaces/ICustodyRules.sol";
import {IMerchantRegister} from "./interfaces/IMerchantRegister.sol";
import {IPrepaidBook} from "./interfaces/IPrepaidBook.sol";
import {ISupervisionCode} from "./interfaces/ISupervisionCode.sol";
import {Colour, MerchantId} from "./libraries/PrepaidTypes.sol";
import {RoleReader} from "./libraries/RoleReader.sol";

/// @title SupervisionCode
/// @notice The prepaid code of a merchant; see {ISupervisionCode}.
contract SupervisionCode is ISupervisionCode, Governed {
    using SafeCast for uint256;

    /// @dev What was last announced. All zero: grey, compliant, no warning.
    struct Announced {
        Colour colour;
        bool lowWater;
        uint64 shortSince;
    }

    /// @notice The deployment's clock.
    IClock public immutable clock;
    /// @notice The merchant register.
    IMerchantRegister public immutable register;
    /// @notice The prepaid book.
    IPrepaidBook public immutable book;
    /// @notice The custody rules.
    ICustodyRules public immutable rules;
    /// @notice Custody.
    ICustody public immutable custody;

    mapping(MerchantId merchant => Announced) private _announced;

    /// @param authority_ the deployment's {Authority}
    /// @param clock_ the deployment's clock
    /// @param register_ the merchant register
    /// @param book_ the prepaid book
    /// @param rules_ the custody rules
    /// @param custody_ custody
    constructor(
        address authority_,
        IClock clock_,
        IMerchantRegister register_,
        IPrepaidBook book_,
        ICustodyRules rules_,
        ICustody custody_
    ) Governed(authority_) {
        _requireContract(address(clock_));
        _requireContract(address(register_));
        _requireContract(address(book_));
        _requireContract(address(rules_));
        _requireContract(address(custody_));
        clock = clock_;
        register = register_;
        book = book_;
        rules = rules_;
        custody = custody_;
    }

    /// @inheritdoc ISupervisionCode
    function refresh(MerchantId merchant) external {
        require(_holds(Roles.PREPAID_LEDGER) || _holds(Roles.PLATFORM), SupervisionCodeNotAllowed(msg.sender));
        Announced storage last = _announced[merchant];
        uint256 held = custody.vaultBalanceOf(merchant);
        uint256 cover = custody.coverOf(merchant);
        _announceColour(merchant, last, held, cover);
        _announceCompliance(merchant, last, held, cover);
        _announceLowWater(merchant, last, held);
    }

    /// @inheritdoc ISupervisionCode
    function escalate(MerchantId merchant) external {
        require(_holds(Roles.PLATFORM) || _holds(Roles.REGULATOR), SupervisionCodeNotAllowed(msg.sender));
        uint64 since = _announced[merchant].shortSince;
        (uint256 required, uint256 available) = _measure(merchant);
        require(since != 0 && available < required, SupervisionCodeNotShort(merchant));
        uint256 cure = rules.cureTime(merchant);
        require(cure != 0, SupervisionCodeNoCureTime(merchant));
        uint64 deadline = (since + cure).toUint64();
        require(clock.timestamp() > deadline, SupervisionCodeCureRunning(merchant, deadline));
        emit StopEscalated(merchant, since, deadline, required, available);
        register.orderStop(merchant);
    }

    /// @inheritdoc ISupervisionCode
    function colourOf(MerchantId merchant) external view returns (Colour) {
        return
            _colour(merchant, custody.vaultBalanceOf(merchant) + custody.coverOf(merchant), book.balanceOf(merchant));
    }

    /// @inheritdoc ISupervisionCode
    function requiredOf(MerchantId merchant) external view returns (uint256) {
        return rules.requiredOf(merchant);
    }

    /// @inheritdoc ISupervisionCode
    function compliantOf(MerchantId merchant) external view returns (bool) {
        (uint256 required, uint256 available) = _measure(merchant);
        return available >= required;
    }

    /// @inheritdoc ISupervisionCode
    function shortSince(MerchantId merchant) external view returns (uint64) {
        return _announced[merchant].shortSince;
    }

    /// @inheritdoc ISupervisionCode
    function lastColourOf(MerchantId merchant) external view returns (Colour) {
        return _announced[merchant].colour;
    }

    /// @inheritdoc ISupervisionCode
    function lowWaterOf(MerchantId merchant) external view returns (bool) {
        return _announced[merchant].lowWater;
    }

    function _announceColour(MerchantId merchant, Announced storage last, uint256 held, uint256 cover) private {
        uint256 balance = book.balanceOf(merchant);
        Colour to = _colour(merchant, held + cover, balance);
        Colour from = last.colour;
        if (to == from) return;
        last.colour = to;
        emit ColourChanged(merchant, from, to, balance, held, cover);
    }

    function _announceCompliance(MerchantId merchant, Announced storage last, uint256 held, uint256 cover) private {
        uint256 required = rules.requiredOf(merchant);
        bool compliant = held + cover >= required;
        if (compliant == (last.shortSince == 0)) return;
        last.shortSince = compliant ? 0 : clock.timestamp();
        emit ComplianceChanged(merchant, compliant, required, held, cover);
    }

    function _announceLowWater(MerchantId merchant, Announced storage last, uint256 held) private {
        uint256 paidIn = custody.accountOf(merchant).paidIn;
        // held < paidIn x share, exactly: no fen is lost to the rounding.
        bool low = held < Money.shareUp(paidIn, rules.lowWaterPpm(merchant));
        if (low == last.lowWater) return;
        last.lowWater = low;
        if (low) emit LowWater(merchant, held, paidIn);
    }

    function _measure(MerchantId merchant) private view returns (uint256 required, uint256 available) {
        required = rules.requiredOf(merchant);
        available = custody.vaultBalanceOf(merchant) + custody.coverOf(merchant);
    }

    function _colour(MerchantId merchant, uint256 available, uint256 balance) private view returns (Colour) {
        if (!register.isLinked(merchant)) return Colour.GREY;
        if (available == 0) return Colour.RED;
        return available >= balance ? Colour.GREEN : Colour.YELLOW;
    }

    function _holds(uint64 role) private view returns (bool) {
        return RoleReader.holds(authority(), role, msg.sender);
    }
}
