// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Gtin, KeyKind, ObjectId} from "./TraceTypes.sol";

/// @title Packed codes
/// @notice Makes an {ObjectId} of a code, checks one, and reads it.
/// @dev Byte 0 is the {KeyKind}. SGTIN, LGTIN, SSCC, GRAI, SGLN, GDTI: bytes 1 to 8 the number, big-endian, with its check digit; bytes 9 to 28 serial,
/// lot or extension, ASCII, left-aligned, zero-padded. GIAI: bytes 1 to 30. MEDICINE: bytes 1 to 20. BATTERY: bytes 1 to 24. URI and TRANSFORMATION:
/// bytes 1 to 31. What is not named is zero. A code has one packed form: an extension "0" of an SGLN, which means none, is refused.
library TraceKeys {
    // Characters 0x21 to 0x7a that GS1 allows in serials and lots (character set 82), one bit each.
    uint256 private constant _SET82 = 0x7fffffe87fffffeffffffe600000000;
    // Digits and capitals.
    uint256 private constant _SET36 = 0x7fffffe03ff000000000000;

    /// @notice The word is no packed code: unknown kind, or something after its end.
    /// @param object the word
    /// @custom:cure Pack the code as {TraceKeys} says; `npx hardhat trace show` does it.
    error TraceKeysInvalid(ObjectId object);

    /// @notice The number has too many digits or a wrong check digit.
    /// @param kind the kind of code
    /// @param number the number
    /// @custom:cure Read the label again; the last digit is the check digit (C-17).
    error TraceKeysInvalidNumber(KeyKind kind, uint64 number);

    /// @notice The serial, lot or extension is missing, too long, or has a character that the standard does not allow.
    /// @param kind the kind of code
    /// @param serial what was given, left-aligned
    /// @custom:cure Use 1 to the standard's number of characters of GS1 character set 82; leave out an extension of 0.
    error TraceKeysInvalidSerial(KeyKind kind, bytes32 serial);

    // -- reading -------------------------------------------------------------------------------------

    /// @notice What a code is.
    /// @param object the code
    /// @return its kind
    function kindOf(ObjectId object) internal pure returns (KeyKind) {
        uint8 kind = uint8(ObjectId.unwrap(object)[0]);
        require(kind <= uint8(type(KeyKind).max), TraceKeysInvalid(object));
        return KeyKind(kind);
    }

    /// @notice The number of a code that has one (GTIN, SSCC, GRAI, GLN, GDTI).
    /// @param object the code
    /// @return the number
    function numberOf(ObjectId object) internal pure returns (uint64) {
        return uint64(uint256(ObjectId.unwrap(object)) >> 184);
    }

    /// @notice The serial number, lot or extension of a code that has a number.
    /// @param object the code
    /// @return ASCII, left-aligned
    function serialOf(ObjectId object) internal pure returns (bytes20) {
        return bytes20(ObjectId.unwrap(object) << 72);
    }

    /// @notice The product of an item or a lot.
    /// @param object the code
    /// @return the GTIN; 0 for any other kind
    function gtinOf(ObjectId object) internal pure returns (Gtin) {
        KeyKind kind = kindOf(object);
        return Gtin.wrap(kind == KeyKind.SGTIN || kind == KeyKind.LGTIN ? numberOf(object) : 0);
    }

    /// @notice The first seven characters of a medicine code: the drug.
    /// @param object the code
    /// @return the identifier; zero for any other kind
    function drugOf(ObjectId object) internal pure returns (bytes7) {
        return kindOf(object) == KeyKind.MEDICINE ? bytes7(ObjectId.unwrap(object) << 8) : bytes7(0);
    }

    /// @notice Whether a code counts quantities: a lot or a class.
    /// @param object the code
    /// @return whether it does
    function isLot(ObjectId object) internal pure returns (bool) {
        return kindOf(object) == KeyKind.LGTIN;
    }

    /// @notice Whether a code may hold others: a logistic unit or an asset, or a place.
    /// @param object the code
    /// @return whether it may
    function isContainer(ObjectId object) internal pure returns (bool) {
        KeyKind kind = kindOf(object);
        return kind == KeyKind.SSCC || kind == KeyKind.GRAI || kind == KeyKind.GIAI;
    }

    // -- making --------------------------------------------------------------------------------------

    /// @notice An item.
    /// @param gtin its GTIN
    /// @param serial its serial number, 1 to 20 characters
    /// @return the code
    function sgtin(Gtin gtin, bytes20 serial) internal pure returns (ObjectId) {
        return _make(KeyKind.SGTIN, Gtin.unwrap(gtin), serial);
    }

    /// @notice A lot; without a lot number the class of all of the product.
    /// @param gtin its GTIN
    /// @param lot its lot number, up to 20 characters; zero = none
    /// @return the code
    function lgtin(Gtin gtin, bytes20 lot) internal pure returns (ObjectId) {
        return _make(KeyKind.LGTIN, Gtin.unwrap(gtin), lot);
    }

    /// @notice A logistic unit.
    /// @param number 18 digits
    /// @return the code
    function sscc(uint64 number) internal pure returns (ObjectId) {
        return _make(KeyKind.SSCC, number, 0);
    }

    /// @notice A returnable asset.
    /// @param number 14 digits, the first of them 0
    /// @param serial 1 to 16 characters
    /// @return the code
    function grai(uint64 number, bytes20 serial) internal pure returns (ObjectId) {
        return _make(KeyKind.GRAI, number, serial);
    }

    /// @notice A place.
    /// @param gln 13 digits
    /// @param extension up to 20 characters; zero = none
    /// @return the code
    function sgln(uint64 gln, bytes20 extension) internal pure returns (ObjectId) {
        return _make(KeyKind.SGLN, gln, extension);
    }

    /// @notice A document.
    /// @param number 13 digits
    /// @param serial 1 to 17 characters
    /// @return the code
    function gdti(uint64 number, bytes20 serial) internal pure returns (ObjectId) {
        return _make(KeyKind.GDTI, number, serial);
    }

    /// @notice An individual asset.
    /// @param code 1 to 30 characters
    /// @return object the code
    function giai(bytes30 code) internal pure returns (ObjectId object) {
        return _checked(KeyKind.GIAI, bytes32(code));
    }

    /// @notice A medicine code.
    /// @param code 20 digits or capitals
    /// @return the code
    function medicine(bytes20 code) internal pure returns (ObjectId) {
        return _checked(KeyKind.MEDICINE, bytes32(code));
    }

    /// @notice A battery code.
    /// @param code 24 digits or capitals
    /// @return the code
    function battery(bytes24 code) internal pure returns (ObjectId) {
        return _checked(KeyKind.BATTERY, bytes32(code));
    }

    /// @notice Anything else that has a URI.
    /// @param digest the first 31 bytes of the SHA-256 of the URI
    /// @return the code
    function uri(bytes31 digest) internal pure returns (ObjectId) {
        return _checked(KeyKind.URI, bytes32(digest));
    }

    /// @notice A transformation.
    /// @param digest the first 31 bytes of the SHA-256 of its id, or of its event's content id
    /// @return the code
    function transformation(bytes31 digest) internal pure returns (ObjectId) {
        return _checked(KeyKind.TRANSFORMATION, bytes32(digest));
    }

    // -- checking ------------------------------------------------------------------------------------

    /// @notice Whether a number's last digit is its check digit: weights 3 and 1 from the right (C-17).
    /// @param number the number; leading zeros do not count
    /// @return whether it is; false for 0
    function hasCheckDigit(uint64 number) internal pure returns (bool) {
        if (number == 0) return false;
        uint256 rest = number;
        uint256 sum = 0;
        unchecked {
            while (rest != 0) {
                sum += (rest % 10) + 3 * ((rest / 10) % 10);
                rest /= 100;
            }
        }
        return sum % 10 == 0;
    }

    /// @notice Reverts unless a word is a well-formed code of any kind.
    /// @param object the word
    function requireValid(ObjectId object) internal pure {
        KeyKind kind = kindOf(object);
        bytes32 word = ObjectId.unwrap(object);
        if (kind == KeyKind.GIAI) {
            _requireText(kind, word << 8, 1, 30, _SET82);
        } else if (kind == KeyKind.MEDICINE) {
            _requireText(kind, word << 8, 20, 20, _SET36);
        } else if (kind == KeyKind.BATTERY) {
            _requireText(kind, word << 8, 24, 24, _SET36);
        } else if (kind == KeyKind.URI || kind == KeyKind.TRANSFORMATION) {
            require(word << 8 != 0, TraceKeysInvalid(object));
        } else {
            require(kind != KeyKind.NONE, TraceKeysInvalid(object));
            _requireNumbered(kind, numberOf(object), word << 72);
        }
    }

    function _requireNumbered(KeyKind kind, uint64 number, bytes32 serial) private pure {
        uint64 end =
            kind == KeyKind.SSCC
                ? 1e18
                : kind == KeyKind.SGTIN || kind == KeyKind.LGTIN
                    ? 1e14
                    : 1e13;
        require(number < end && hasCheckDigit(number), TraceKeysInvalidNumber(kind, number));
        if (kind == KeyKind.SSCC) {
            require(serial == 0, TraceKeysInvalidSerial(kind, serial));
        } else {
            uint256 least = kind == KeyKind.LGTIN || kind == KeyKind.SGLN ? 0 : 1;
            uint256 most =
                kind == KeyKind.GRAI
                    ? 16
                    : kind == KeyKind.GDTI
                        ? 17
                        : 20;
            _requireText(kind, serial, least, most, _SET82);
            require(kind != KeyKind.SGLN || serial != bytes32("0"), TraceKeysInvalidSerial(kind, serial));
        }
    }

    /// @dev Characters of a set, then zeros to the end of the word.
    function _requireText(KeyKind kind, bytes32 text, uint256 least, uint256 most, uint256 set) private pure {
        uint256 rest = uint256(text);
        uint256 length = 0;
        unchecked {
            for (; rest != 0; rest <<= 8) {
                require((set >> (rest >> 248)) & 1 == 1, TraceKeysInvalidSerial(kind, text));
                ++length;
            }
        }
        require(length >= least && length <= most, TraceKeysInvalidSerial(kind, text));
    }

    function _make(KeyKind kind, uint64 number, bytes20 serial) private pure returns (ObjectId object) {
        object = ObjectId.wrap(
            bytes32((uint256(uint8(kind)) << 248) | (uint256(number) << 184)) | (bytes32(serial) >> 72)
        );
        requireValid(object);
    }

    function _checked(KeyKind kind, bytes32 content) private pure returns (ObjectId object) {
        object = ObjectId.wrap(bytes32(uint256(uint8(kind)) << 248) | (content >> 8));
        requireValid(object);
    }
}
