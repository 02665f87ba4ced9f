// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Colour, MerchantId} from "../libraries/PrepaidTypes.sol";

/// @title The prepaid code (预付码) of a merchant
/// @notice Colour (cover against balance) and compliance (cover against requirement) are separate facts; neither is derived from the other.
/// @dev The views are live. The events follow what changed: in the transaction that causes it, and for what changes with time alone (a cover that
/// lapses, a policy that begins, a quarter that ends) at the next `refresh`.
interface ISupervisionCode {
    /// @notice What the code is computed from, and what follows. Money in fen.
    /// @param colour custody and cover against the balance
    /// @param compliant whether custody and cover reach the requirement
    /// @param balance the merchant's balance in the book
    /// @param custody what its vault holds
    /// @param cover the sum of its covers in force
    /// @param required what custody and cover together must reach
    struct Facts {
        Colour colour;
        bool compliant;
        uint256 balance;
        uint256 custody;
        uint256 cover;
        uint256 required;
    }

    /// @notice The colour announced for a merchant changed.
    /// @param merchant the merchant
    /// @param from the colour announced before
    /// @param to the colour from now on
    /// @param balance the merchant's balance in the book, fen
    /// @param custody what its vault holds, fen
    /// @param cover the sum of its covers in force, fen
    event ColourChanged(
        MerchantId indexed merchant,
        Colour from,
        Colour to,
        uint256 balance,
        uint256 custody,
        uint256 cover
    );

    /// @notice Whether custody and cover reach the requirement changed.
    /// @param merchant the merchant
    /// @param compliant whether they do from now on
    /// @param required the requirement, fen
    /// @param custody what its vault holds, fen
    /// @param cover the sum of its covers in force, fen
    event ComplianceChanged(
        MerchantId indexed merchant,
        bool compliant,
        uint256 required,
        uint256 custody,
        uint256 cover
    );

    /// @notice Warning to the supervising bodies: the vault fell below the low-water share of all that was paid in. Once, until it rises again.
    /// @param merchant the merchant
    /// @param custody what its vault holds, fen
    /// @param paidIn all that came into it, fen
    event LowWater(MerchantId indexed merchant, uint256 custody, uint256 paidIn);

    /// @notice A merchant's custody stayed short past the cure time, and it was ordered to stop issuing.
    /// @param merchant the merchant
    /// @param shortSince since when it was short, in seconds
    /// @param deadline when the cure time ended, in seconds
    /// @param required the requirement, fen
    /// @param available custody and cover, fen
    event StopEscalated(
        MerchantId indexed merchant,
        uint64 shortSince,
        uint64 deadline,
        uint256 required,
        uint256 available
    );

    /// @notice The caller holds none of the roles that may do this.
    /// @param caller who called
    /// @custom:cure Call from an account that holds one of the roles named at the function.
    error SupervisionCodeNotAllowed(address caller);

    /// @notice Custody is not short, or was not yet announced as short.
    /// @param merchant the merchant
    /// @custom:cure Call `refresh` where a cover has lapsed or a policy changed; the cure time runs from there.
    error SupervisionCodeNotShort(MerchantId merchant);

    /// @notice The policy of the merchant's region sets no cure time.
    /// @param merchant the merchant
    /// @custom:cure The regulator publishes `prepaid.cure.days`, or orders the stop itself with the merchant register.
    error SupervisionCodeNoCureTime(MerchantId merchant);

    /// @notice The merchant still has time to make good its custody.
    /// @param merchant the merchant
    /// @param deadline the last moment of the cure time, in seconds
    /// @custom:cure Wait until the deadline is over.
    error SupervisionCodeCureRunning(MerchantId merchant, uint64 deadline);

    /// @notice Compares with what was last announced and emits each change. Called in the transaction that causes it.
    /// @param merchant the merchant
    /// @custom:caller PREPAID_LEDGER (MerchantRegister, Custody, PrepaidCards); PLATFORM (what changed with time)
    /// @custom:error SupervisionCodeNotAllowed when the caller holds neither role.
    /// @custom:source report on 预付码 (A-24 to A-27); Shaoxing Yuecheng prepaid code scheme (A-22)
    function refresh(MerchantId merchant) external;

    /// @notice The same after a redemption, where nothing changed but a balance that fell: the colour is compared, and the rest only where it can
    /// have changed. What changed with time alone (a new policy, a new quarter) is announced by the next {refresh}.
    /// @param merchant the merchant
    /// @custom:caller PREPAID_LEDGER (PrepaidCards)
    /// @custom:error SupervisionCodeNotAllowed when the caller does not hold the role.
    /// @custom:source report on 预付码 (A-24 to A-27)
    function refreshLowered(MerchantId merchant) external;

    /// @notice Orders a merchant to stop issuing whose custody stayed short past the cure time, which runs from the announcement.
    /// @param merchant the merchant
    /// @custom:caller PLATFORM, REGULATOR
    /// @custom:error SupervisionCodeNotAllowed when the caller holds neither role.
    /// @custom:error SupervisionCodeNotShort when custody is not short now, or was not announced as short.
    /// @custom:error SupervisionCodeNoCureTime when the policy sets no cure time.
    /// @custom:error SupervisionCodeCureRunning when the cure time is not over.
    /// @custom:source BJ Art 32; SH18 Art 26 (A-20)
    function escalate(MerchantId merchant) external;

    /// @notice All facts of a merchant's code now, in one reading.
    /// @param merchant the merchant
    /// @return the facts
    /// @custom:error MerchantRegisterUnknown when no merchant has the number.
    function factsOf(MerchantId merchant) external view returns (Facts memory);

    /// @notice The colour now: GREY not linked; RED linked, nothing in custody or covered; YELLOW part of the balance in custody or covered;
    /// GREEN all of it.
    /// @param merchant the merchant
    /// @return the colour
    /// @custom:source report on 预付码 (A-24, A-25, A-27); YELLOW is the house's reading (A-26)
    /// @custom:error MerchantRegisterUnknown when no merchant has the number.
    function colourOf(MerchantId merchant) external view returns (Colour);

    /// @notice What custody and cover together must reach now; see {ICustodyRules-requiredOf}.
    /// @param merchant the merchant
    /// @return the requirement
    /// @custom:unit fen
    /// @custom:error MerchantRegisterUnknown when no merchant has the number.
    function requiredOf(MerchantId merchant) external view returns (uint256);

    /// @notice Whether custody and cover reach the requirement now.
    /// @param merchant the merchant
    /// @return whether they do
    /// @custom:source SH18 Art 15; SH19 Art 10 (A-17)
    /// @custom:error MerchantRegisterUnknown when no merchant has the number.
    function compliantOf(MerchantId merchant) external view returns (bool);

    /// @notice Since when custody has been short, as announced.
    /// @param merchant the merchant
    /// @return the moment of the announcement; 0 = it is not short
    /// @custom:unit s
    function shortSince(MerchantId merchant) external view returns (uint64);

    /// @notice The colour as last announced.
    /// @param merchant the merchant
    /// @return the colour; GREY before the first announcement
    function lastColourOf(MerchantId merchant) external view returns (Colour);

    /// @notice Whether the low-water warning stands, as last announced.
    /// @param merchant the merchant
    /// @return whether it does
    function lowWaterOf(MerchantId merchant) external view returns (bool);
}
