// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @notice A region: its ISO 3166 code in ASCII, left-aligned, each level after a hyphen (`"CN"`, `"CN-SH"`, `"CN-SH-310101"`
/// with the district's GB/T 2260 code). Cutting the last level off gives the parent region.
type RegionId is bytes32;

/// @notice A number that a regulation sets: a name in ASCII, left-aligned, of the domain that reads it
/// (`"PREPAID.WARNING_LINE"`). Names, not hashes: a hash would differ on a chain of the national cryptography suite.
type ParameterId is bytes32;

/// @dev Published as a value: from the version's from-date on, the region takes the parent region's number again.
uint256 constant POLICY_INHERITED = type(uint256).max;

/// @title IPolicyRegistry
/// @notice Every number of a regulation, with the region it holds in, the date from which it holds, and its source.
/// @dev How a record keeps its policy: it stores the moment of its making (`asOf`) and reads every number of its policy with
/// its region and that moment, for ever. The same call gives the same number at any later time, because a version can only be
/// published for a moment still to come, and only a version still to come can be withdrawn. The first version of a root region
/// may be dated back: what it states could not be read before, because there was nothing above the regions under it.
///
/// How a number is found: the newest value in the region whose from-date is not after `asOf`; where the region has none (or
/// `POLICY_INHERITED`), the same in the parent region, up to the root. A version restates only what it changes. A lookup is a
/// binary search in the history of one parameter per level; its cost does not grow with the number of other parameters,
/// and with the number of changes of the one only logarithmically.
///
/// A number read for a moment still to come is a plan, which later publications may change: records never store such a moment.
interface IPolicyRegistry {
    /// @notice A publication.
    /// @param fromDate the moment from which it holds, in seconds
    /// @param publishedAt when it was published, in seconds
    /// @param count how many parameters it states
    /// @param withdrawn whether it was withdrawn before it held
    /// @param source document and article; `[draft]` in front marks a number whose source is not in force or was not seen
    struct Publication {
        uint64 fromDate;
        uint64 publishedAt;
        uint32 count;
        bool withdrawn;
        string source;
    }

    /// @notice A version was published.
    /// @param region the region
    /// @param version its number within the region, from 1
    /// @param fromDate the moment from which it holds, in seconds
    /// @param parameters the parameters it states
    /// @param values their values; `POLICY_INHERITED` hands the parameter back to the parent region
    /// @param source document and article
    event PolicyPublished(
        RegionId indexed region,
        uint32 indexed version,
        uint64 fromDate,
        ParameterId[] parameters,
        uint256[] values,
        string source
    );

    /// @notice A version was withdrawn before it held.
    /// @param region the region
    /// @param version its number
    /// @param parameters the parameters it stated
    /// @param reason why
    event PolicyWithdrawn(RegionId indexed region, uint32 indexed version, ParameterId[] parameters, string reason);

    /// @notice The region's code is not capitals and digits in groups joined by single hyphens, left-aligned.
    /// @param region the code given
    /// @custom:cure Write the ISO 3166 code in capitals, as in `CN-SH`.
    error PolicyRegistryInvalidRegion(RegionId region);

    /// @notice A parameter without a name.
    /// @param index its place in the list
    /// @custom:cure Give every parameter its name.
    error PolicyRegistryParameterMissing(uint256 index);

    /// @notice The publication states no parameter, too many, or not one value for each.
    /// @param parameters the number of parameters given
    /// @param values the number of values given
    /// @param max the largest number of parameters
    /// @custom:cure Give one value for each parameter; spread more than `max` over several versions.
    error PolicyRegistryInvalidLength(uint256 parameters, uint256 values, uint256 max);

    /// @notice A parameter is stated twice in one publication.
    /// @param parameter the parameter
    /// @custom:cure State it once.
    error PolicyRegistryDuplicateParameter(ParameterId parameter);

