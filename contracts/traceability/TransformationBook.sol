// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {IProductCatalogue} from "./interfaces/IProductCatalogue.sol";
import {ITraceLots} from "./interfaces/ITraceLots.sol";
import {TraceKeys} from "./libraries/TraceKeys.sol";
import {EpcisEvent, EventId, Gtin, KeyKind, ObjectId, PartyId, Quantity, Unit} from "./libraries/TraceTypes.sol";

/// @title TransformationBook
/// @notice Base of {TraceLots}: nothing comes out of a transformation that its inputs do not allow; see {ITraceLots}.
abstract contract TransformationBook {
    // Bounds on the work of one call, not a regulation's numbers.
    uint256 private constant _MAX_PRODUCTS = 16;
    uint256 private constant _MAX_EVENTS = 64;
    uint256 private constant _PIECE = 1_000_000;
    uint256 private constant _PPM = 1_000_000;
    uint256 private constant _WHOLE = 1 << 127;

    /// @dev Amounts by product: the product's GTIN (64 bits) with the unit above it (24).
    struct Sum {
        uint256[] products;
        uint256[] amounts;
        uint256 count;
    }

    /// @dev A transformation of several events.
    struct Book {
        PartyId owner;
        uint48[] outputEvents;
        uint256[] inputs;
        uint256[] outputs;
        mapping(uint256 product => uint256) amountIn;
        mapping(uint256 product => uint256) amountOut;
    }

    /// @notice The deployment's product catalogue.
    IProductCatalogue public immutable catalogue;

    mapping(ObjectId transformation => Book) private _books;

    constructor(IProductCatalogue catalogue_) {
        catalogue = catalogue_;
    }

    /// @dev Adds an event up and checks what its transformation has put out so far.
    function _addUp(PartyId by, EventId id, EpcisEvent calldata captured) internal {
        ObjectId shared = captured.transformation;
        Sum memory inputs = _sum(shared, captured.objects, captured.quantities);
        Sum memory outputs = _sum(shared, captured.outputs, captured.outputQuantities);
        if (ObjectId.unwrap(shared) != 0) {
            Book storage book = _books[shared];
            if (PartyId.unwrap(book.owner) == 0) book.owner = by;
            require(book.owner == by, ITraceLots.TraceLotsNotYours(shared, book.owner, by));
            bool puts = outputs.count != 0;
            _store(shared, book.inputs, book.amountIn, inputs);
            _store(shared, book.outputs, book.amountOut, outputs);
            if (!puts) return;
            require(book.outputEvents.length < _MAX_EVENTS, ITraceLots.TraceLotsTooManyProducts(shared, _MAX_EVENTS));
            book.outputEvents.push(EventId.unwrap(id));
            inputs = _load(book.inputs, book.amountIn);
            outputs = _load(book.outputs, book.amountOut);
        }
        _requireConserved(shared, inputs, outputs);
    }

    /// @dev Takes an event off. Its inputs cannot go while a later event's outputs rest on them.
    function _takeOff(EventId id, EpcisEvent calldata captured) internal {
        ObjectId shared = captured.transformation;
        if (ObjectId.unwrap(shared) == 0) return;
        Book storage book = _books[shared];
        uint48[] storage events = book.outputEvents;
        uint256 count = events.length;
        if (captured.objects.length + captured.quantities.length != 0 && count != 0) {
            uint48 last = events[count - 1];
            require(last <= EventId.unwrap(id), ITraceLots.TraceLotsLaterEvent(shared, EventId.wrap(last)));
        }
        if (captured.outputs.length + captured.outputQuantities.length != 0) {
            // In the order of capture, which a removal keeps.
            uint256 at = count - 1;
            while (events[at] != EventId.unwrap(id)) --at;
            for (; at + 1 < count; ++at) events[at] = events[at + 1];
            events.pop();
        }
        _subtract(book.amountIn, _sum(shared, captured.objects, captured.quantities));
        _subtract(book.amountOut, _sum(shared, captured.outputs, captured.outputQuantities));
    }

    function _requireConserved(ObjectId shared, Sum memory inputs, Sum memory outputs) private view {
        uint256 share = 0;
        for (uint256 i = 0; i < outputs.count; ++i) {
            uint256 amount = outputs.amounts[i];
            if (amount == 0) continue;
            Gtin product = Gtin.wrap(uint64(outputs.products[i]));
            uint256 allowed = _allowed(inputs, outputs.products[i]);
            // Rounded down: a product alone is compared exactly, several together to 2^-127 of each.
            if (amount <= allowed) share += Math.mulDiv(amount, _WHOLE, allowed);
            require(
                amount <= allowed && share <= _WHOLE,
                ITraceLots.TraceLotsNotConserved(shared, product, amount, allowed)
            );
        }
    }

    /// @dev How much of a product the inputs allow if nothing else comes out.
    function _allowed(Sum memory inputs, uint256 output) private view returns (uint256 allowed) {
        for (uint256 i = 0; i < inputs.count; ++i) {
            uint256 input = inputs.products[i];
            (bool stated, uint64 ppm) = catalogue.factorOf(Gtin.wrap(uint64(input)), Gtin.wrap(uint64(output)));
            if (stated) allowed += Math.mulDiv(inputs.amounts[i], ppm, _PPM);
            else if (input >> 64 == output >> 64) allowed += inputs.amounts[i];
        }
    }

    function _sum(
        ObjectId shared,
        ObjectId[] calldata objects,
        Quantity[] calldata quantities
    ) private view returns (Sum memory sum) {
        sum.products = new uint256[](_MAX_PRODUCTS);
        sum.amounts = new uint256[](_MAX_PRODUCTS);
        for (uint256 i = 0; i < objects.length; ++i) {
            ObjectId object = objects[i];
            Gtin product =
                TraceKeys.kindOf(object) == KeyKind.MEDICINE ? catalogue.gtinOf(object) : TraceKeys.gtinOf(object);
            _add(shared, sum, Gtin.unwrap(product), _PIECE);
        }
        for (uint256 i = 0; i < quantities.length; ++i) {
            uint256 unit = uint24(Unit.unwrap(quantities[i].unit));
            uint256 product = Gtin.unwrap(TraceKeys.gtinOf(quantities[i].object));
            _add(shared, sum, (unit << 64) | product, quantities[i].amount);
        }
    }

    function _add(ObjectId shared, Sum memory sum, uint256 product, uint256 amount) private pure {
        uint256 i = 0;
        while (i < sum.count && sum.products[i] != product) ++i;
        if (i == sum.count) {
            require(i < _MAX_PRODUCTS, ITraceLots.TraceLotsTooManyProducts(shared, _MAX_PRODUCTS));
            sum.products[i] = product;
            ++sum.count;
        }
        sum.amounts[i] += amount;
    }

    function _store(
        ObjectId shared,
        uint256[] storage products,
        mapping(uint256 product => uint256) storage amounts,
        Sum memory sum
    ) private {
        for (uint256 i = 0; i < sum.count; ++i) {
            uint256 product = sum.products[i];
            uint256 j = 0;
            while (j < products.length && products[j] != product) ++j;
            if (j == products.length) {
                require(j < _MAX_PRODUCTS, ITraceLots.TraceLotsTooManyProducts(shared, _MAX_PRODUCTS));
                products.push(product);
            }
            amounts[product] += sum.amounts[i];
        }
    }

    function _subtract(mapping(uint256 product => uint256) storage amounts, Sum memory sum) private {
        for (uint256 i = 0; i < sum.count; ++i) {
            amounts[sum.products[i]] -= sum.amounts[i];
        }
    }

    function _load(
        uint256[] storage products,
        mapping(uint256 product => uint256) storage amounts
    ) private view returns (Sum memory sum) {
        sum.products = products;
        sum.count = products.length;
        sum.amounts = new uint256[](sum.count);
        for (uint256 i = 0; i < sum.count; ++i) {
            sum.amounts[i] = amounts[sum.products[i]];
        }
    }
}
