// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ParameterId} from "../../common/interfaces/IPolicyRegistry.sol";
import {EventId, ObjectId} from "../libraries/TraceTypes.sol";

/// @title Retention of records
/// @notice Until when the paper behind an event must be kept by the party that captured it. What is on the chain stays; this is about the file.
/// @dev A view: the policy of the moment at which the event was recorded, in the region of its capturer.
interface IRetentionRules {
    /// @notice Until when the record that an event made of an object must be kept, and by which rule.
    /// @param id the event
    /// @param object an item or a lot, of those that it names
    /// @return until the moment, in seconds; 0 = no rule
    /// @return rule the parameter that says so; zero = no rule
    /// @custom:source 食品安全法 50, 51, 53, 65 (C-19, C-20); 农产品质量安全法 27 (C-20); 疫苗管理法 39 (C-37)
    /// @custom:error EpcisRepositoryUnknownEvent when no event has the number.
    function keepUntil(EventId id, ObjectId object) external view returns (uint64 until, ParameterId rule);
}
