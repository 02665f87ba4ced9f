// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";

import {IClock} from "../common/interfaces/IClock.sol";
import {IDepositToken} from "../common/interfaces/IDepositToken.sol";
import {PartyUser} from "../devices/PartyUser.sol";
import {IStallCodes, StallPaymentId} from "./interfaces/IStallCodes.sol";
import {ITradeParties} from "./interfaces/ITradeParties.sol";
import {ObjectId, PartyId} from "./libraries/TraceTypes.sol";
import {PartyRole} from "./libraries/TradeTypes.sol";

/// @title StallCodes
/// @notice Market stalls: lots on offer, payments tied to them, and when the market checked; see {IStallCodes}.
contract StallCodes is IStallCodes, PartyUser {
    using SafeERC20 for IERC20;

    // A bound on the work of one view, not a regulation's number.
    uint256 private constant _MAX_LOTS = 50;

    /// @notice The deposit token.
    IDepositToken public immutable token;

    /// @inheritdoc IStallCodes
    uint256 public count;

    mapping(ObjectId stall => Stall) private _stalls;
    mapping(ObjectId stall => ObjectId[]) private _lots;
    // Place in the list, from 1.
    mapping(ObjectId stall => mapping(ObjectId lot => uint256)) private _at;
    mapping(StallPaymentId payment => StallPayment) private _payments;

    /// @param authority_ the deployment's {Authority}
    /// @param clock_ the deployment's {Clock}
    /// @param parties_ the register of parties
    /// @param token_ the deposit token
    constructor(
        address authority_,
        IClock clock_,
        ITradeParties parties_,
        IDepositToken token_
    ) PartyUser(authority_, clock_, parties_) {
        _requireContract(address(token_));
        token = token_;
    }

    /// @inheritdoc IStallCodes
    function open(PartyId by, ObjectId stall, PartyId holder, address payee) external {
        _requireAgent(by);
        require(parties.hasRole(by, PartyRole.MARKET), StallCodesNotMarket(by));
        require(
            ObjectId.unwrap(stall) != 0 && PartyId.unwrap(holder) != 0 && payee != address(0),
            StallCodesIncomplete()
        );
        Stall storage found = _stalls[stall];
        require(PartyId.unwrap(found.market) == 0 || found.market == by, StallCodesNotParty(stall, by));

        found.market = by;
        found.holder = holder;
        found.payee = payee;
        emit StallOpened(stall, by, holder, payee);
    }

    /// @inheritdoc IStallCodes
    function noteCheck(PartyId by, ObjectId stall) external {
        _requireAgent(by);
        require(_stalls[stall].market == by, StallCodesNotParty(stall, by));
        _stalls[stall].checkedAt = clock.timestamp();
        emit StallChecked(stall);
    }

    /// @inheritdoc IStallCodes
    function offer(PartyId by, ObjectId stall, ObjectId lot) external {
        _requireHolder(by, stall);
        ObjectId[] storage lots = _lots[stall];
        require(
            ObjectId.unwrap(lot) != 0 && _at[stall][lot] == 0 && lots.length < _MAX_LOTS,
            StallCodesCannotOffer(stall, lot, _MAX_LOTS)
        );
        lots.push(lot);
        _at[stall][lot] = lots.length;
        ++_stalls[stall].lots;
        emit LotOffered(stall, lot);
    }

    /// @inheritdoc IStallCodes
    function takeOff(PartyId by, ObjectId stall, ObjectId lot) external {
        _requireHolder(by, stall);
        uint256 at = _requireOffered(stall, lot);
        ObjectId[] storage lots = _lots[stall];
        ObjectId last = lots[lots.length - 1];
        lots[at - 1] = last;
        _at[stall][last] = at;
        delete _at[stall][lot];
        lots.pop();
        --_stalls[stall].lots;
        emit LotTakenOff(stall, lot);
    }

    /// @inheritdoc IStallCodes
    function pay(ObjectId stall, ObjectId lot, uint256 amount) external returns (StallPaymentId payment) {
        _requireOffered(stall, lot);
        require(amount != 0, StallCodesNothingPaid());
        address payer = _msgSender();
        Stall storage found = _stalls[stall];
        payment = StallPaymentId.wrap(++count);
        _payments[payment] = StallPayment(stall, lot, payer, amount, clock.timestamp());
        found.takings += amount;
        emit StallPaid(stall, lot, payment, payer, amount);
        IERC20(token).safeTransferFrom(payer, found.payee, amount);
    }

    /// @inheritdoc IStallCodes
    function codeOf(ObjectId stall) external view returns (Stall memory found, ObjectId[] memory lots) {
        return (_stalls[stall], _lots[stall]);
    }

    /// @inheritdoc IStallCodes
    function paymentOf(StallPaymentId payment) external view returns (StallPayment memory) {
        return _payments[payment];
    }

    function _requireHolder(PartyId by, ObjectId stall) private view {
        _requireAgent(by);
        require(_stalls[stall].holder == by, StallCodesNotParty(stall, by));
    }

    function _requireOffered(ObjectId stall, ObjectId lot) private view returns (uint256 at) {
        at = _at[stall][lot];
        require(at != 0, StallCodesNotOffered(stall, lot));
    }
}
