// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

import {Governed} from "../common/Governed.sol";
import {IClock} from "../common/interfaces/IClock.sol";
import {Digest, Digests} from "../common/libraries/Digests.sol";
import {Money} from "../common/libraries/Money.sol";
import {ICustody} from "./interfaces/ICustody.sol";
import {IDefaultClaims} from "./interfaces/IDefaultClaims.sol";
import {IMerchantRegister} from "./interfaces/IMerchantRegister.sol";
import {IPrepaidBook} from "./interfaces/IPrepaidBook.sol";
import {IPrepaidCards} from "./interfaces/IPrepaidCards.sol";
import {Card, CardId, CardStatus, EndCause, MerchantId, MerchantStatus} from "./libraries/PrepaidTypes.sol";

/// @title DefaultClaims
/// @notice What is in custody, shared pro rata after a default; see {IDefaultClaims}.
contract DefaultClaims is IDefaultClaims, Governed {
    using SafeCast for uint256;

    // Together they keep a call under 5 M gas: each card walks the rounds it has not claimed, and is paid once. Technical limits.
    uint256 private constant _MAX_ROUNDS = 12;
    uint256 private constant _MAX_CARDS = 10;

    /// @notice The deployment's clock.
    IClock public immutable clock;
    /// @notice The merchants.
    IMerchantRegister public immutable register;
    /// @notice The merchants' totals.
    IPrepaidBook public immutable book;
    /// @notice The cards.
    IPrepaidCards public immutable cards;
    /// @notice The vaults.
    ICustody public immutable custody;

    mapping(MerchantId merchant => Round[]) private _rounds;
    mapping(MerchantId merchant => uint256) private _promised; // of the pots, not paid yet
    mapping(CardId card => uint256) private _claimed;

    /// @param authority_ the deployment's {Authority}
    /// @param clock_ the deployment's {Clock}
    /// @param register_ the {MerchantRegister}
    /// @param book_ the {PrepaidBook}
    /// @param cards_ the {PrepaidCards}
    /// @param custody_ the {Custody}
    constructor(
        address authority_,
        IClock clock_,
        IMerchantRegister register_,
        IPrepaidBook book_,
        IPrepaidCards cards_,
        ICustody custody_
    ) Governed(authority_) {
        _requireContract(address(clock_));
        _requireContract(address(register_));
        _requireContract(address(book_));
        _requireContract(address(cards_));
        _requireContract(address(custody_));
        clock = clock_;
        register = register_;
        book = book_;
        cards = cards_;
        custody = custody_;
    }

    /// @inheritdoc IDefaultClaims
    function openRound(MerchantId merchant, Digest calldata decision) external restricted returns (uint256 round) {
        MerchantStatus status = register.statusOf(merchant);
        require(status == MerchantStatus.DEFAULTED, DefaultClaimsNotDefaulted(merchant, status));
        Digests.requirePresent(decision);
        Round[] storage rounds = _rounds[merchant];
        round = rounds.length + 1;
        require(round <= _MAX_ROUNDS, DefaultClaimsTooManyRounds(merchant, _MAX_ROUNDS));
        uint256 base = round == 1 ? book.balanceOf(merchant) : rounds[round - 2].base - rounds[round - 2].pot;
        // Nothing else leaves the vault once claims are open, so what was promised is there.
        uint256 free = custody.vaultBalanceOf(merchant) - _promised[merchant];
        uint256 pot = Money.min(free, base);
        require(pot != 0, DefaultClaimsNothingToShare(merchant, base, free));

        rounds.push(
            Round({pot: pot.toUint128(), base: base.toUint128(), claimed: 0, paid: 0, openedAt: clock.timestamp()})
        );
        _promised[merchant] += pot;
        emit RoundOpened(merchant, round, pot, base, decision);
        if (round == 1) register.openClaims(merchant);
    }

    /// @inheritdoc IDefaultClaims
    function claim(CardId card) external returns (uint256 paid) {
        Card memory entry = cards.cardOf(card);
        require(_msgSender() == entry.holder, DefaultClaimsNotHolder(card, _msgSender()));
        return _claim(card, entry);
    }

    /// @inheritdoc IDefaultClaims
    function claimFor(CardId[] calldata cards_) external restricted {
        uint256 length = cards_.length;
        require(length != 0 && length <= _MAX_CARDS, DefaultClaimsBatch(length, _MAX_CARDS));
        for (uint256 i = 0; i < length; ++i) {
            _claim(cards_[i], cards.cardOf(cards_[i]));
        }
    }

    /// @inheritdoc IDefaultClaims
    function roundsOf(MerchantId merchant) external view returns (uint256) {
        return _rounds[merchant].length;
    }

    /// @inheritdoc IDefaultClaims
    function roundOf(MerchantId merchant, uint256 round) external view returns (Round memory entry) {
        Round[] storage rounds = _rounds[merchant];
        if (round != 0 && round <= rounds.length) entry = rounds[round - 1];
    }

    /// @inheritdoc IDefaultClaims
    function claimedRoundsOf(CardId card) external view returns (uint256) {
        return _claimed[card];
    }

    /// @inheritdoc IDefaultClaims
    function shareOf(CardId card) external view returns (uint256 sum) {
        Card memory entry = cards.cardOf(card);
        Round[] storage rounds = _rounds[entry.merchant];
        uint256 weight = entry.principal;
        for (uint256 i = _claimed[card]; i < rounds.length; ++i) {
            uint256 share = _shareOf(rounds[i], weight);
            weight -= share;
            sum += share;
        }
    }

    function _claim(CardId card, Card memory entry) private returns (uint256 sum) {
        MerchantId merchant = entry.merchant;
        Round[] storage rounds = _rounds[merchant];
        uint256 length = rounds.length;
        uint256 next = _claimed[card];
        require(
            entry.status == CardStatus.ACTIVE || entry.status == CardStatus.ENDING,
            DefaultClaimsWrongStatus(card, entry.status)
        );
        require(next < length, DefaultClaimsNoRound(card, length));

        uint256 weight = entry.principal;
        for (; next < length; ++next) {
            Round storage round = rounds[next];
            uint256 share = _shareOf(round, weight);
            round.claimed += weight.toUint128();
            round.paid += share.toUint128();
            emit ShareClaimed(merchant, next + 1, card, weight, share);
            weight -= share;
            sum += share;
        }
        _claimed[card] = length;
        _promised[merchant] -= sum;
        if (entry.status == CardStatus.ACTIVE) cards.beginEnding(card, EndCause.DEFAULT);
        if (sum != 0) {
            // What was promised is in the vault. Custody pays first: the card announces the merchant's code when it books the payment.
            custody.payHolder(merchant, entry.holder, sum);
            cards.repay(card, sum.toUint128());
        }
        if (weight == 0) cards.finishEnding(card);
    }

    /// @dev Instalments of the pot: they add up to it exactly, and none exceeds its weight, because the pot does not exceed the base.
    function _shareOf(Round storage round, uint256 weight) private view returns (uint256) {
        return Money.instalment(round.pot, round.claimed, round.claimed + weight, round.base);
    }
}
