// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @notice The id of a parcel, counted from 1.
type ParcelId is uint256;

/// @title What the generator of typed clients must be able to express
/// @notice Keeps parcels. Every shape of argument, result, event and error occurs once, so that one client proves them all.
interface IBindingProbe {
    /// @notice Where a parcel is.
    enum ParcelState {
        /// Nobody has handed it in.
        Unknown,
        /// In the store.
        Stored,
        /// Given out.
        Released
    }

    /// @notice The outer measures of a parcel.
    struct Size {
        uint32 width; // millimetres
        uint32 height; // millimetres
    }

    /// @notice A parcel as it is kept.
    /// @param id its id
    /// @param fee what its keeping costs
    /// @custom:unit fee fen
    struct Parcel {
        ParcelId id;
        address owner;
        uint256 fee;
        ParcelState state;
        Size size;
        bytes32[2] digests;
        string[] labels;
    }

    /// @notice A parcel was handed in.
    /// @param id the new id
    /// @param owner whose parcel it is
    /// @param size its measures
    /// @param note words of the owner
    event ParcelStored(ParcelId indexed id, address indexed owner, Size size, string note);

    /// @notice A parcel was named.
    /// @param name the name, known by its hash only
    event ParcelNamed(ParcelId indexed id, string indexed name, bytes);

    /// @notice The fee changed.
    /// @param fee the new fee
    /// @custom:unit fee fen
    event FeeChanged(uint256 fee);

    /// @notice There is no such parcel.
    /// @param id the id that was asked for
    /// @custom:cure Ask for an id that {store} returned.
    error BindingProbeUnknownParcel(ParcelId id);

    /// @notice Only the owner may do this.
    /// @param id the parcel
    /// @param owner whose parcel it is
    /// @custom:cure Send the transaction from the owner's account.
    error BindingProbeNotOwner(ParcelId id, address owner, address);

    /// @notice The measures are not those of a parcel.
    /// @param size the refused measures
    /// @custom:cure Give a width and a height above zero.
    error BindingProbeBadSize(Size size);

    /// @notice Hands in a parcel.
    /// @dev Ids are given in the order of arrival.
    /// @param owner whose parcel it is
    /// @param size its measures
    /// @param labels printed on it
    /// @param note kept in the event only
    /// @return id the id of the parcel
    /// @custom:caller anyone
    /// @custom:error BindingProbeBadSize when a measure is zero
    /// @custom:source House rules of the store, article 3
    function store(
        address owner,
        Size calldata size,
        string[] calldata labels,
        string calldata note
    ) external returns (ParcelId id);

    /// @notice Gives out a parcel.
    /// @param id the parcel
    /// @custom:caller the owner of the parcel
    /// @custom:error BindingProbeUnknownParcel when there is no such parcel
    /// @custom:error BindingProbeNotOwner when the caller is someone else
    function release(ParcelId id) external;

    /// @notice Names parcels.
    /// @custom:caller anyone
    function name(ParcelId[] calldata ids, string calldata name_, bytes calldata) external;

    /// @notice Changes what keeping costs from now on.
    /// @param fee the new fee
    /// @custom:unit fee fen
    /// @custom:caller a tariff clerk
    function setFee(uint256 fee) external;

    /// @notice Pays the fee of a parcel.
    /// @custom:caller anyone
    function pay(ParcelId id) external payable returns (uint256 paid, uint256 owed);

    /// @notice What keeping one parcel costs now.
    /// @return the fee
    /// @custom:unit return fen
    function currentFee() external view returns (uint256);

    /// @notice The parcel.
    /// @param id which
    /// @custom:error BindingProbeUnknownParcel when there is no such parcel
    function find(ParcelId id) external view returns (Parcel memory);

    /// @notice The parcels of an owner.
    /// @param owner whose
    /// @param limit at most so many
    /// @return parcels oldest first
    /// @return more whether there are others
    function find(address owner, uint256 limit) external view returns (Parcel[] memory parcels, bool more);

    /// @notice The sum of a small matrix, with a small and a signed number.
    function shapes(
        uint8 small,
        int128 signed,
        uint16[2][] calldata matrix
    ) external pure returns (uint48, int256, uint256[] memory sums);
}
