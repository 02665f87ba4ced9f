// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IClock} from "../common/interfaces/IClock.sol";
import {Digest, Digests} from "../common/libraries/Digests.sol";
import {IFingerprintRegister} from "./interfaces/IFingerprintRegister.sol";
import {ITradeParties} from "./interfaces/ITradeParties.sol";
import {ObjectId, PartyId} from "./libraries/TraceTypes.sol";
import {PartyUser} from "../devices/PartyUser.sol";

/// @title FingerprintRegister
/// @notice Things by the features of their own surface; see {IFingerprintRegister}.
contract FingerprintRegister is IFingerprintRegister, PartyUser {
    // Two codes that differ in fewer bits than there are bands agree in one band at least.
    uint256 private constant _BANDS = 8;
    uint256 private constant _BAND_BITS = 32;
    uint8 private constant _MAX_TOLERANCE = 7;
    uint256 private constant _MAX_PER_BAND = 16;
    uint256 private constant _ALL_BITS = 256;

    struct Method {
        bool defined;
        uint8 tolerance;
    }

    mapping(bytes32 method => Method) private _methods;
    mapping(bytes32 method => mapping(PartyId party => bool)) private _registrars;
    mapping(bytes32 method => mapping(ObjectId subject => Fingerprint)) private _fingerprints;
    mapping(bytes32 method => mapping(uint256 band => mapping(uint32 bits => ObjectId[]))) private _bands;
    mapping(ObjectId subject => bool) private _known;
    /// @inheritdoc IFingerprintRegister
    mapping(PartyId party => mapping(bytes32 localNumber => ObjectId)) public subjectOf;
    /// @inheritdoc IFingerprintRegister
    mapping(PartyId party => mapping(ObjectId subject => bytes32)) public localNumberOf;

    /// @param authority_ the deployment's {Authority}
    /// @param clock_ the deployment's {Clock}
    /// @param parties_ the register of parties
    constructor(address authority_, IClock clock_, ITradeParties parties_) PartyUser(authority_, clock_, parties_) {}

    /// @inheritdoc IFingerprintRegister
    function defineMethod(bytes32 method, uint8 tolerance, Digest calldata description) external restricted {
        require(
            method != 0 && !_methods[method].defined && tolerance <= _MAX_TOLERANCE,
            FingerprintRegisterInvalidMethod(method, tolerance, _MAX_TOLERANCE)
        );
        Digests.requirePresent(description);
        _methods[method] = Method(true, tolerance);
        emit MethodDefined(method, tolerance, description);
    }

    /// @inheritdoc IFingerprintRegister
    function admit(bytes32 method, PartyId party, bool admitted) external restricted {
        toleranceOf(method);
        _registrars[method][party] = admitted;
        emit RegistrarAdmitted(method, party, admitted);
    }

    /// @inheritdoc IFingerprintRegister
    function register(PartyId by, bytes32 method, ObjectId subject, bytes32 code, Digest calldata evidence) external {
        _requireAgent(by);
        require(_registrars[method][by], FingerprintRegisterNotRegistrar(method, by));
        require(code != 0 && ObjectId.unwrap(subject) != 0, FingerprintRegisterMissing());
        Fingerprint storage print = _fingerprints[method][subject];
        require(print.registeredAt == 0, FingerprintRegisterExists(method, subject));
        (ObjectId same, uint256 distance) = identify(method, code);
        require(ObjectId.unwrap(same) == 0, FingerprintRegisterDuplicate(method, same, distance));
        Digests.requirePresent(evidence);

        for (uint256 band = 0; band < _BANDS; ++band) {
            ObjectId[] storage alike = _bands[method][band][_bitsOf(code, band)];
            require(alike.length < _MAX_PER_BAND, FingerprintRegisterTooCommon(method, band));
            alike.push(subject);
        }
        print.by = by;
        print.registeredAt = clock.timestamp();
        print.code = code;
        print.evidence = evidence;
        _known[subject] = true;
        emit FingerprintRegistered(method, subject, by, code, evidence);
    }

    /// @inheritdoc IFingerprintRegister
    function recognise(PartyId by, ObjectId subject, bytes32 localNumber) external {
        _requireAgent(by);
        require(_known[subject], FingerprintRegisterUnknown(subject));
        require(localNumber != 0, FingerprintRegisterMissing());
        ObjectId taken = subjectOf[by][localNumber];
        require(ObjectId.unwrap(taken) == 0, FingerprintRegisterNumberTaken(by, taken));
        require(localNumberOf[by][subject] == 0, FingerprintRegisterNumberTaken(by, subject));

        subjectOf[by][localNumber] = subject;
        localNumberOf[by][subject] = localNumber;
        emit IdentityRecognised(subject, by, localNumber);
    }

    /// @inheritdoc IFingerprintRegister
    function verify(
        bytes32 method,
        ObjectId subject,
        bytes32 sample
    ) external view returns (bool genuine, uint256 distance) {
        uint8 tolerance = toleranceOf(method);
        Fingerprint storage print = _fingerprints[method][subject];
        distance = print.registeredAt == 0 ? _ALL_BITS : _distance(print.code, sample);
        genuine = distance <= tolerance;
    }

    /// @inheritdoc IFingerprintRegister
    function fingerprintOf(bytes32 method, ObjectId subject) external view returns (Fingerprint memory) {
        return _fingerprints[method][subject];
    }

    /// @inheritdoc IFingerprintRegister
    function identify(bytes32 method, bytes32 sample) public view returns (ObjectId subject, uint256 distance) {
        uint256 nearest = uint256(toleranceOf(method)) + 1;
        for (uint256 band = 0; band < _BANDS; ++band) {
            ObjectId[] storage alike = _bands[method][band][_bitsOf(sample, band)];
            for (uint256 i = 0; i < alike.length; ++i) {
                uint256 bits = _distance(_fingerprints[method][alike[i]].code, sample);
                if (bits < nearest) (nearest, subject, distance) = (bits, alike[i], bits);
            }
        }
    }

    /// @inheritdoc IFingerprintRegister
    function toleranceOf(bytes32 method) public view returns (uint8) {
        require(_methods[method].defined, FingerprintRegisterUnknownMethod(method));
        return _methods[method].tolerance;
    }

    function _bitsOf(bytes32 code, uint256 band) private pure returns (uint32) {
        return uint32(uint256(code) >> (band * _BAND_BITS));
    }

    /// @dev How many bits differ: each round takes the lowest bit off.
    function _distance(bytes32 a, bytes32 b) private pure returns (uint256 bits) {
        unchecked {
            for (uint256 difference = uint256(a ^ b); difference != 0; difference &= difference - 1) {
                ++bits;
            }
        }
    }
}
