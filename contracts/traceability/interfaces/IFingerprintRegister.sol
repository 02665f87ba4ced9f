// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Digest} from "../../common/libraries/Digests.sol";
import {ObjectId, PartyId} from "../libraries/TraceTypes.sol";

/// @title Register of fingerprints: one thing, one identity
/// @notice The features of a thing's own surface (the texture of a tea cake, the image of a painting, the modes of several sensors) as a code of 256
/// bits, registered once: a second registration of the same thing is refused as a duplicate, whatever name it goes by, and a photograph shows which
/// registered thing it is, or that it is none.
/// @dev Two photographs of one thing never give the same bits, so a method states how many may differ (Hamming distance), at most 7. The code is cut
/// into eight bands of 32 bits: two codes that differ in at most 7 bits agree in one band at least, so looking up eight bands finds every registered
/// code within the tolerance, and no search grows with the register. A band holds at most 16 codes; things of which more than 16 agree in a band are
/// not told apart by the method. How a code is made of a photograph, and that near things give near codes, is the method's matter outside the chain.
interface IFingerprintRegister {
    /// @notice A registered thing.
    /// @param by the party that registered it
    /// @param registeredAt when, in seconds
    /// @param code the code of its features
    /// @param evidence digest of the image or measurement that the code was made of
    struct Fingerprint {
        PartyId by;
        uint64 registeredAt;
        bytes32 code;
        Digest evidence;
    }

    /// @notice A method was defined.
    /// @param method its name
    /// @param tolerance how many bits of one thing's codes may differ
    /// @param description digest of its specification
    event MethodDefined(bytes32 indexed method, uint8 tolerance, Digest description);

    /// @notice A party may, or may no longer, register by a method.
    /// @param method the method
    /// @param party the party
    /// @param admitted whether it may from now on
    event RegistrarAdmitted(bytes32 indexed method, PartyId indexed party, bool admitted);

    /// @notice A thing was registered.
    /// @param method by which method
    /// @param subject the thing
    /// @param by the party that registered it
    /// @param code the code of its features
    /// @param evidence digest of the image or measurement
    event FingerprintRegistered(
        bytes32 indexed method,
        ObjectId indexed subject,
        PartyId indexed by,
        bytes32 code,
        Digest evidence
    );

    /// @notice Another trust domain took over the identity: its own number leads to the same thing.
    /// @param subject the thing
    /// @param by the domain's party
    /// @param localNumber digest of the number in the domain
    event IdentityRecognised(ObjectId indexed subject, PartyId indexed by, bytes32 indexed localNumber);

    /// @notice The method has no name, is defined, or tolerates too much.
    /// @param method its name
    /// @param tolerance the tolerance given, in bits
    /// @param max the largest tolerance, in bits
    /// @custom:cure Give a new name and a tolerance of at most `max`.
    error FingerprintRegisterInvalidMethod(bytes32 method, uint8 tolerance, uint8 max);

    /// @notice No method has this name.
    /// @param method the name given
    /// @custom:cure The platform defines it with `defineMethod`.
    error FingerprintRegisterUnknownMethod(bytes32 method);

    /// @notice The party may not register by this method.
    /// @param method the method
    /// @param party the party
    /// @custom:cure The platform admits it with `admit`.
    error FingerprintRegisterNotRegistrar(bytes32 method, PartyId party);

    /// @notice The thing is registered: its features are those of another registration.
    /// @param method the method
    /// @param subject the thing that has these features
    /// @param distance in how many bits the codes differ
    /// @custom:cure Use the identity that the thing has.
    error FingerprintRegisterDuplicate(bytes32 method, ObjectId subject, uint256 distance);

    /// @notice The code has a fingerprint by this method, which nothing replaces.
    /// @param method the method
    /// @param subject the thing
    /// @custom:cure Give another thing a code of its own.
    error FingerprintRegisterExists(bytes32 method, ObjectId subject);

    /// @notice The features are too common: a band holds as many codes as it can.
    /// @param method the method
    /// @param band which band, 0 to 7
    /// @custom:cure Register by a method that tells such things apart.
    error FingerprintRegisterTooCommon(bytes32 method, uint256 band);

    /// @notice The code or the object is missing.
    /// @custom:cure Give the code of the features and the object's code.
    error FingerprintRegisterMissing();

    /// @notice The thing has no fingerprint by any method.
    /// @param subject the thing
    /// @custom:cure Register it first.
    error FingerprintRegisterUnknown(ObjectId subject);

