import type { Address, Chain, Receipt } from "@banyan/chain";
import { expect } from "chai";
import fc from "fast-check";
import { bigIntToWord } from "../../../chain/src/codec/hex.ts";
import { action, requestOf } from "../random-actions.ts";
import { initCode } from "../random-program.ts";
import { account, bytes, mined, word } from "../support.ts";
import { closeAll, makeChain, serve } from "./support.ts";

const NOW = 1_900_000_000_000;
const BALANCE = 10_000n * 10n ** 18n;

/** What a transaction did, without what names the block: the two chains have different state roots, and so different block hashes. */
function effectOf(receipt: Receipt): unknown {
  const { blockHash: _hash, logs, transaction, reported: _reported, ...rest } = receipt;
  return { ...rest, hash: transaction.hash, logs: logs.map(({ blockHash: _blockHash, ...log }) => log) };
}

async function stateOf(chain: Chain, addresses: readonly Address[]): Promise<unknown> {
  const seen: unknown[] = [];
  for (const address of addresses) {
    const slots = [];
    for (let slot = 0; slot < 4; slot++) slots.push(await chain.getStorageAt(address, word(slot)));
    seen.push([
      address,
      await chain.getBalance(address),
      await chain.getNonce(address),
      await chain.getCode(address),
      slots,
    ]);
  }
  return seen;
}

describe("The same transactions on a chain and on a fork of it", () => {
  afterEach(closeAll);

  for (const hardfork of ["cancun", "shanghai", "osaka"] as const) {
    it(`given random transactions at ${hardfork}, receipts, logs, balances and storage are the same after each`, async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(initCode, { minLength: 3, maxLength: 4 }),
          fc.array(action, { minLength: 2, maxLength: 6 }),
          fc.array(action, { minLength: 3, maxLength: 8 }),
          async (programs, before, since) => {
            const options = { chainId: 4_242n, hardfork, clock: () => NOW };
            const { core: origin, provider } = await makeChain(options);
            const contracts: Address[] = [];
            const note = ({ contractAddress, status }: Receipt): void => {
              if (contractAddress !== undefined && status === 1) contracts.push(contractAddress);
            };
            for (const init of programs) {
              const request = { from: account(origin, 0), data: bytes(init), gasLimit: 3_000_000n };
              note(mined(await origin.sendTransaction(request)));
            }
            for (const one of before) {
              const request = requestOf(origin, contracts, one);
              note(mined(await origin.sendTransaction({ ...request, gasLimit: (request.gasLimit ?? 0n) + 30_000n })));
            }

            const remote = await serve(provider);
            const forking = { url: remote.url, blockNumber: origin.latestBlock().header.number };
            const { core: fork } = await makeChain({ ...options, forking });
            for (const address of origin.accounts) await origin.setBalance(address, BALANCE);
            for (const [index, one] of since.entries()) {
              // Both draw their randomness from the start of their own chain.
              for (const chain of [origin, fork]) await chain.setPrevRandao(bigIntToWord(BigInt(index) + 7n));
              const plain = requestOf(origin, contracts, one);
              // Call data costs at least the floor of EIP-7623 since Prague.
              const request = hardfork === "osaka" ? { ...plain, gasLimit: (plain.gasLimit ?? 0n) + 30_000n } : plain;
              const theirs = mined(await origin.sendTransaction(request));
              const ours = mined(await fork.sendTransaction(request));
              expect(effectOf(ours)).to.deep.equal(effectOf(theirs));
              note(theirs);
              const known = [...contracts, ...origin.accounts.slice(0, 4), origin.coinbase()];
              expect(await stateOf(fork, known)).to.deep.equal(await stateOf(origin, known));
            }
            // Every block can be read again, from the one forked from on.
            const last = fork.latestBlock().header.number;
            for (let number = forking.blockNumber + 1n; number <= last; number++) {
              for (const address of contracts) {
                for (let slot = 0; slot < 4; slot++) {
                  expect(await fork.getStorageAt(address, word(slot), number)).to.equal(
                    await origin.getStorageAt(address, word(slot), number),
                  );
                }
                expect(await fork.getBalance(address, number)).to.equal(await origin.getBalance(address, number));
                expect(await fork.getCode(address, number)).to.deep.equal(await origin.getCode(address, number));
              }
            }
          },
        ),
        { numRuns: 12 },
      );
    });
  }
});
