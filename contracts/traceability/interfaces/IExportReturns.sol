// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Digest} from "../../common/libraries/Digests.sol";
import {ObjectId, PartyId} from "../libraries/TraceTypes.sol";

/// @dev An export declaration, counted from 1; 0 means "none".
type ExportId is uint256;

/// @title Export declarations and the returns that refer to them
/// @notice What an online seller declares for export, what carriers record on the way, what customs releases; and the parcel that comes back: it is
/// admitted free of duty only once, only against the declaration of its export, and only if it is the article that went out.
/// @dev The article's data (description, serial number, weight, photographs) stand outside the chain; their digest is what is compared. A parcel whose
/// data differ is not admitted and stays on record as swapped; the article itself can still come back.
/// @custom:source 海关总署公告2020年第44号: return of exports of cross-border electronic commerce, within a year, as they went out. The term is a
/// parameter of the policy.
interface IExportReturns {
    /// @notice Where an export stands.
    enum ExportStatus {
        NONE,
        DECLARED,
        RELEASED, // by customs: it left
        READMITTED // it came back
    }

    /// @notice An export.
    /// @param seller who declared it
    /// @param item the article
    /// @param status where it stands
    /// @param declaredAt when it was declared, in seconds
    /// @param releasedAt when customs released it, in seconds; 0 = not yet
    /// @param readmittedAt when it came back, in seconds; 0 = it did not
    /// @param swaps how many other parcels came back in its name
    /// @param repairs how many repairs were recorded after its return
    /// @param itemData digest of the article's data
    /// @param order digest of the order; salted, as it names the buyer
    /// @param customsEntry digest of customs' entry
    struct Export {
        PartyId seller;
        ObjectId item;
        ExportStatus status;
        uint64 declaredAt;
        uint64 releasedAt;
        uint64 readmittedAt;
        uint32 swaps;
        uint32 repairs;
        Digest itemData;
        Digest order;
        Digest customsEntry;
    }

    /// @notice An export was declared.
    /// @param id its number
    /// @param seller who declared it
    /// @param item the article
    /// @param itemData digest of the article's data
    /// @param order digest of the order
    event ExportDeclared(
        ExportId indexed id,
        PartyId indexed seller,
        ObjectId indexed item,
        Digest itemData,
        Digest order
    );

    /// @notice A carrier recorded a leg.
    /// @param id the export
    /// @param carrier who carries it
    /// @param document digest of the waybill
    event LegRecorded(ExportId indexed id, PartyId indexed carrier, Digest document);

    /// @notice Customs released an export.
    /// @param id the export
    /// @param customsEntry digest of customs' entry
    event ExportReleased(ExportId indexed id, Digest customsEntry);

    /// @notice A returns centre may, or may no longer, admit returns.
    /// @param party the centre
    /// @param admitted whether it may from now on
    event CentreAdmitted(PartyId indexed party, bool admitted);

    /// @notice An article came back and was admitted.
    /// @param id the export
    /// @param centre who admitted it
    event Readmitted(ExportId indexed id, PartyId indexed centre);

    /// @notice A parcel came back that is not the article that went out: it was not admitted.
    /// @param id the export that it was said to be
    /// @param centre who opened it
    /// @param declared digest of the data of the article that went out
    /// @param found digest of the data of what came back
    event SwapFlagged(ExportId indexed id, PartyId indexed centre, Digest declared, Digest found);

    /// @notice A returned article was repaired.
    /// @param id the export
    /// @param centre who repaired it
    /// @param report digest of the report
    event RepairRecorded(ExportId indexed id, PartyId indexed centre, Digest report);

    /// @notice The article is missing.
    /// @custom:cure Give its code.
    error ExportReturnsItemMissing();

    /// @notice The article is out under another declaration.
    /// @param item the article
    /// @param id the declaration
    /// @custom:cure Declare it again after it came back.
    error ExportReturnsOut(ObjectId item, ExportId id);

    /// @notice The export is not in the status that this needs.
    /// @param id the number given
    /// @param status its status; NONE = there is no such declaration
    /// @custom:cure Customs releases what was declared; what was released comes back once.
    error ExportReturnsWrongStatus(ExportId id, ExportStatus status);

