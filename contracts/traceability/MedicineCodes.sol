// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Governed} from "../common/Governed.sol";
import {CaptureGuard} from "./CaptureGuard.sol";
import {IMedicineCodes} from "./interfaces/IMedicineCodes.sol";
import {IProductCatalogue} from "./interfaces/IProductCatalogue.sol";
import {TraceKeys} from "./libraries/TraceKeys.sol";
import {Action, EpcisEvent, EventId, EventKind, Gtin, KeyKind, ObjectId, PartyId} from "./libraries/TraceTypes.sol";

/// @title MedicineCodes
/// @notice Whose codes they are, and that none is used twice; see {IMedicineCodes}.
contract MedicineCodes is IMedicineCodes, CaptureGuard {
    /// @notice The product catalogue.
    IProductCatalogue public immutable catalogue;

    /// @inheritdoc IMedicineCodes
    mapping(ObjectId code => bool) public isUsed;

    /// @param authority_ the deployment's {Authority}
    /// @param catalogue_ the product catalogue
    constructor(address authority_, IProductCatalogue catalogue_) Governed(authority_) {
        _requireContract(address(catalogue_));
        catalogue = catalogue_;
    }

    /// @inheritdoc CaptureGuard
    function _before(PartyId by, EventId, EpcisEvent calldata captured) internal override {
        if (captured.kind == EventKind.OBJECT && captured.action == Action.ADD) {
            _use(by, captured.objects, captured);
        } else if (captured.kind == EventKind.TRANSFORMATION) {
            _use(by, captured.outputs, captured);
        }
    }

    function _use(PartyId by, ObjectId[] calldata codes, EpcisEvent calldata captured) private {
        for (uint256 i = 0; i < codes.length; ++i) {
            ObjectId code = codes[i];
            if (TraceKeys.kindOf(code) != KeyKind.MEDICINE) continue;
            bytes7 drug = TraceKeys.drugOf(code);
            Gtin gtin = catalogue.gtinOfDrug(drug);
            require(Gtin.unwrap(gtin) != 0, MedicineCodesUnknownDrug(code, drug));
            require(catalogue.isProducer(gtin, by), MedicineCodesNotProducer(code, gtin, by));
            require(!isUsed[code], MedicineCodesUsed(code));
            require(
                ObjectId.unwrap(captured.ilmd.lot) != 0 && captured.ilmd.expiresAt != 0,
                MedicineCodesLotMissing(code)
            );
            isUsed[code] = true;
        }
    }
}
