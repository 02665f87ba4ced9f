// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IClock} from "../common/interfaces/IClock.sol";
import {IPolicyRegistry} from "../common/interfaces/IPolicyRegistry.sol";
import {Digest, Digests} from "../common/libraries/Digests.sol";
import {PartyUser} from "../devices/PartyUser.sol";
import {ExportId, IExportReturns} from "./interfaces/IExportReturns.sol";
import {ITradeParties} from "./interfaces/ITradeParties.sol";
import {TraceParameters} from "./libraries/TraceParameters.sol";
import {ObjectId, PartyId} from "./libraries/TraceTypes.sol";

/// @title ExportReturns
/// @notice Exports of online trade and their return; see {IExportReturns}.
contract ExportReturns is IExportReturns, PartyUser {
    /// @notice The policy registry.
    IPolicyRegistry public immutable policies;

    /// @inheritdoc IExportReturns
    uint256 public count;
    /// @inheritdoc IExportReturns
    mapping(ObjectId item => ExportId) public exportOfItem;

    mapping(ExportId id => Export) private _exports;
    mapping(PartyId party => bool) private _centres;

    /// @param authority_ the deployment's {Authority}
    /// @param clock_ the deployment's {Clock}
    /// @param parties_ the register of parties
    /// @param policies_ the policy registry
    constructor(
        address authority_,
        IClock clock_,
        ITradeParties parties_,
        IPolicyRegistry policies_
    ) PartyUser(authority_, clock_, parties_) {
        _requireContract(address(policies_));
        policies = policies_;
    }

    /// @inheritdoc IExportReturns
    function declare(
        PartyId by,
        ObjectId item,
        Digest calldata itemData,
        Digest calldata order
    ) external returns (ExportId id) {
        _requireAgent(by);
        require(ObjectId.unwrap(item) != 0, ExportReturnsItemMissing());
        ExportStatus last = _exports[exportOfItem[item]].status;
        require(
            last == ExportStatus.NONE || last == ExportStatus.READMITTED,
            ExportReturnsOut(item, exportOfItem[item])
        );
        Digests.requirePresent(itemData);
        Digests.requirePresent(order);

        id = ExportId.wrap(++count);
        exportOfItem[item] = id;
        Export storage declared = _exports[id];
        declared.seller = by;
        declared.item = item;
        declared.status = ExportStatus.DECLARED;
        declared.declaredAt = clock.timestamp();
        declared.itemData = itemData;
        declared.order = order;
        emit ExportDeclared(id, by, item, itemData, order);
    }

    /// @inheritdoc IExportReturns
    function recordLeg(PartyId by, ExportId id, Digest calldata document) external {
        _requireAgent(by);
        require(_exports[id].declaredAt != 0, ExportReturnsWrongStatus(id, ExportStatus.NONE));
        Digests.requirePresent(document);
        emit LegRecorded(id, by, document);
    }

    /// @inheritdoc IExportReturns
    function release(ExportId id, Digest calldata customsEntry) external restricted {
        Export storage found = _inStatus(id, ExportStatus.DECLARED);
        Digests.requirePresent(customsEntry);

        found.status = ExportStatus.RELEASED;
        found.releasedAt = clock.timestamp();
        found.customsEntry = customsEntry;
        emit ExportReleased(id, customsEntry);
    }

    /// @inheritdoc IExportReturns
    function admitCentre(PartyId party, bool admitted) external restricted {
        _centres[party] = admitted;
        emit CentreAdmitted(party, admitted);
    }

    /// @inheritdoc IExportReturns
    function takeBack(PartyId by, ExportId id, Digest calldata itemData) external returns (bool admitted) {
        _requireCentre(by);
        Export storage found = _inStatus(id, ExportStatus.RELEASED);
        _requireInTerm(id, found);
        Digests.requirePresent(itemData);

        admitted = Digests.equal(found.itemData, itemData);
        if (admitted) {
            found.status = ExportStatus.READMITTED;
            found.readmittedAt = clock.timestamp();
            emit Readmitted(id, by);
        } else {
            ++found.swaps;
            emit SwapFlagged(id, by, found.itemData, itemData);
        }
    }

    /// @inheritdoc IExportReturns
    function recordRepair(PartyId by, ExportId id, Digest calldata report) external {
        _requireCentre(by);
        Export storage found = _inStatus(id, ExportStatus.READMITTED);
        Digests.requirePresent(report);
        ++found.repairs;
        emit RepairRecorded(id, by, report);
    }

    /// @inheritdoc IExportReturns
    function exportOf(ExportId id) external view returns (Export memory) {
        return _exports[id];
    }

    function _requireCentre(PartyId by) private view {
        _requireAgent(by);
        require(_centres[by], ExportReturnsNotCentre(by));
    }

    /// @dev The term is that of the moment at which the export was released.
    function _requireInTerm(ExportId id, Export storage found) private view {
        (bool set, uint256 term) = policies.tryValueOf(
            parties.regionOf(found.seller),
            found.releasedAt,
            TraceParameters.EXPORT_RETURN_TERM
        );
        uint64 time = clock.timestamp();
        uint64 until = found.releasedAt + uint64(term);
        require(!set || time <= until, ExportReturnsTooLate(id, until, time));
    }

    function _inStatus(ExportId id, ExportStatus needed) private view returns (Export storage found) {
        found = _exports[id];
        require(found.status == needed, ExportReturnsWrongStatus(id, found.status));
    }
}
