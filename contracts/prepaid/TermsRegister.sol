// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Governed} from "../common/Governed.sol";
import {IClock} from "../common/interfaces/IClock.sol";
import {Digests} from "../common/libraries/Digests.sol";
import {Money} from "../common/libraries/Money.sol";
import {IMerchantRegister} from "./interfaces/IMerchantRegister.sol";
import {ITermsRegister} from "./interfaces/ITermsRegister.sol";
import {MerchantId, TermsId} from "./libraries/PrepaidTypes.sol";

/// @title TermsRegister
/// @notice The terms merchants sell under; see {ITermsRegister}.
contract TermsRegister is ITermsRegister, Governed {
    /// @notice The deployment's clock.
    IClock public immutable clock;
    /// @notice The merchant register.
    IMerchantRegister public immutable register;

    /// @inheritdoc ITermsRegister
    uint256 public count;

    mapping(TermsId terms => Terms) private _terms;

    /// @param authority_ the deployment's {Authority}
    /// @param clock_ the deployment's {Clock}
    /// @param register_ the {MerchantRegister}
    constructor(address authority_, IClock clock_, IMerchantRegister register_) Governed(authority_) {
        _requireContract(address(clock_));
        _requireContract(address(register_));
        clock = clock_;
        register = register_;
    }

    /// @inheritdoc ITermsRegister
    function fileTerms(Terms calldata terms) external returns (TermsId id) {
        require(_msgSender() == register.agentOf(terms.merchant), TermsRegisterNotAgent(terms.merchant, _msgSender()));
        _checkClauses(terms.merchant, terms.clauses);
        _checkRate(terms.merchant, terms.operatorRatePpm);
        _checkRate(terms.merchant, terms.consumerRatePpm);
        Digests.requirePresent(terms.text);

        id = TermsId.wrap(++count);
        Terms storage filed = _terms[id];
        _terms[id] = terms;
        filed.filedAt = clock.timestamp();
        emit TermsFiled(id, terms.merchant, filed);
    }

    /// @inheritdoc ITermsRegister
    function termsOf(TermsId terms) external view returns (Terms memory) {
        return _filed(terms);
    }

    /// @inheritdoc ITermsRegister
    function merchantOf(TermsId terms) external view returns (MerchantId) {
        return _filed(terms).merchant;
    }

    function _filed(TermsId terms) private view returns (Terms storage filed) {
        filed = _terms[terms];
        require(MerchantId.unwrap(filed.merchant) != 0, TermsRegisterUnknown(terms));
    }

    function _checkClauses(MerchantId merchant, uint8 clauses) private pure {
        for (uint8 i = 0; i <= uint8(type(VoidClause).max); ++i) {
            require(clauses & (1 << i) == 0, TermsRegisterVoidClause(merchant, VoidClause(i)));
        }
        require(clauses == 0, TermsRegisterUnknownClause(merchant, clauses));
    }

    function _checkRate(MerchantId merchant, uint32 ratePpm) private pure {
        require(ratePpm <= Money.PPM, TermsRegisterRateTooHigh(merchant, ratePpm, uint32(Money.PPM)));
    }
}
