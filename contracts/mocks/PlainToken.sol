// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";

/// @title Plain token
/// @notice The most ordinary ERC-20, all of it minted to its deployer: what chains are measured with.
contract PlainToken is ERC20 {
    constructor(uint256 supply) ERC20("Plain Token", "PLAIN") {
        _mint(msg.sender, supply);
    }
}
