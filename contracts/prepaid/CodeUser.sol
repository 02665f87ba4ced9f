// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Governed} from "../common/Governed.sol";
import {ICodeUser} from "./interfaces/ICodeUser.sol";
import {ISupervisionCode} from "./interfaces/ISupervisionCode.sol";
import {MerchantId} from "./libraries/PrepaidTypes.sol";

/// @title CodeUser
/// @notice Base of the contracts that change a merchant's balance, custody, cover or link; see {ICodeUser}.
abstract contract CodeUser is ICodeUser, Governed {
    /// @inheritdoc ICodeUser
    ISupervisionCode public supervisionCode;

    /// @inheritdoc ICodeUser
    function wireCode(address code) external restricted {
        require(address(supervisionCode) == address(0), CodeUserAlreadyWired(address(supervisionCode)));
        _requireContract(code);
        supervisionCode = ISupervisionCode(code);
        emit CodeWired(code);
    }

    /// @dev Has the merchant's colour, compliance and low water announced where they changed. Reverts with `CodeUserNotWired`.
    /// @param merchant the merchant
    function _refresh(MerchantId merchant) internal {
        _wiredCode(merchant).refresh(merchant);
    }

    /// @dev Lets the code announce what changed of a merchant whose balance fell, and of whom nothing else changed.
    function _refreshLowered(MerchantId merchant) internal {
        _wiredCode(merchant).refreshLowered(merchant);
    }

    function _wiredCode(MerchantId merchant) private view returns (ISupervisionCode code) {
        code = supervisionCode;
        require(address(code) != address(0), CodeUserNotWired(merchant));
    }
}
