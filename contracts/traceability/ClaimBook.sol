// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

import {Governed} from "../common/Governed.sol";
import {Digest, DigestAlgorithm, Digests} from "../common/libraries/Digests.sol";
import {IProductCatalogue} from "./interfaces/IProductCatalogue.sol";
import {IQuotaBook} from "./interfaces/IQuotaBook.sol";
import {ITraceState} from "./interfaces/ITraceState.sol";
import {ITradeParties} from "./interfaces/ITradeParties.sol";
import {ClaimMovement} from "./libraries/QuotaTypes.sol";
import {TraceKeys} from "./libraries/TraceKeys.sol";
import {BizTransactionType, EpcisEvent, EventId, Gtin, ObjectId, PartyId, Quantity} from "./libraries/TraceTypes.sol";
import {PartyRole} from "./libraries/TradeTypes.sol";

/// @title ClaimBook
/// @notice Base of {QuotaBook}: the mass balance of claims; see {IQuotaBook}.
abstract contract ClaimBook is IQuotaBook, Governed {
    using SafeCast for uint256;

    uint256 internal constant MILLION = 1_000_000;

    /// @notice The register of parties.
    ITradeParties public immutable parties;
    /// @notice The product catalogue.
    IProductCatalogue public immutable catalogue;
    /// @notice The derived state.
    ITraceState public immutable state;

    /// @inheritdoc IQuotaBook
    mapping(bytes32 claim => PartyId) public certifierOf;
    /// @inheritdoc IQuotaBook
    mapping(bytes32 claim => mapping(Gtin gtin => uint64)) public weightOf;
    /// @inheritdoc IQuotaBook
    mapping(ObjectId lot => bytes32) public claimOf;
    /// @inheritdoc IQuotaBook
    mapping(bytes32 claim => mapping(PartyId party => uint256)) public creditOf;

    mapping(EventId id => ClaimMovement[]) private _movements;

    /// @param parties_ the register of parties
    /// @param catalogue_ the product catalogue
    /// @param state_ the derived state
    constructor(ITradeParties parties_, IProductCatalogue catalogue_, ITraceState state_) {
        _requireContract(address(parties_));
        _requireContract(address(catalogue_));
        _requireContract(address(state_));
        parties = parties_;
        catalogue = catalogue_;
        state = state_;
    }

    // -- claims --------------------------------------------------------------------------------------

    /// @inheritdoc IQuotaBook
    function defineClaim(bytes32 claim, PartyId certifier, Digest calldata scheme) external {
        parties.requireActsFor(msg.sender, certifier);
        parties.requireRole(certifier, PartyRole.CERTIFIER);
        require(PartyId.unwrap(certifierOf[claim]) == 0, QuotaBookClaimDefined(claim));
        Digests.requirePresent(scheme);
        certifierOf[claim] = certifier;
        emit ClaimDefined(claim, certifier, scheme);
    }

    /// @inheritdoc IQuotaBook
    function setWeight(bytes32 claim, Gtin gtin, uint64 ppm) external {
        _requireCertifier(claim);
        catalogue.unitOf(gtin);
        weightOf[claim][gtin] = ppm;
        emit ClaimWeightSet(claim, gtin, ppm);
    }

    /// @inheritdoc IQuotaBook
    function certifyLot(bytes32 claim, ObjectId lot, bool carries, Digest calldata certificate) external {
        _requireCertifier(claim);
        _needWeight(claim, lot);
        Digests.requirePresent(certificate);
        bytes32 other = claimOf[lot];
        require(other == claim || (other == 0 && carries), QuotaBookMixedLot(lot));
        claimOf[lot] = carries ? claim : bytes32(0);
        emit ClaimCarried(claim, lot, carries, certificate);
    }

    // -- booking -------------------------------------------------------------------------------------

    /// @dev Certified inputs bring credit, rounded down: no claim comes from rounding.
    function _bring(PartyId by, EventId id, EpcisEvent calldata captured) internal {
        for (uint256 i = 0; i < captured.quantities.length; ++i) {
            Quantity calldata quantity = captured.quantities[i];
            bytes32 claim = claimOf[quantity.object];
            if (claim == 0) continue;
            uint256 weight = weightOf[claim][TraceKeys.gtinOf(quantity.object)];
            uint256 brought = (uint256(quantity.amount) * weight) / MILLION;
            _movements[id].push(ClaimMovement({claim: claim, brought: true, amount: brought.toUint128()}));
            _setCredit(claim, by, creditOf[claim][by] + brought);
        }
    }

    /// @dev Outputs with a claim take credit, rounded up.
    function _take(PartyId by, EventId id, EpcisEvent calldata captured) internal {
        bytes32 claim = _claimNamed(captured);
        for (uint256 i = 0; i < captured.outputQuantities.length; ++i) {
            Quantity calldata quantity = captured.outputQuantities[i];
            ObjectId lot = quantity.object;
            bool isNew = state.lotOf(lot).created == quantity.amount;
            require(claimOf[lot] == claim || (isNew && claimOf[lot] == 0), QuotaBookMixedLot(lot));
            if (claim == 0) continue;
            uint256 taken = Math.mulDiv(quantity.amount, _needWeight(claim, lot), MILLION, Math.Rounding.Ceil);
            uint256 credit = creditOf[claim][by];
            require(taken <= credit, QuotaBookCreditMissing(claim, by, credit, taken));
            _movements[id].push(ClaimMovement({claim: claim, brought: false, amount: taken.toUint128()}));
            _setCredit(claim, by, credit - taken);
            claimOf[lot] = claim;
            emit ClaimCarried(claim, lot, true, Digest(0, DigestAlgorithm.NONE));
        }
        require(claim == 0 || captured.outputs.length == 0, QuotaBookItemClaim(_first(captured.outputs)));
    }

    /// @dev First what the event took comes back, then what it brought is taken.
    function _bookBack(PartyId by, EventId id, EpcisEvent calldata captured) internal {
        ClaimMovement[] storage movements = _movements[id];
        for (uint256 i = movements.length; i != 0; --i) {
            ClaimMovement memory movement = movements[i - 1];
            uint256 credit = creditOf[movement.claim][by];
            if (movement.brought) {
                require(movement.amount <= credit, QuotaBookCreditMissing(movement.claim, by, credit, movement.amount));
                _setCredit(movement.claim, by, credit - movement.amount);
            } else {
                _setCredit(movement.claim, by, credit + movement.amount);
            }
        }
        delete _movements[id];
        bytes32 claim = _claimNamed(captured);
        for (uint256 i = 0; i < captured.outputQuantities.length && claim != 0; ++i) {
            ObjectId lot = captured.outputQuantities[i].object;
            if (state.lotOf(lot).created != 0) continue;
            claimOf[lot] = 0;
            emit ClaimCarried(claim, lot, false, Digest(0, DigestAlgorithm.NONE));
        }
    }

    function _setCredit(bytes32 claim, PartyId party, uint256 credit) private {
        creditOf[claim][party] = credit;
        emit ClaimCredit(claim, party, credit);
    }

    /// @dev The claim that a business transaction of the event names; the first where there are several.
    function _claimNamed(EpcisEvent calldata captured) private view returns (bytes32) {
        for (uint256 i = 0; i < captured.transactions.length; ++i) {
            bytes32 id = captured.transactions[i].id.value;
            bool isCertificate = captured.transactions[i].kind == BizTransactionType.CERT;
            if (isCertificate && PartyId.unwrap(certifierOf[id]) != 0) return id;
        }
        return 0;
    }

    function _requireKeeper(PartyId keeper) internal view {
        require(parties.actsFor(msg.sender, keeper), QuotaBookNotKeeper(keeper, msg.sender));
    }

    function _requireCertifier(bytes32 claim) private view {
        PartyId certifier = certifierOf[claim];
        require(PartyId.unwrap(certifier) != 0, QuotaBookUnknownClaim(claim));
        _requireKeeper(certifier);
    }

    function _needWeight(bytes32 claim, ObjectId lot) private view returns (uint256 weight) {
        Gtin gtin = TraceKeys.gtinOf(lot);
        weight = weightOf[claim][gtin];
        require(weight != 0, QuotaBookNoWeight(claim, gtin));
    }

    function _first(ObjectId[] calldata objects) private pure returns (ObjectId object) {
        if (objects.length != 0) object = objects[0];
    }
}
