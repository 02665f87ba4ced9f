// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Digest} from "../../common/libraries/Digests.sol";
import {CardId, CardOrder, Sale} from "./PrepaidTypes.sol";

/// @title EIP-712 structs that people sign in the prepaid domain
/// @notice Their hashes; the same types for wallets are in apps/prepaid-code/typed-data.ts. Enumerations are uint8, ids uint256.
library PrepaidOrders {
    string private constant _DIGEST = "Digest(bytes32 value,uint8 algorithm)";
    string private constant _CARD_ORDER =
        "CardOrder(uint8 kind,uint8 form,uint128 paid,uint128 face,uint128 listUnitPrice,uint64 startsAt,uint64 expiresAt)";
    string private constant _SALE =
        "Sale(uint256 merchant,uint256 terms,address holder,bytes32 consumerKey,Digest buyerId,Digest contractDigest,uint256 toCustody,bool organisation,bool cash,bool hadBefore,bool viaPlatform)";

    /// @notice The hash of a sale offer, signed by the merchant's agent.
    /// @param sale what the cards share
    /// @param orders the cards
    /// @param nonce the agent's nonce
    /// @param deadline the last second at which the offer holds
    /// @return the EIP-712 hash of the struct
    function hashSaleOffer(
        Sale calldata sale,
        CardOrder[] calldata orders,
        uint256 nonce,
        uint64 deadline
    ) internal pure returns (bytes32) {
        bytes32[] memory hashes = new bytes32[](orders.length);
        bytes32 orderType = keccak256(bytes(_CARD_ORDER));
        for (uint256 i = 0; i < orders.length; ++i) {
            hashes[i] = keccak256(abi.encode(orderType, orders[i]));
        }
        return
            keccak256(
                abi.encode(
                    keccak256(
                        abi.encodePacked(
                            "SaleOffer(Sale sale,CardOrder[] orders,uint256 nonce,uint64 deadline)",
                            _CARD_ORDER,
                            _DIGEST,
                            _SALE
                        )
                    ),
                    _hashSale(sale),
                    keccak256(abi.encodePacked(hashes)),
                    nonce,
                    deadline
                )
            );
    }

    /// @notice The hash of a redemption order, signed by the holder.
    /// @param card the card
    /// @param face the face, in the card's unit
    /// @param listValue its price before discount, in fen
    /// @param evidence the digest of the merchant's record
    /// @param nonce the holder's nonce
    /// @param deadline the last second at which the order holds
    /// @return the EIP-712 hash of the struct
    function hashRedemptionOrder(
        CardId card,
        uint128 face,
        uint128 listValue,
        Digest calldata evidence,
        uint256 nonce,
        uint64 deadline
    ) internal pure returns (bytes32) {
        return
            keccak256(
                abi.encode(
                    keccak256(
                        abi.encodePacked(
                            "RedemptionOrder(uint256 card,uint128 face,uint128 listValue,Digest evidence,uint256 nonce,uint64 deadline)",
                            _DIGEST
                        )
                    ),
                    card,
                    face,
                    listValue,
                    _hashDigest(evidence),
                    nonce,
                    deadline
                )
            );
    }

    /// @notice The hash of an authorisation order, signed by the holder.
    /// @param card the card
    /// @param face the most that may be captured, in the card's unit
    /// @param expiresAt the first second at which nothing can be captured any more
    /// @param nonce the holder's nonce
    /// @return the EIP-712 hash of the struct
    function hashAuthorisationOrder(
        CardId card,
        uint128 face,
        uint64 expiresAt,
        uint256 nonce
    ) internal pure returns (bytes32) {
        return
            keccak256(
                abi.encode(
                    keccak256("AuthorisationOrder(uint256 card,uint128 face,uint64 expiresAt,uint256 nonce)"),
                    card,
                    face,
                    expiresAt,
                    nonce
                )
            );
    }

    function _hashSale(Sale calldata sale) private pure returns (bytes32) {
        // In two parts: one list of twelve values is too much for the stack.
        return
            keccak256(
                bytes.concat(
                    abi.encode(
                        keccak256(abi.encodePacked(_SALE, _DIGEST)),
                        sale.merchant,
                        sale.terms,
                        sale.holder,
                        sale.consumerKey,
                        _hashDigest(sale.buyerId),
                        _hashDigest(sale.contractDigest)
                    ),
                    abi.encode(sale.toCustody, sale.organisation, sale.cash, sale.hadBefore, sale.viaPlatform)
                )
            );
    }

    function _hashDigest(Digest calldata digest) private pure returns (bytes32) {
        return keccak256(abi.encode(keccak256(bytes(_DIGEST)), digest));
    }
}
