// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";

import {IMerchantVault} from "./interfaces/IMerchantVault.sol";

/// @title MerchantVault
/// @notice Vault of one merchant; see {IMerchantVault}.
/// @dev Deployed once by Custody and cloned for each merchant. Token and owner are in the code, which all clones share.
contract MerchantVault is IMerchantVault {
    using SafeERC20 for IERC20;

    /// @inheritdoc IMerchantVault
    address public immutable custody;

    /// @inheritdoc IMerchantVault
    IERC20 public immutable token;

    /// @param token_ the deposit token
    constructor(IERC20 token_) {
        custody = msg.sender;
        token = token_;
    }

    /// @inheritdoc IMerchantVault
    function pay(address to, uint256 amount) external {
        require(msg.sender == custody, MerchantVaultNotCustody(msg.sender));
        token.safeTransfer(to, amount);
    }
}