    /// @notice A value is too large to be kept.
    /// @param parameter the parameter
    /// @param value the value given
    /// @param max the largest value
    /// @custom:cure Give a value of at most `max`, or `POLICY_INHERITED`.
    error PolicyRegistryValueTooLarge(ParameterId parameter, uint256 value, uint256 max);

    /// @notice The publication names no source.
    /// @param region the region
    /// @custom:cure Give the document and the article.
    error PolicyRegistrySourceMissing(RegionId region);

    /// @notice The publication would change numbers that could already be read.
    /// @param region the region
    /// @param fromDate the from-date given, in seconds
    /// @param timestamp the present time, in seconds
    /// @custom:cure Give a from-date after the present time.
    error PolicyRegistryRetroactive(RegionId region, uint64 fromDate, uint64 timestamp);

    /// @notice The from-date is not after the one of the region's latest version.
    /// @param region the region
    /// @param fromDate the from-date given, in seconds
    /// @param latest the latest version's from-date, in seconds
    /// @custom:cure Give a later from-date, or withdraw the version that is still to come first.
    error PolicyRegistryOutOfOrder(RegionId region, uint64 fromDate, uint64 latest);

    /// @notice The version is not the region's latest, or it holds already: it cannot be withdrawn.
    /// @param region the region
    /// @param version the version given
    /// @custom:cure Publish a new version with the right numbers.
    error PolicyRegistryNotPending(RegionId region, uint32 version);

    /// @notice The version to be withdrawn does not state this parameter, or it was listed twice.
    /// @param region the region
    /// @param version the version
    /// @param parameter the parameter given
    /// @custom:cure List exactly the parameters of the version; its `PolicyPublished` event has them.
    error PolicyRegistryParameterNotInVersion(RegionId region, uint32 version, ParameterId parameter);

    /// @notice The region has no version of this number.
    /// @param region the region
    /// @param version the number given
    /// @custom:cure Use 1 to `versionCount(region)`.
    error PolicyRegistryUnknownVersion(RegionId region, uint32 version);

    /// @notice At that moment neither the region nor a region above it had set the parameter.
    /// @param region the region
    /// @param asOf the moment, in seconds
    /// @param parameter the parameter
    /// @custom:cure The regulator publishes the parameter for the region; check the region's code and the parameter's name.
    error PolicyRegistryParameterNotSet(RegionId region, uint64 asOf, ParameterId parameter);

    /// @notice Publishes the next version of a region's policy.
    /// @param region the region
    /// @param parameters the parameters that change, each once, 1 to 64
    /// @param values their values, at most 2^176 - 2 each; `POLICY_INHERITED` (2^256 - 1) hands a parameter back to the
    /// parent region
    /// @param fromDate the moment from which it holds: after the present time and after the latest version's. Only the first
    /// version of a root region may be dated back.
    /// @param source document and article; `[draft]` in front marks a number whose source is not in force or was not seen
    /// @return version its number within the region
    /// @custom:caller REGULATOR
    /// @custom:unit fromDate: s
    /// @custom:error PolicyRegistryInvalidRegion when the region's code is malformed.
    /// @custom:error PolicyRegistryInvalidLength when there are no, too many or unpaired parameters.
    /// @custom:error PolicyRegistrySourceMissing when the source is empty.
    /// @custom:error PolicyRegistryRetroactive when the from-date is not after the present time.
    /// @custom:error PolicyRegistryOutOfOrder when the from-date is not after the latest version's.
    /// @custom:error SafeCastOverflowedUintDowncast when the from-date does not fit 48 bits.
    /// @custom:error PolicyRegistryParameterMissing when a parameter has no name.
    /// @custom:error PolicyRegistryDuplicateParameter when a parameter is stated twice.
    /// @custom:error PolicyRegistryValueTooLarge when a value exceeds 2^176 - 2 and is not `POLICY_INHERITED`.
    function publish(
        RegionId region,
        ParameterId[] calldata parameters,
        uint256[] calldata values,
        uint64 fromDate,
        string calldata source
    ) external returns (uint32 version);

