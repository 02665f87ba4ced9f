/** Gas terms of what this process signs: enough for any call (a call stays under 5 M), and the most a unit may cost. */
export const GAS_TERMS = { gas: 5_000_000n, maxFeePerGas: 2_000_000_000n } as const;
