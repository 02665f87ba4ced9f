// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

import {Governed} from "./Governed.sol";
import {IClock} from "./interfaces/IClock.sol";
import {IPolicyRegistry, ParameterId, POLICY_INHERITED, RegionId} from "./interfaces/IPolicyRegistry.sol";
import {Regions} from "./libraries/Regions.sol";
import {Timeline, Timelines} from "./libraries/Timeline.sol";

/// @title PolicyRegistry
/// @notice Every number of a regulation, by region and date; see {IPolicyRegistry}.
contract PolicyRegistry is IPolicyRegistry, Governed {
    using SafeCast for uint256;
    using Timelines for Timeline;

    // 64 parameters keep a publication under 5 M gas.
    uint256 private constant _MAX_PARAMETERS = 64;
    // An entry holds the version (32 bits) above the value plus one (176 bits); 0 in the lower part hands the parameter
    // back to the parent region.
    uint256 private constant _VALUE_BITS = 176;
    uint256 private constant _MAX_VALUE = type(uint176).max - 1;

    /// @notice The deployment's clock.
    IClock public immutable clock;

    mapping(RegionId region => Publication[]) private _publications;
    mapping(RegionId region => Timeline) private _versions;
    mapping(RegionId region => mapping(ParameterId parameter => Timeline)) private _values;

    /// @param authority_ the deployment's {Authority}
    /// @param clock_ the deployment's {Clock}
    constructor(address authority_, IClock clock_) Governed(authority_) {
        _requireContract(address(clock_));
        clock = clock_;
    }

    /// @inheritdoc IPolicyRegistry
    function publish(
        RegionId region,
        ParameterId[] calldata parameters,
        uint256[] calldata values,
        uint64 fromDate,
        string calldata source
    ) external restricted returns (uint32 version) {
        _checkPublication(region, parameters.length, values.length, fromDate, source);
        version = _open(region, parameters.length, fromDate, source);
        for (uint256 i = 0; i < parameters.length; ++i) {
            _set(region, version, uint48(fromDate), parameters[i], values[i], i); // `_open` checked the width
        }
        emit PolicyPublished(region, version, fromDate, parameters, values, source);
    }

    /// @inheritdoc IPolicyRegistry
    function withdraw(
        RegionId region,
        uint32 version,
        ParameterId[] calldata parameters,
        string calldata reason
    ) external restricted {
        (bool exists, uint48 key, uint208 latest) = _versions[region].last();
        require(exists && latest == version && key > clock.timestamp(), PolicyRegistryNotPending(region, version));
        Publication storage entry = _publications[region][version - 1];
        require(
            parameters.length == entry.count,
            PolicyRegistryInvalidLength(parameters.length, entry.count, _MAX_PARAMETERS)
        );
        require(bytes(reason).length != 0, PolicyRegistrySourceMissing(region));

        entry.withdrawn = true;
        _versions[region].takeBack();
        for (uint256 i = 0; i < parameters.length; ++i) {
            Timeline storage history = _values[region][parameters[i]];
            (bool found, uint48 lastKey, ) = history.last();
            require(found && lastKey == key, PolicyRegistryParameterNotInVersion(region, version, parameters[i]));
            history.takeBack();
        }
        emit PolicyWithdrawn(region, version, parameters, reason);
    }

    /// @inheritdoc IPolicyRegistry
    function valueOf(RegionId region, uint64 asOf, ParameterId parameter) external view returns (uint256) {
        return _valueOf(region, asOf, parameter);
    }

    /// @inheritdoc IPolicyRegistry
    function valuesOf(
        RegionId region,
        uint64 asOf,
        ParameterId[] calldata parameters
    ) external view returns (uint256[] memory values) {
        values = new uint256[](parameters.length);
        for (uint256 i = 0; i < parameters.length; ++i) {
            values[i] = _valueOf(region, asOf, parameters[i]);
        }
    }

    /// @inheritdoc IPolicyRegistry
    function tryValueOf(
        RegionId region,
        uint64 asOf,
        ParameterId parameter
    ) external view returns (bool found, uint256 value) {
        (, , found, value) = _find(region, asOf, parameter);
    }

    /// @inheritdoc IPolicyRegistry
    function originOf(
        RegionId region,
        uint64 asOf,
        ParameterId parameter
    ) external view returns (RegionId origin, uint32 version) {
        bool found;
        (origin, version, found, ) = _find(region, asOf, parameter);
        require(found, PolicyRegistryParameterNotSet(region, asOf, parameter));
    }

    /// @inheritdoc IPolicyRegistry
    function versionAt(RegionId region, uint64 asOf) external view returns (uint32) {
        return _versionAt(region, asOf);
    }

    /// @inheritdoc IPolicyRegistry
    function currentVersion(RegionId region) external view returns (uint32) {
        return _versionAt(region, clock.timestamp());
    }

    /// @inheritdoc IPolicyRegistry
    function versionCount(RegionId region) external view returns (uint32) {
        return uint32(_publications[region].length); // counted by `publish` in 32 bits
    }

    /// @inheritdoc IPolicyRegistry
    function publication(RegionId region, uint32 version) external view returns (Publication memory) {
        require(version != 0 && version <= _publications[region].length, PolicyRegistryUnknownVersion(region, version));
        return _publications[region][version - 1];
    }

    /// @inheritdoc IPolicyRegistry
    function parentOf(RegionId region) external pure returns (RegionId) {
        return Regions.parentOf(region);
    }

    /// @dev What could be read before stays as it was: a version begins after the present time. Before a root region's first
    /// version no number of its line could be read, so that one may begin earlier.
    function _checkPublication(
        RegionId region,
        uint256 count,
        uint256 valueCount,
        uint64 fromDate,
        string calldata source
    ) private view {
        require(Regions.isValid(region), PolicyRegistryInvalidRegion(region));
        require(
            count != 0 && count <= _MAX_PARAMETERS && count == valueCount,
            PolicyRegistryInvalidLength(count, valueCount, _MAX_PARAMETERS)
        );
        require(bytes(source).length != 0, PolicyRegistrySourceMissing(region));
        (bool exists, uint48 latest, ) = _versions[region].last();
        require(!exists || fromDate > latest, PolicyRegistryOutOfOrder(region, fromDate, latest));
        bool firstOfRoot = !exists && Regions.isRoot(region);
        uint64 time = clock.timestamp();
        require(firstOfRoot || fromDate > time, PolicyRegistryRetroactive(region, fromDate, time));
    }

    function _open(
        RegionId region,
        uint256 count,
        uint64 fromDate,
        string calldata source
    ) private returns (uint32 version) {
        version = (_publications[region].length + 1).toUint32();
        _publications[region].push(
            Publication({
                fromDate: fromDate,
                publishedAt: clock.timestamp(),
                count: uint32(count), // at most 64
                withdrawn: false,
                source: source
            })
        );
        _versions[region].append(uint256(fromDate).toUint48(), version);
    }

    function _set(
        RegionId region,
        uint32 version,
        uint48 key,
        ParameterId parameter,
        uint256 value,
        uint256 index
    ) private {
        require(ParameterId.unwrap(parameter) != 0, PolicyRegistryParameterMissing(index));
        require(
            value <= _MAX_VALUE || value == POLICY_INHERITED,
            PolicyRegistryValueTooLarge(parameter, value, _MAX_VALUE)
        );
        Timeline storage history = _values[region][parameter];
        (bool exists, uint48 lastKey, ) = history.last();
        // From-dates of a region's versions differ, so an equal key is this publication's own.
        require(!exists || lastKey != key, PolicyRegistryDuplicateParameter(parameter));
        uint256 lower = value == POLICY_INHERITED ? 0 : value + 1;
        history.append(key, uint208((uint256(version) << _VALUE_BITS) | lower)); // 32 + 176 bits
    }

    function _valueOf(RegionId region, uint64 asOf, ParameterId parameter) private view returns (uint256) {
        (, , bool found, uint256 value) = _find(region, asOf, parameter);
        require(found, PolicyRegistryParameterNotSet(region, asOf, parameter));
        return value;
    }

    /// @dev Climbs from the region to its root; a code of 32 bytes has at most 16 levels.
    function _find(
        RegionId region,
        uint64 asOf,
        ParameterId parameter
    ) private view returns (RegionId origin, uint32 version, bool found, uint256 value) {
        uint48 key = _key(asOf);
        for (origin = region; RegionId.unwrap(origin) != 0; origin = Regions.parentOf(origin)) {
            uint256 entry = _values[origin][parameter].valueAt(key);
            uint256 lower = uint176(entry);
            if (lower != 0) return (origin, uint32(entry >> _VALUE_BITS), true, lower - 1);
        }
    }

    function _versionAt(RegionId region, uint64 asOf) private view returns (uint32) {
        return uint32(_versions[region].valueAt(_key(asOf)));
    }

    /// @dev A moment after the last possible from-date sees everything.
    function _key(uint64 asOf) private pure returns (uint48) {
        return asOf < type(uint48).max ? uint48(asOf) : type(uint48).max;
    }
}
