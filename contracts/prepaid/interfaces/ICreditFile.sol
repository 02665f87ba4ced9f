// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Digest} from "../../common/libraries/Digests.sol";
import {CreditRecordId} from "../libraries/PrepaidTypes.sol";

/// @title Credit file
/// @notice Append-only records about a subject (the digest of an operator's or a consumer's DID): admission, inspection and enforcement by the
/// regulator beside the operator's own facts and consumers' complaints; each may be marked checked or invalid, none is overwritten.
interface ICreditFile {
    enum RecordKind {
        OPERATOR_FACT,
        ADMISSION,
        INSPECTION,
        ENFORCEMENT,
        COMPLAINT,
        CONSUMER_FACT
    }
    enum Mark {
        NONE,
        CHECKED,
        INVALID
    }

    struct CreditRecord {
        bytes32 subject;
        RecordKind kind;
        Mark mark;
        address author;
        uint64 recordedAt;
        CreditRecordId about; // the record this one answers; 0 = none
        Digest content;
        Digest markReason;
    }

    /// @notice Binds a subject to the account that may write its own facts.
    /// @custom:caller PLATFORM
    function register(bytes32 subject, address owner) external;
    /// @custom:caller owner of the subject (OPERATOR_FACT, CONSUMER_FACT), REGULATOR (ADMISSION, INSPECTION, ENFORCEMENT), a registered consumer (COMPLAINT)
    function append(bytes32 subject, RecordKind kind, CreditRecordId about, Digest calldata content) external returns (CreditRecordId);
    /// @custom:caller REGULATOR
    function mark(CreditRecordId record, Mark value, Digest calldata reason) external;
    /// @notice A page of a subject's file.
    /// @custom:caller the subject's owner, REGULATOR, AUDITOR, or an account the owner granted reading
    function read(bytes32 subject, uint256 cursor, uint256 limit) external view returns (CreditRecord[] memory, uint256 next);
    /// @custom:caller owner of the subject
    function grant(bytes32 subject, address reader, uint64 until) external;
    /// @custom:caller owner of the subject
    function revoke(bytes32 subject, address reader) external;
    /// @notice Counts by kind, invalid ones left out. For everyone.
    function summaryOf(bytes32 subject) external view returns (uint256[6] memory counts);
}
