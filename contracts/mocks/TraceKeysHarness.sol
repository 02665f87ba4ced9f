// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {TraceKeys} from "../traceability/libraries/TraceKeys.sol";
import {Gtin, KeyKind, ObjectId} from "../traceability/libraries/TraceTypes.sol";

/// @title TraceKeysHarness
/// @notice A door to the internal functions of {TraceKeys}.
contract TraceKeysHarness {
    function kindOf(ObjectId object) external pure returns (KeyKind) {
        return TraceKeys.kindOf(object);
    }

    function numberOf(ObjectId object) external pure returns (uint64) {
        return TraceKeys.numberOf(object);
    }

    function serialOf(ObjectId object) external pure returns (bytes20) {
        return TraceKeys.serialOf(object);
    }

    function gtinOf(ObjectId object) external pure returns (Gtin) {
        return TraceKeys.gtinOf(object);
    }

    function drugOf(ObjectId object) external pure returns (bytes7) {
        return TraceKeys.drugOf(object);
    }

    function isLot(ObjectId object) external pure returns (bool) {
        return TraceKeys.isLot(object);
    }

    function isContainer(ObjectId object) external pure returns (bool) {
        return TraceKeys.isContainer(object);
    }

    function sgtin(Gtin gtin, bytes20 serial) external pure returns (ObjectId) {
        return TraceKeys.sgtin(gtin, serial);
    }

    function lgtin(Gtin gtin, bytes20 lot) external pure returns (ObjectId) {
        return TraceKeys.lgtin(gtin, lot);
    }

    function sscc(uint64 number) external pure returns (ObjectId) {
        return TraceKeys.sscc(number);
    }

    function grai(uint64 number, bytes20 serial) external pure returns (ObjectId) {
        return TraceKeys.grai(number, serial);
    }

    function sgln(uint64 gln, bytes20 extension) external pure returns (ObjectId) {
        return TraceKeys.sgln(gln, extension);
    }

    function gdti(uint64 number, bytes20 serial) external pure returns (ObjectId) {
        return TraceKeys.gdti(number, serial);
    }

    function giai(bytes30 code) external pure returns (ObjectId) {
        return TraceKeys.giai(code);
    }

    function medicine(bytes20 code) external pure returns (ObjectId) {
        return TraceKeys.medicine(code);
    }

    function battery(bytes24 code) external pure returns (ObjectId) {
        return TraceKeys.battery(code);
    }

    function uri(bytes31 digest) external pure returns (ObjectId) {
        return TraceKeys.uri(digest);
    }

    function transformation(bytes31 digest) external pure returns (ObjectId) {
        return TraceKeys.transformation(digest);
    }

    function hasCheckDigit(uint64 number) external pure returns (bool) {
        return TraceKeys.hasCheckDigit(number);
    }

    function requireValid(ObjectId object) external pure {
        TraceKeys.requireValid(object);
    }
}
