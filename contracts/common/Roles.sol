// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @title Roles
/// @notice Role ids and labels of the one authority that a deployment has.
/// @dev The ids are numbers, not hashes: on a chain of the national cryptography suite `keccak256` runs SM3, and a hashed id
/// computed off chain would differ. An id is stored in deployed authorities, so it is never renumbered or used again.
///
/// Ids are spaced by domain, so that a domain can grow without taking its neighbour's numbers:
///
/// - 0: the administrator (fixed by OpenZeppelin's AccessManager);
/// - 1 to 99: offices that every domain knows, declared here;
/// - 100 to 199: prepaid; 200 to 299: carbon; 300 to 399: traceability; 400 to 499: credentials; 500 to 599: environment;
/// - 600 to 699: devices; from 700: further domains, one hundred each;
/// - 2^64 - 1: everybody (fixed by OpenZeppelin's AccessManager).
///
/// Who owns a record (a merchant, a holder, an issuer) is not a role: the domain contract knows it from the record.
library Roles {
    /// @notice Grants roles and wires contracts to roles. Meant for a committee's account, not for a person's.
    uint64 internal constant ADMIN = 0;
    /// @notice The supervising office: publishes policy and calendar, suspends, resumes.
    uint64 internal constant REGULATOR = 1;
    /// @notice A court, arbitration commission or mediation office: records rulings.
    uint64 internal constant ARBITER = 2;
    /// @notice A custodian bank: mints and burns deposit tokens against its books.
    uint64 internal constant CUSTODIAN = 3;
    /// @notice An insurer, guarantor or trustee: registers covers.
    uint64 internal constant INSURER = 4;
    /// @notice The operator of the supervision platform: files and links merchants.
    uint64 internal constant PLATFORM = 5;
    /// @notice The duty officer who can stop an area at once, and can do nothing else.
    uint64 internal constant EMERGENCY = 6;
    /// @notice An auditor: records audit statements; reading needs no role.
    uint64 internal constant AUDITOR = 7;
    /// @notice Contracts that keep cards, money and code in step: they write the book, collect sales money, refresh the code.
    uint64 internal constant PREPAID_LEDGER = 100;
    /// @notice Contracts that change cards on behalf of a rule: redemptions, refunds, default claims.
    uint64 internal constant PREPAID_OPERATOR = 101;
    /// @notice Contracts that pay holders out of custody: refunds, default claims.
    uint64 internal constant PREPAID_PAYER = 102;
    /// @notice The supervision code: orders a merchant to stop issuing when custody stayed short.
    uint64 internal constant PREPAID_CODE = 103;
    /// @notice The EPCIS repository: changes derived state and calls the guards.
    uint64 internal constant TRACE_REPOSITORY = 300;
    /// @notice The derived state: writes lineage.
    uint64 internal constant TRACE_STATE = 301;
    /// @notice The recall desk: marks recalled objects and takes marks off.
    uint64 internal constant TRACE_RECALL = 302;
    /// @notice Quality officers of the cold chain: clear alarms of legs that they neither carried nor caused.
    uint64 internal constant COLD_QUALITY = 320;
    /// @notice The cold chain: opens and closes the logs of legs.
    uint64 internal constant COLD_CHAIN = 321;
    /// @notice Contracts that lock and move batteries on behalf of a rule: pledges, swaps.
    uint64 internal constant BATTERY_LEDGER = 330;
    /// @notice The readings of devices: raises warnings.
    uint64 internal constant DEVICE_READINGS = 600;
    /// @notice Contracts that compute with readings: tariffs, savings, linkages.
    uint64 internal constant DEVICE_READER = 601;
    /// @notice Offices that set alarm strategies and close warnings: the environment bureau, the utility.
    uint64 internal constant DEVICE_STRATEGIST = 602;
    /// @notice Everybody; a function wired to this role is open.
    uint64 internal constant PUBLIC = type(uint64).max;

    /// @notice The id has no label in this library.
    /// @param roleId the id asked for
    /// @custom:cure Use an id listed by `Authority.roles()`.
    error RolesUnknownRole(uint64 roleId);

    /// @dev A role with its label.
    struct Role {
        uint64 id;
        string label;
    }

    /// @notice Every role that can be granted and labelled, in ascending order; without the two ids that OpenZeppelin fixes.
    /// @return ids the role ids
    function all() internal pure returns (uint64[] memory ids) {
        Role[20] memory roles = _table();
        ids = new uint64[](roles.length);
        for (uint256 i = 0; i < roles.length; ++i) {
            ids[i] = roles[i].id;
        }
    }

    /// @notice The label of a role.
    /// @param roleId a role id, ADMIN and PUBLIC included
    /// @return the label, in capitals
    function label(uint64 roleId) internal pure returns (string memory) {
        if (roleId == ADMIN) return "ADMIN";
        if (roleId == PUBLIC) return "PUBLIC";
        Role[20] memory roles = _table();
        for (uint256 i = 0; i < roles.length; ++i) {
            if (roles[i].id == roleId) return roles[i].label;
        }
        revert RolesUnknownRole(roleId);
    }

    /// @dev One line for each role, in ascending order.
    function _table() private pure returns (Role[20] memory) {
        return
            [
                Role(REGULATOR, "REGULATOR"),
                Role(ARBITER, "ARBITER"),
                Role(CUSTODIAN, "CUSTODIAN"),
                Role(INSURER, "INSURER"),
                Role(PLATFORM, "PLATFORM"),
                Role(EMERGENCY, "EMERGENCY"),
                Role(AUDITOR, "AUDITOR"),
                Role(PREPAID_LEDGER, "PREPAID_LEDGER"),
                Role(PREPAID_OPERATOR, "PREPAID_OPERATOR"),
                Role(PREPAID_PAYER, "PREPAID_PAYER"),
                Role(PREPAID_CODE, "PREPAID_CODE"),
                Role(TRACE_REPOSITORY, "TRACE_REPOSITORY"),
                Role(TRACE_STATE, "TRACE_STATE"),
                Role(TRACE_RECALL, "TRACE_RECALL"),
                Role(COLD_QUALITY, "COLD_QUALITY"),
                Role(COLD_CHAIN, "COLD_CHAIN"),
                Role(BATTERY_LEDGER, "BATTERY_LEDGER"),
                Role(DEVICE_READINGS, "DEVICE_READINGS"),
                Role(DEVICE_READER, "DEVICE_READER"),
                Role(DEVICE_STRATEGIST, "DEVICE_STRATEGIST")
            ];
    }
}
