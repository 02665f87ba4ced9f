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

    /// @dev What was last announced, and the custody with cover it was told from. All zero: grey, compliant, no warning.
    struct Announced {
        Colour colour;
        bool lowWater;
        uint64 shortSince;
        uint128 available;
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
        _refresh(merchant);
    }

    /// @inheritdoc ISupervisionCode
    function refreshLowered(MerchantId merchant) external {
        require(_holds(Roles.PREPAID_LEDGER), SupervisionCodeNotAllowed(msg.sender));
        Announced storage last = _announced[merchant];
        Facts memory facts = _holdingsOf(merchant);
        // The requirement does not rise when the balance falls, and low water does not ask for the balance: both need another look only
        // where custody was short, or where there is less of it, or of cover, than at the last look.
        if (last.shortSince != 0 || facts.custody + facts.cover < last.available) _refresh(merchant);
        else _announceColour(merchant, last, facts);
    }

    /// @inheritdoc ISupervisionCode
    function factsOf(MerchantId merchant) external view returns (Facts memory) {
        return _factsOf(merchant);
    }

    /// @inheritdoc ISupervisionCode
    function escalate(MerchantId merchant) external {
        require(_holds(Roles.PLATFORM) || _holds(Roles.REGULATOR), SupervisionCodeNotAllowed(msg.sender));
        uint64 since = _announced[merchant].shortSince;
        Facts memory facts = _factsOf(merchant);
        require(since != 0 && !facts.compliant, SupervisionCodeNotShort(merchant));
        uint256 cure = rules.cureTime(merchant);
        require(cure != 0, SupervisionCodeNoCureTime(merchant));
        uint64 deadline = (since + cure).toUint64();
        require(clock.timestamp() > deadline, SupervisionCodeCureRunning(merchant, deadline));
        emit StopEscalated(merchant, since, deadline, facts.required, facts.custody + facts.cover);
        register.orderStop(merchant);
    }

    /// @inheritdoc ISupervisionCode
    function colourOf(MerchantId merchant) external view returns (Colour) {
        return _factsOf(merchant).colour;
    }

    /// @inheritdoc ISupervisionCode
    function requiredOf(MerchantId merchant) external view returns (uint256) {
        return rules.requiredOf(merchant);
    }

    /// @inheritdoc ISupervisionCode
    function compliantOf(MerchantId merchant) external view returns (bool) {
        return _factsOf(merchant).compliant;
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

    function _refresh(MerchantId merchant) private {
        Announced storage last = _announced[merchant];
        Facts memory facts = _factsOf(merchant);
        last.available = (facts.custody + facts.cover).toUint128();
        _announceColour(merchant, last, facts);
        if (facts.compliant != (last.shortSince == 0)) {
            last.shortSince = facts.compliant ? 0 : clock.timestamp();
            emit ComplianceChanged(merchant, facts.compliant, facts.required, facts.custody, facts.cover);
        }
        _announceLowWater(merchant, last, facts.custody);
    }

    function _announceLowWater(MerchantId merchant, Announced storage last, uint256 held) private {
        uint256 paidIn = custody.accountOf(merchant).paidIn;
        // held < paidIn x share, exactly: no fen is lost to the rounding.
        bool low = held < Money.shareUp(paidIn, rules.lowWaterPpm(merchant));
        if (low == last.lowWater) return;
        last.lowWater = low;
        if (low) emit LowWater(merchant, held, paidIn);
    }

    function _announceColour(MerchantId merchant, Announced storage last, Facts memory facts) private {
        Colour from = last.colour;
        if (facts.colour == from) return;
        last.colour = facts.colour;
        emit ColourChanged(merchant, from, facts.colour, facts.balance, facts.custody, facts.cover);
    }

    function _factsOf(MerchantId merchant) private view returns (Facts memory facts) {
        facts = _holdingsOf(merchant);
        facts.required = rules.requiredAt(merchant, facts.balance);
        facts.compliant = facts.custody + facts.cover >= facts.required;
    }

    /// @dev The facts without requirement and compliance.
    function _holdingsOf(MerchantId merchant) private view returns (Facts memory facts) {
        facts.balance = book.balanceOf(merchant);
        facts.custody = custody.vaultBalanceOf(merchant);
        facts.cover = custody.coverOf(merchant);
        facts.colour = _colour(register.isLinked(merchant), facts.custody + facts.cover, facts.balance);
    }

    function _colour(bool linked, uint256 available, uint256 balance) private pure returns (Colour) {
        if (!linked) return Colour.GREY;
        if (available == 0) return Colour.RED;
        return available >= balance ? Colour.GREEN : Colour.YELLOW;
    }

    function _holds(uint64 role) private view returns (bool) {
        return RoleReader.holds(authority(), role, msg.sender);
    }
}
