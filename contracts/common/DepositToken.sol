// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {IERC20Metadata} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Metadata.sol";

import {Governed} from "./Governed.sol";
import {IDepositToken} from "./interfaces/IDepositToken.sol";
import {Digest, Digests} from "./libraries/Digests.sol";

/// @title DepositToken
/// @notice A bank deposit in fen as an ERC-20; see {IDepositToken}.
contract DepositToken is IDepositToken, ERC20, Governed {
    mapping(bytes32 entry => bool) private _used;

    /// @param authority_ the deployment's {Authority}
    /// @param name_ the token's name
    /// @param symbol_ the token's symbol
    constructor(
        address authority_,
        string memory name_,
        string memory symbol_
    ) ERC20(name_, symbol_) Governed(authority_) {}

    /// @inheritdoc IDepositToken
    function mint(address to, uint256 amount, Digest calldata bankEntry) external restricted {
        _book(amount, bankEntry);
        _mint(to, amount);
        emit DepositMinted(_msgSender(), to, amount, bankEntry);
    }

    /// @inheritdoc IDepositToken
    function burn(address from, uint256 amount, Digest calldata bankEntry) external restricted {
        _book(amount, bankEntry);
        address custodian = _msgSender();
        if (from != custodian) _spendAllowance(from, custodian, amount);
        _burn(from, amount);
        emit DepositBurned(custodian, from, amount, bankEntry);
    }

    /// @inheritdoc IDepositToken
    function isEntryUsed(bytes32 entry) external view returns (bool) {
        return _used[entry];
    }

    /// @notice The token's decimals: one unit is a fen.
    /// @return always 2
    function decimals() public pure override(ERC20, IERC20Metadata) returns (uint8) {
        return 2;
    }

    function _book(uint256 amount, Digest calldata bankEntry) private {
        require(amount != 0, DepositTokenZeroAmount());
        Digests.requirePresent(bankEntry);
        require(!_used[bankEntry.value], DepositTokenEntryUsed(bankEntry.value));
        _used[bankEntry.value] = true;
    }
}
