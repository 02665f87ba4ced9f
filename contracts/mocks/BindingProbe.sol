// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {IBindingProbe, ParcelId} from "./interfaces/IBindingProbe.sol";

contract BindingProbe is IBindingProbe, AccessManaged {
    /// @inheritdoc IBindingProbe
    uint256 public currentFee;

    /// @notice How many parcels were ever handed in.
    uint256 public parcelCount;

    mapping(ParcelId id => Parcel parcel) private _parcels;

    /// @param authority_ decides who may change the fee
    /// @param fee what keeping a parcel costs at first, in fen
    constructor(address authority_, uint256 fee) AccessManaged(authority_) {
        currentFee = fee;
    }

    /// @inheritdoc IBindingProbe
    function store(
        address owner,
        Size calldata size,
        string[] calldata labels,
        string calldata note
    ) external returns (ParcelId id) {
        require(size.width > 0 && size.height > 0, BindingProbeBadSize(size));
        parcelCount += 1;
        id = ParcelId.wrap(parcelCount);
        Parcel storage parcel = _parcels[id];
        parcel.id = id;
        parcel.owner = owner;
        parcel.fee = currentFee;
        parcel.state = ParcelState.Stored;
        parcel.size = size;
        parcel.digests = [keccak256(bytes(note)), bytes32(parcelCount)];
        for (uint256 i = 0; i < labels.length; i++) parcel.labels.push(labels[i]);
        emit ParcelStored(id, owner, size, note);
    }

    /// @inheritdoc IBindingProbe
    function release(ParcelId id) external {
        Parcel storage parcel = _existing(id);
        require(parcel.owner == msg.sender, BindingProbeNotOwner(id, parcel.owner, msg.sender));
        parcel.state = ParcelState.Released;
    }

    /// @inheritdoc IBindingProbe
    function name(ParcelId[] calldata ids, string calldata name_, bytes calldata remark) external {
        for (uint256 i = 0; i < ids.length; i++) emit ParcelNamed(ids[i], name_, remark);
    }

    /// @inheritdoc IBindingProbe
    function setFee(uint256 fee) external restricted {
        currentFee = fee;
        emit FeeChanged(fee);
    }

    /// @inheritdoc IBindingProbe
    function pay(ParcelId id) external payable returns (uint256 paid, uint256 owed) {
        return (msg.value, _existing(id).fee);
    }

    /// @inheritdoc IBindingProbe
    function find(ParcelId id) external view returns (Parcel memory) {
        return _existing(id);
    }

    /// @inheritdoc IBindingProbe
    function find(address owner, uint256 limit) external view returns (Parcel[] memory parcels, bool more) {
        parcels = new Parcel[](limit);
        uint256 found;
        for (uint256 i = 1; i <= parcelCount; i++) {
            Parcel storage parcel = _parcels[ParcelId.wrap(i)];
            if (parcel.owner != owner) continue;
            if (found == limit) return (parcels, true);
            parcels[found] = parcel;
            found += 1;
        }
        Parcel[] memory exact = new Parcel[](found);
        for (uint256 i = 0; i < found; i++) exact[i] = parcels[i];
        return (exact, false);
    }

    /// @inheritdoc IBindingProbe
    function shapes(
        uint8 small,
        int128 signed,
        uint16[2][] calldata matrix
    ) external pure returns (uint48, int256, uint256[] memory sums) {
        sums = new uint256[](matrix.length);
        for (uint256 i = 0; i < matrix.length; i++) sums[i] = uint256(matrix[i][0]) + matrix[i][1];
        return (uint48(small) + 1, int256(signed) * 2, sums);
    }

    function _existing(ParcelId id) private view returns (Parcel storage parcel) {
        parcel = _parcels[id];
        require(parcel.state != ParcelState.Unknown, BindingProbeUnknownParcel(id));
    }
}