    /// @notice Withdraws the latest version of a region, as long as it does not hold yet. Its number is not used again.
    /// @param region the region
    /// @param version its number
    /// @param parameters exactly the parameters that it states
    /// @param reason why
    /// @custom:caller REGULATOR
    /// @custom:error PolicyRegistryNotPending when the version is not the latest or holds already.
    /// @custom:error PolicyRegistryInvalidLength when not all of its parameters are listed.
    /// @custom:error PolicyRegistryParameterNotInVersion when it does not state a listed parameter.
    /// @custom:error PolicyRegistrySourceMissing when the reason is empty.
    function withdraw(
        RegionId region,
        uint32 version,
        ParameterId[] calldata parameters,
        string calldata reason
    ) external;

    /// @notice A parameter's value for a record of a region and a moment.
    /// @param region the region
    /// @param asOf the moment whose policy holds for the record
    /// @param parameter the parameter
    /// @return the value, in the parameter's unit
    /// @custom:unit asOf: s
    /// @custom:error PolicyRegistryParameterNotSet when neither the region nor one above it had set it.
    function valueOf(RegionId region, uint64 asOf, ParameterId parameter) external view returns (uint256);

    /// @notice The values of several parameters, in their order; see {valueOf}.
    /// @param region the region
    /// @param asOf the moment whose policy holds for the record
    /// @param parameters the parameters
    /// @return values their values, in each parameter's unit
    /// @custom:unit asOf: s
    /// @custom:error PolicyRegistryParameterNotSet when neither the region nor one above it had set one of them.
    function valuesOf(
        RegionId region,
        uint64 asOf,
        ParameterId[] calldata parameters
    ) external view returns (uint256[] memory values);

    /// @notice A parameter's value, if there was one; see {valueOf}.
    /// @param region the region
    /// @param asOf the moment whose policy holds for the record
    /// @param parameter the parameter
    /// @return found whether the region or one above it had set it
    /// @return value the value, in the parameter's unit; 0 when not found
    /// @custom:unit asOf: s
    function tryValueOf(
        RegionId region,
        uint64 asOf,
        ParameterId parameter
    ) external view returns (bool found, uint256 value);

    /// @notice Where a record's number comes from: the region and version that stated it.
    /// @param region the region
    /// @param asOf the moment whose policy holds for the record
    /// @param parameter the parameter
    /// @return origin the region, or one above it
    /// @return version the version of `origin`; its source is `publication(origin, version).source`
    /// @custom:unit asOf: s
    /// @custom:error PolicyRegistryParameterNotSet when neither the region nor one above it had set it.
    function originOf(
        RegionId region,
        uint64 asOf,
        ParameterId parameter
    ) external view returns (RegionId origin, uint32 version);

    /// @notice The region's own version that held at a moment.
    /// @param region the region
    /// @param asOf the moment
    /// @return the number of the version, or 0 when none held
    /// @custom:unit asOf: s
    function versionAt(RegionId region, uint64 asOf) external view returns (uint32);

    /// @notice The region's own version that holds now.
    /// @param region the region
    /// @return the number of the version, or 0 when none holds
    function currentVersion(RegionId region) external view returns (uint32);

    /// @notice How many versions of the region's policy were published, the withdrawn ones included.
    /// @param region the region
    /// @return the number of the latest
    function versionCount(RegionId region) external view returns (uint32);

    /// @notice A version as published.
    /// @param region the region
    /// @param version its number
    /// @return the publication
    /// @custom:error PolicyRegistryUnknownVersion when the region has no such version.
    function publication(RegionId region, uint32 version) external view returns (Publication memory);

    /// @notice The region above a region.
    /// @param region the region
    /// @return the code without its last level, or zero for a root
    function parentOf(RegionId region) external pure returns (RegionId);
}
