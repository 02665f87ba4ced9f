// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {RegionId} from "../../common/interfaces/IPolicyRegistry.sol";
import {Digest} from "../../common/libraries/Digests.sol";
import {ObjectId, PartyId, PlaceId} from "../libraries/TraceTypes.sol";

/// @title Codes of imported frozen food
/// @notice Every smallest package of imported frozen food is registered at the first cold store of the province; without that it is neither moved on
/// nor sold there (C-24).
/// @dev What is not registered may still be shipped to a party with the role WAREHOUSE, which is how it reaches the first cold store. Where policy has
/// `trace.frozen.code` unset or 0, nothing is asked.
interface IFrozenFoodCodes {
    /// @notice A registration.
    /// @param store the party that runs the cold store
    /// @param place the cold store
    /// @param registeredAt when, in seconds
    /// @param papers digest of customs declaration, quarantine and disinfection papers
    struct Registration {
        PartyId store;
        PlaceId place;
        uint64 registeredAt;
        Digest papers;
    }

    /// @notice Codes were registered.
    /// @param store the party that runs the cold store
    /// @param place the cold store
    /// @param province the province
    /// @param codes the codes
    /// @param papers digest of the papers
    event FrozenFoodRegistered(
        PartyId indexed store,
        PlaceId indexed place,
        RegionId indexed province,
        ObjectId[] codes,
        Digest papers
    );

    /// @notice The account does not act for the store.
    /// @param store the party
    /// @param account the account
    /// @custom:cure Call from one of its agents.
    error FrozenFoodCodesNotAllowed(PartyId store, address account);

    /// @notice The place is no cold store of the party.
    /// @param place the place
    /// @param store the party
    /// @custom:cure Register at a place of kind COLD_STORE that the party runs.
    error FrozenFoodCodesNotAColdStore(PlaceId place, PartyId store);

    /// @notice No codes, or more than one call takes.
    /// @param count the number given
    /// @param max the most
    /// @custom:cure Register 1 to `max` codes at a time.
    error FrozenFoodCodesCount(uint256 count, uint256 max);

    /// @notice The code is no imported frozen food that exists.
    /// @param code the code
    /// @custom:cure Register items and lots of class IMPORTED_FROZEN that are commissioned.
    error FrozenFoodCodesNotFrozenFood(ObjectId code);

    /// @notice The code is registered in the province.
    /// @param code the code
    /// @param province the province
    /// @custom:cure Nothing is to be done.
    error FrozenFoodCodesRegistered(ObjectId code, RegionId province);

    /// @notice The goods are not in the store's hands.
    /// @param code the code
    /// @param store the party
    /// @custom:cure Receive the goods first.
    error FrozenFoodCodesNotInStore(ObjectId code, PartyId store);

    /// @notice Imported frozen food is moved or sold without registration in the province (C-24).
    /// @param code the code
    /// @param province the province
    /// @custom:cure The first cold store of the province registers it.
    error FrozenFoodCodesMissing(ObjectId code, RegionId province);

    /// @notice More lies in what is moved or sold than one event is checked for.
    /// @param object what was not looked at any more
    /// @param max the most things; imported frozen food counts as five
    /// @custom:cure Move it in several events, or in smaller containers.
    error FrozenFoodCodesTooMany(ObjectId object, uint256 max);

    /// @notice Registers codes at a cold store.
    /// @param store the party that runs it
    /// @param place the cold store
    /// @param codes items or lots in its hands, 1 to 50
    /// @param papers digest of customs declaration, quarantine and disinfection papers
    /// @custom:caller an agent of the store, or PLATFORM with the store's mandate
    /// @custom:source FISCO BCOS report 2023 (C-24)
    /// @custom:error FrozenFoodCodesNotAllowed when the caller does not act for the store.
    /// @custom:error FrozenFoodCodesNotAColdStore when the place is no cold store of the party.
    /// @custom:error FrozenFoodCodesCount when there are no codes or more than 50.
    /// @custom:error FrozenFoodCodesNotFrozenFood when a code is no imported frozen food that exists.
    /// @custom:error FrozenFoodCodesRegistered when a code is registered in the province.
    /// @custom:error FrozenFoodCodesNotInStore when the goods are not in the store's hands.
    /// @custom:error DigestsMissing when the papers are missing.
    function register(PartyId store, PlaceId place, ObjectId[] calldata codes, Digest calldata papers) external;

    /// @notice The registration of a code in a province.
    /// @param code the code
    /// @param province the province
    /// @return the registration; all zero = none
    function registrationOf(ObjectId code, RegionId province) external view returns (Registration memory);

    /// @notice Whether a code, or its lot, is registered in a province.
    /// @param code the code
    /// @param province the province
    /// @return whether it is
    function isRegistered(ObjectId code, RegionId province) external view returns (bool);
}
