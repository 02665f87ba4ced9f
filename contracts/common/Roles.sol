// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

library Roles { uint64 internal constant REGULATOR = 1; }