    /// @notice The number leads to a thing in this domain, or the thing has a number in it.
    /// @param party the domain's party
    /// @param subject the thing that the number leads to, or that has a number
    /// @custom:cure Give each thing one number in a domain.
    error FingerprintRegisterNumberTaken(PartyId party, ObjectId subject);

    /// @notice Defines a method.
    /// @param method its name in ASCII, left-aligned
    /// @param tolerance how many bits may differ between codes of one thing, at most 7
    /// @param description digest of its specification
    /// @custom:caller PLATFORM
    /// @custom:error FingerprintRegisterInvalidMethod when the name is missing or taken, or the tolerance too large.
    /// @custom:error DigestsMissing when the description is missing.
    function defineMethod(bytes32 method, uint8 tolerance, Digest calldata description) external;

    /// @notice Lets a party register by a method, or no longer.
    /// @param method the method
    /// @param party the party
    /// @param admitted whether it may from now on
    /// @custom:caller PLATFORM
    /// @custom:error FingerprintRegisterUnknownMethod when no method has the name.
    function admit(bytes32 method, PartyId party, bool admitted) external;

    /// @notice Registers a thing by its features.
    /// @param by the party that registers
    /// @param method by which method
    /// @param subject the thing's code
    /// @param code the code of its features
    /// @param evidence digest of the image or measurement
    /// @custom:caller an agent of `by`
    /// @custom:error PartyUserNotAgent when the caller does not act for the party.
    /// @custom:error FingerprintRegisterNotRegistrar when the party may not register by the method.
    /// @custom:error FingerprintRegisterMissing when the code or the object is missing.
    /// @custom:error FingerprintRegisterExists when the object has a fingerprint by the method.
    /// @custom:error FingerprintRegisterDuplicate when the features are registered.
    /// @custom:error FingerprintRegisterTooCommon when a band is full.
    /// @custom:error DigestsMissing when the evidence is missing.
    function register(PartyId by, bytes32 method, ObjectId subject, bytes32 code, Digest calldata evidence) external;

    /// @notice Takes an identity over into another trust domain: the domain's own number leads to the thing registered once.
    /// @param by the domain's party
    /// @param subject the thing
    /// @param localNumber digest of the number in the domain
    /// @custom:caller an agent of `by`
    /// @custom:error PartyUserNotAgent when the caller does not act for the party.
    /// @custom:error FingerprintRegisterUnknown when the thing is not registered.
    /// @custom:error FingerprintRegisterMissing when the number is missing.
    /// @custom:error FingerprintRegisterNumberTaken when number or thing is taken in the domain.
    function recognise(PartyId by, ObjectId subject, bytes32 localNumber) external;

    /// @notice The registered thing that a photographed code is nearest to, within the method's tolerance.
    /// @param method the method
    /// @param sample the code of what was photographed
    /// @return subject the thing; zero = none: what was photographed is not registered
    /// @return distance in how many bits the codes differ
    /// @custom:error FingerprintRegisterUnknownMethod when no method has the name.
    function identify(bytes32 method, bytes32 sample) external view returns (ObjectId subject, uint256 distance);

    /// @notice Whether what was photographed is the thing whose code it bears.
    /// @param method the method
    /// @param subject the thing
    /// @param sample the code of what was photographed
    /// @return genuine whether the codes agree within the method's tolerance; false for a thing without fingerprint
    /// @return distance in how many bits they differ; 256 for a thing without fingerprint
    /// @custom:error FingerprintRegisterUnknownMethod when no method has the name.
    function verify(
        bytes32 method,
        ObjectId subject,
        bytes32 sample
    ) external view returns (bool genuine, uint256 distance);

    /// @notice A thing's fingerprint.
    /// @param method the method
    /// @param subject the thing
    /// @return the fingerprint; `registeredAt` is 0 where there is none
    function fingerprintOf(bytes32 method, ObjectId subject) external view returns (Fingerprint memory);

    /// @notice The thing that a number leads to in a trust domain.
    /// @param party the domain's party
    /// @param localNumber digest of the number
    /// @return the thing; zero = none
    function subjectOf(PartyId party, bytes32 localNumber) external view returns (ObjectId);

    /// @notice The number that a thing has in a trust domain.
    /// @param party the domain's party
    /// @param subject the thing
    /// @return digest of the number; zero = none
    function localNumberOf(PartyId party, ObjectId subject) external view returns (bytes32);

    /// @notice A method's tolerance.
    /// @param method the method
    /// @return in bits
    /// @custom:error FingerprintRegisterUnknownMethod when no method has the name.
    function toleranceOf(bytes32 method) external view returns (uint8);
}