    /// @notice The party is no returns centre.
    /// @param party the party
    /// @custom:cure The platform admits it with `admitCentre`.
    error ExportReturnsNotCentre(PartyId party);

    /// @notice The term for returns is over.
    /// @param id the export
    /// @param until the last moment, in seconds
    /// @param timestamp the present time, in seconds
    /// @custom:cure Import the article in the ordinary way.
    error ExportReturnsTooLate(ExportId id, uint64 until, uint64 timestamp);

    /// @notice Declares an export.
    /// @param by the seller
    /// @param item the article; it is not out under another declaration
    /// @param itemData digest of the article's data
    /// @param order salted digest of the order
    /// @return id its number
    /// @custom:caller an agent of `by`
    /// @custom:error PartyUserNotAgent when the caller does not act for the party.
    /// @custom:error ExportReturnsItemMissing when the article is missing.
    /// @custom:error ExportReturnsOut when it is out under another declaration.
    /// @custom:error DigestsMissing when data or order are missing.
    function declare(
        PartyId by,
        ObjectId item,
        Digest calldata itemData,
        Digest calldata order
    ) external returns (ExportId id);

    /// @notice Records a leg of the way.
    /// @param by the carrier
    /// @param id the export
    /// @param document digest of the waybill
    /// @custom:caller an agent of `by`
    /// @custom:error PartyUserNotAgent when the caller does not act for the party.
    /// @custom:error ExportReturnsWrongStatus when there is no such declaration.
    /// @custom:error DigestsMissing when the waybill is missing.
    function recordLeg(PartyId by, ExportId id, Digest calldata document) external;

    /// @notice Releases an export.
    /// @param id the export
    /// @param customsEntry digest of customs' entry
    /// @custom:caller REGULATOR: customs
    /// @custom:error ExportReturnsWrongStatus when it was not declared, or was released.
    /// @custom:error DigestsMissing when the entry is missing.
    function release(ExportId id, Digest calldata customsEntry) external;

    /// @notice Lets a party admit returns, or no longer.
    /// @param party the centre
    /// @param admitted whether it may from now on
    /// @custom:caller PLATFORM
    function admitCentre(PartyId party, bool admitted) external;

    /// @notice Takes a parcel that comes back: admits it, or flags it as swapped.
    /// @param by the returns centre
    /// @param id the export that it refers to
    /// @param itemData digest of the data of what came back
    /// @return admitted whether it is the article that went out
    /// @custom:caller an agent of `by`
    /// @custom:error PartyUserNotAgent when the caller does not act for the party.
    /// @custom:error ExportReturnsNotCentre when the party is no returns centre.
    /// @custom:error ExportReturnsWrongStatus when there is no such export, it never left, or it came back.
    /// @custom:error ExportReturnsTooLate when the policy's term is over.
    /// @custom:error DigestsMissing when the data are missing.
    function takeBack(PartyId by, ExportId id, Digest calldata itemData) external returns (bool admitted);

    /// @notice Records the repair of a returned article.
    /// @param by the centre
    /// @param id the export
    /// @param report digest of the report
    /// @custom:caller an agent of `by`
    /// @custom:error PartyUserNotAgent when the caller does not act for the party.
    /// @custom:error ExportReturnsNotCentre when the party is no returns centre.
    /// @custom:error ExportReturnsWrongStatus when it did not come back.
    /// @custom:error DigestsMissing when the report is missing.
    function recordRepair(PartyId by, ExportId id, Digest calldata report) external;

    /// @notice An export.
    /// @param id its number
    /// @return the export; its status is NONE where there is none
    function exportOf(ExportId id) external view returns (Export memory);

    /// @notice The declaration that an article is, or was last, out under.
    /// @param item the article
    /// @return its number; 0 = none
    function exportOfItem(ObjectId item) external view returns (ExportId);

    /// @notice How many exports were declared: their numbers are 1 to this.
    /// @return the number
    function count() external view returns (uint256);
}
