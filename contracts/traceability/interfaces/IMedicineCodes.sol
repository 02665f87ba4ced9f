// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Gtin, ObjectId, PartyId} from "../libraries/TraceTypes.sol";

/// @title Medicine codes
/// @notice A medicine code (药品追溯码) has 20 characters, of which the first seven are the drug's identifier; it stands for one pack and is never used
/// again (C-31).
/// @dev Length and characters are checked where codes are packed ({TraceKeys}); that a code is commissioned once only, by the derived state. A code
/// whose commissioning was declared erroneous is not commissioned again either.
interface IMedicineCodes {
    /// @notice The first seven characters name no drug that is filed.
    /// @param code the code
    /// @param drug its first seven characters
    /// @custom:cure The licence holder files the product with its drug identifier.
    error MedicineCodesUnknownDrug(ObjectId code, bytes7 drug);

    /// @notice The party may not put the drug into circulation.
    /// @param code the code
    /// @param gtin the product
    /// @param by the party
    /// @custom:cure The licence holder licences it.
    error MedicineCodesNotProducer(ObjectId code, Gtin gtin, PartyId by);

    /// @notice The code was used before (C-31).
    /// @param code the code
    /// @custom:cure Use a fresh code.
    error MedicineCodesUsed(ObjectId code);

    /// @notice Packs of a medicine are commissioned without a lot, or without an expiry.
    /// @param code the code
    /// @custom:cure State the lot and the expiry in the event's master data.
    error MedicineCodesLotMissing(ObjectId code);

    /// @notice Whether a code was ever used.
    /// @param code the code
    /// @return whether it was
    function isUsed(ObjectId code) external view returns (bool);
}
