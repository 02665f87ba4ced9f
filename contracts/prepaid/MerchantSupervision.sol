// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IClock} from "../common/interfaces/IClock.sol";
import {IPolicyRegistry} from "../common/interfaces/IPolicyRegistry.sol";
import {Digest, Digests} from "../common/libraries/Digests.sol";
import {TimeLib} from "../common/libraries/TimeLib.sol";
import {IMerchantRegister} from "./interfaces/IMerchantRegister.sol";
import {PrepaidParameters} from "./libraries/PrepaidParameters.sol";
import {MerchantId, Refusal} from "./libraries/PrepaidTypes.sol";
import {MerchantRecords} from "./MerchantRecords.sol";

/// @title MerchantSupervision
/// @notice Warnings, refusals, penalties and the serious-breach list of the merchant register; see {IMerchantRegister}.
abstract contract MerchantSupervision is MerchantRecords {
    /// @param clock_ the deployment's {Clock}
    /// @param policies_ the deployment's {PolicyRegistry}
    constructor(IClock clock_, IPolicyRegistry policies_) MerchantRecords(clock_, policies_) {}

    /// @inheritdoc IMerchantRegister
    function warn(MerchantId merchant, Digest calldata reason) external restricted {
        Merchant storage record = _record(merchant);
        _requireDigest(reason);

        emit MerchantWarned(merchant, ++record.warnings, reason);
    }

    /// @inheritdoc IMerchantRegister
    function refuse(MerchantId merchant, Refusal reason, Digest calldata evidence) external restricted {
        Merchant storage record = _record(merchant);
        require(record.refusals & _bit(reason) == 0, MerchantRegisterAlreadyRefused(merchant, reason));
        _requireDigest(evidence);

        emit IssuingRefused(merchant, reason, evidence);
        if (reason == Refusal.SERIOUS_BREACH) _list(merchant, record);
        else record.refusals |= _bit(reason);
    }

    /// @inheritdoc IMerchantRegister
    function lift(MerchantId merchant, Refusal reason, Digest calldata evidence) external restricted {
        Merchant storage record = _record(merchant);
        require(record.refusals & _bit(reason) != 0, MerchantRegisterNotRefused(merchant, reason));
        _requireDigest(evidence);

        record.refusals &= ~_bit(reason);
        emit RefusalLifted(merchant, reason, evidence);
    }

    /// @inheritdoc IMerchantRegister
    function penalise(MerchantId merchant, Digest calldata decision) external restricted {
        Merchant storage record = _record(merchant);
        _requireDigest(decision);
        uint64 time = clock.timestamp();
        uint64 last = record.lastPenaltyAt;
        bool again =
            last != 0 && time <= TimeLib.addDays(last, _need(record, time, PrepaidParameters.PENALTY_YEAR_DAYS));

        record.lastPenaltyAt = time;
        emit MerchantPenalised(merchant, ++record.penalties, decision);
        if (again) _list(merchant, record);
    }

    /// @inheritdoc IMerchantRegister
    function orderStop(MerchantId merchant) external restricted {
        Merchant storage record = _record(merchant);
        require(record.refusals & _bit(Refusal.ORDER) == 0, MerchantRegisterAlreadyRefused(merchant, Refusal.ORDER));

        record.refusals |= _bit(Refusal.ORDER);
        emit IssuingStopOrdered(merchant);
    }

    /// @dev On the serious-breach list, once.
    function _list(MerchantId merchant, Merchant storage record) internal {
        uint8 bit = _bit(Refusal.SERIOUS_BREACH);
        if (record.refusals & bit != 0) return;
        record.refusals |= bit;
        emit SeriousBreachListed(merchant, record.filing.responsible);
    }

    function _requireDigest(Digest calldata digest) internal pure {
        Digests.requirePresent(digest);
    }
}
